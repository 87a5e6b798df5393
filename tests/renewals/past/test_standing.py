"""What was said then is what is counted again now, whatever happened since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import audit
from accounts.models import Membership, User
from activities.actions import amend_activity, restore_activity, withdraw_activity
from activities.actions.logged import as_facts
from activities.models import Activity
from certifications.actions import amend_held, move_period, upgrade
from certifications.models import HeldCertification, RenewalPeriod, RuleSetVersion
from certifications.protections import Protections
from certifications.queries import holdings_of
from certifications.rules.dates import Span
from renewals.actions import record_renewal, save_plan
from renewals.actions.publishing import approve, hand_in, publish, set_terms
from renewals.actions.simulating import count_shard, shards_to_do, start_simulation
from renewals.actions.taking_effect import begin_effect, follow
from renewals.impact.publication import readiness
from renewals.past.standing import standing_on
from renewals.plans import PlanLine
from renewals.queries import Stand, stands
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.packs import do, give, load_packs
from tests.factories.rule_changes import lowered

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 5, 1, 17, tzinfo=UTC)


class Diary:
    """Somebody's record over the weeks: after each thing that happens, what the standing says is noted."""

    def __init__(self, user: User) -> None:
        self.user, self.at = user, FIRST
        self.said: list[tuple[datetime, tuple[object, ...]]] = []

    @property
    def today(self) -> date:
        return self.at.date()

    def note(self) -> None:
        (stand,) = stands(holdings_of(self.user), self.today)
        self.said.append((self.at, told(stand)))
        self.at += timedelta(days=7)


def told(stand: Stand) -> tuple[object, ...]:
    one, counted = stand.standing, stand.counted
    return (
        one.word, one.sub_line, one.counted, one.needed, one.forecast.total, one.ends_on, stand.holding.version,
        counted.outcome.asked, sorted((line.key, line.counted, line.lost) for line in counted.outcome.lines),
    )  # fmt: skip


@pytest.fixture
def diary(technician: User) -> Diary:
    load_packs("nicet")
    diary = Diary(technician)
    give(
        technician, "fire-alarm-systems", level="II", expiry=date(2027, 8, 1), at=FIRST - timedelta(days=1),
        today=FIRST.date(),
    )  # fmt: skip
    diary.note()
    return diary


def log(diary: Diary, **facts: Any) -> Activity:
    activity = do(diary.user, at=diary.at, today=diary.today, **facts)
    diary.note()
    return activity


def change(diary: Diary, activity: Activity, **facts: Any) -> None:
    activity.refresh_from_db()
    amend_activity(
        activity=activity, facts=replace(as_facts(activity), **facts), version=activity.version, by=diary.user,
        at=diary.at,
    )  # fmt: skip
    diary.note()


def test_every_day_is_reproduced(diary: Diary) -> None:
    user = diary.user
    held = HeldCertification.objects.get(user=user)
    panel = log(diary, title="Panel class", on=date(2025, 9, 10), amount=4500)
    talk = log(diary, kind="meeting", reach="local", title="Talk", on=date(2025, 5, 6), amount=1100, unit="point")
    log(diary, kind="field-time", title="Work", since=date(2024, 8, 1), on=date(2025, 12, 31))
    change(diary, panel, amount=4200, title="Panels")
    change(diary, panel, on=date(2024, 7, 31))
    withdraw_activity(activity=talk, by=user, at=diary.at)
    diary.note()
    restore_activity(activity=talk, by=user, at=diary.at)
    diary.note()
    change(diary, panel, on=date(2025, 9, 10), amount=4500)
    line = PlanLine("class", date(2026, 12, 1), 800, "hour")
    save_plan(held=held, lines=(line,), by=user, at=diary.at, today=diary.today)
    diary.note()
    save_plan(held=held, lines=(), by=user, at=diary.at, today=diary.today)
    diary.note()
    upgrade(held=held, level=held.certification.levels.get(code="III"), by=user, at=diary.at, today=diary.today)
    diary.note()
    amend_held(held=held, number="7", awarded_on=date(2024, 8, 1), facts={}, by=user, at=diary.at)
    diary.note()
    period = RenewalPeriod.objects.get(held=held)
    move_period(period=period, span=Span(date(2024, 9, 1), date(2027, 9, 1)), by=user, at=diary.at, today=diary.today)
    diary.note()
    _new_rules(diary)
    log(diary, title="One more class", on=date(2026, 2, 2), amount=600)
    period.refresh_from_db()
    record_renewal(period=period, renewed_on=diary.today, reference="", by=user, at=diary.at, today=diary.today)
    diary.note()
    assert len({said for _, said in map(_hashable, diary.said)}) > 10
    for at, said in diary.said:
        found = standing_on(HeldCertification.objects.get(pk=held.pk), day=at.date(), known_at=at)
        assert found
        assert told(found.stand) == said, at
    assert standing_on(held, day=date(2026, 4, 1), known_at=FIRST - timedelta(days=30)) is None


def _hashable(one: tuple[datetime, tuple[object, ...]]) -> tuple[datetime, str]:
    return one[0], str(one[1])


def _new_rules(diary: Diary) -> None:
    """A version that lowers a cap, in force from today, which keeps what counted."""
    version = RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")
    admin, second = UserFactory(rules_admin=True), UserFactory(rules_admin=True)
    today, at = diary.today, diary.at
    draft = lowered(version, admin, at)
    draft = set_terms(
        draft=draft, starts_on=today, protections=Protections(keep=True, correction="Read wrongly."),
        lock_version=draft.lock_version, by=admin, at=at,
    )  # fmt: skip
    for shard in shards_to_do(start_simulation(draft=draft, by=admin, at=at, today=today)):
        count_shard(shard_id=shard, at=at)
    digest = readiness(draft, today).digest
    hand_in(draft=draft, digest=digest, by=admin, at=at, today=today)
    approve(draft=draft, digest=digest, by=second, at=at, today=today)
    made = publish(draft=draft, digest=digest, by=admin, at=at, today=today)
    begin_effect(change=made, at=at)
    assert follow(user=diary.user, change=made, at=at, today=today) == 1
    diary.note()


def test_the_page_says_it_with_the_rules(diary: Diary, client: Client, settings: Any) -> None:
    log(diary, title="Panel class", on=date(2025, 9, 10), amount=800)
    log(diary, title="Code class", on=date(2025, 10, 10), amount=700)
    user = diary.user
    audit.record(verb="password changed", by=user, at=diary.at, target=user, label=user.name, subject=user)
    settings.CLOCK_AT = diary.at
    held = HeldCertification.objects.get(user=diary.user)
    client.force_login(diary.user)
    page = client.get(reverse("renewals:standing_when", args=[held.pk]), {"on": "2026-05-10"}, follow=True)
    text = page.content.decode()
    assert "On 10 May 2026: At risk, 8 of 90 points" in text
    assert "NICET continuing professional development, version 1" in text
    assert "Panel class" in text
    assert "Code class" not in text
    assert "1 entry was made or changed in the record" in text
    assert client.get(reverse("renewals:standing_when", args=[held.pk]), {"on": "2026-04-01"}).status_code == 422
    for day in ("2026-04-01", "2027-01-01", "2026-02-30", "yesterday"):
        assert client.get(f"/certs/{held.pk}/on/{day}/").status_code == 404


def test_an_employer_sees_days_since_the_person_joined(diary: Diary, client: Client, settings: Any) -> None:
    log(diary, title="Panel class", on=date(2025, 9, 10), amount=800)
    settings.CLOCK_AT = diary.at
    held = HeldCertification.objects.get(user=diary.user)
    employer = EmployerFactory()
    boss = MembershipFactory(employer=employer, role="coordinator").user
    shares = MembershipFactory(employer=employer, user=diary.user, shares="activities", joined_on=date(2026, 5, 8))
    client.force_login(boss)
    page = client.get(f"/certs/{held.pk}/on/2026-05-09/").content.decode()
    assert "On 9 May 2026: At risk, 8 of 90 points" in page
    assert "Panel class" in page
    assert "Nothing changed in the record" in page
    Membership.objects.filter(pk=shares.pk).update(shares="standing")
    page = client.get(f"/certs/{held.pk}/on/2026-05-09/").content.decode()
    assert "On 9 May 2026: At risk</h1>" in page
    for hidden in ("8 of 90", "to go", "Forecast", "Panel class", "Since then"):
        assert hidden not in page
    assert client.get(f"/certs/{held.pk}/on/2026-05-07/").status_code == 404
