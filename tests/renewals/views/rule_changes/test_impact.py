"""The way from a draft to a version in force, through the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from certifications.models import RuleDraft, RuleSetVersion
from renewals.models import Reminder, RuleChange, Simulation
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.packs import AT, give
from tests.factories.rule_changes import holders, lowered

TERMS = {
    "do": "terms", "starts_on_day": "1", "starts_on_month": "Jan", "starts_on_year": "2027", "applies": "running",
    "grace_months": "0", "correction": "",
}  # fmt: skip


@pytest.fixture
def version(nicet: None) -> RuleSetVersion:
    return RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")


@pytest.fixture
def draft(version: RuleSetVersion, rules_admin: User, settings: Any) -> RuleDraft:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    return lowered(version, rules_admin, AT)


@pytest.fixture
def admin(rules_admin: User) -> Client:
    client = Client()
    client.force_login(rules_admin)
    return client


def pages(draft: RuleDraft) -> tuple[str, str]:
    return reverse("renewals:draft_impact", args=[draft.pk]), reverse("renewals:draft_publish", args=[draft.pk])


def counted(client: Client, draft: RuleDraft, **terms: str) -> Simulation:
    draft.refresh_from_db()
    impact, _ = pages(draft)
    answer = client.post(impact, {**TERMS, "lock_version": str(draft.lock_version), **terms})
    assert answer.status_code == 302
    draft.refresh_from_db()
    return Simulation.objects.filter(draft=draft).latest("pk")


def digest_of(client: Client, draft: RuleDraft) -> str:
    return str(client.get(pages(draft)[1]).context["digest"])


def handed_in(client: Client, draft: RuleDraft) -> None:
    client.post(pages(draft)[1], {"do": "hand-in", "digest": digest_of(client, draft)})


def second_person() -> tuple[User, Client]:
    user, client = UserFactory(name="Max Silva", rules_admin=True), Client()
    client.force_login(user)
    return user, client


def test_who_holds_several_is_one_person(admin: Client, draft: RuleDraft, version: RuleSetVersion) -> None:
    one, _ = holders(version, {"same": 1, "fewer": 1})
    give(one, "inspection-testing-fire-alarm", level="II", expiry=date(2027, 4, 1))
    counted(admin, draft)
    page = admin.get(pages(draft)[0]).content.decode()
    assert "0 of 3 certifications get a worse standing" in page
    assert "3 certifications of 2 people: some hold several." in page
    assert "1 of 3 certifications: 1 fewer points" in admin.get(pages(draft)[1]).content.decode()


def test_the_whole_way(admin: Client, draft: RuleDraft, version: RuleSetVersion, settings: Any) -> None:
    users = holders(version, {"same": 2, "fewer": 1, "worse": 1})
    assert b"Nothing was counted yet" in admin.get(pages(draft)[0]).content
    simulation = counted(admin, draft)
    page = admin.get(pages(draft)[0]).content.decode()
    assert "If published for 1 Jan 2027: 1 of 4 people get a worse standing" in page
    assert "On track → At risk" in page
    assert "Holder" not in page
    assert simulation.summary == {"same": 2, "fewer": 1, "worse": 1}
    assert "email 2 people" not in admin.get(pages(draft)[1]).content.decode()
    handed_in(admin, draft)
    assert b"Waiting for a second person" in admin.get(pages(draft)[1]).content
    admin.post(pages(draft)[1], {"do": "approve", "digest": digest_of(admin, draft)})
    draft.refresh_from_db()
    assert draft.state == "submitted"  # nobody approves what they wrote
    _, second = second_person()
    second.post(pages(draft)[1], {"do": "approve", "digest": digest_of(second, draft)})
    page = admin.get(pages(draft)[1]).content.decode()
    assert "Publish version 3 from 1 Jan 2027 and email 2 people" in page
    assert "Max Silva, approved" in page
    answer = admin.post(pages(draft)[1], {"do": "publish", "digest": digest_of(admin, draft)}, follow=True)
    assert "Version 3 is scheduled for 1 Jan 2027" in answer.content.decode()
    made = RuleChange.objects.get()
    assert (made.told, made.version.number, made.before, made.version.canonical) == (
        2, 3, version, simulation.canonical
    )  # fmt: skip
    told = Reminder.objects.filter(stage=f"rules-{made.version_id}")
    assert set(told.values_list("user", flat=True)) == {users[2].pk, users[3].pk}
    version.refresh_from_db()
    assert (version.status, version.superseded_on) == ("published", date(2027, 1, 1))
    reader = Client()
    reader.force_login(users[3])
    page = reader.get(reverse("renewals:rule_changes", args=["nicet-cpd", 3])).content.decode()
    assert "From 1 Jan 2027 your total changes from 90 to 85" in page
    assert "Additional Education cap 40" in page
    reader.force_login(users[0])
    page = reader.get(reverse("renewals:rule_changes", args=["nicet-cpd", 3])).content.decode()
    assert "These changes do not affect your current period" in page
    log = admin.get(reverse("renewals:rules_audit"), {"rules": "nicet-cpd"}).content.decode()
    assert "Last entry: rules published, 1 Oct 2026, 09:00" in log
    assert "Rule draft approved" in log
    assert "certification held" not in admin.get(reverse("renewals:rules_audit")).content.decode()
    assert reader.get(reverse("renewals:rules_audit")).status_code == 404
    assert admin.get(reverse("renewals:rules_audit"), {"before": "x"}).status_code == 404
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"rule draft simulated", "rule draft handed in", "rule draft approved", "rules published"} <= verbs


def published(admin: Client, draft: RuleDraft) -> RuleChange:
    handed_in(admin, draft)
    _, second = second_person()
    for do in ("approve", "publish"):
        second.post(pages(draft)[1], {"do": do, "digest": digest_of(second, draft)})
    return RuleChange.objects.get()


def test_a_scheduled_version_is_withdrawn_before_its_day(
    admin: Client, draft: RuleDraft, version: RuleSetVersion, settings: Any
) -> None:
    holders(version, {"worse": 1})
    counted(admin, draft)
    change = published(admin, draft)
    address = reverse("renewals:rule_change", args=[change.version_id])
    settings.CLOCK_AT = datetime(2027, 1, 1, 17, tzinfo=UTC)
    admin.post(address)
    change.refresh_from_db()
    assert change.state == "scheduled"  # its day has come: too late
    settings.CLOCK_AT = AT
    withdrawn = admin.post(address, follow=True).content.decode()
    assert "is withdrawn" in withdrawn
    assert reverse("certifications:draft_take_up", args=[draft.pk]) in withdrawn
    told = admin.get(reverse("renewals:rule_changes", args=["nicet-cpd", 3])).content.decode()
    assert "Version 3 was withdrawn before it started" in told
    version.refresh_from_db()
    assert (version.superseded_on, version.status) == (None, "published")
    unsent = Reminder.objects.filter(stage=f"rules-{change.version_id}").exclude(state__in=["dropped", "sent"])
    assert not unsent.exists()
    assert len(mail.outbox) <= 1


def test_what_is_older_than_the_draft_cannot_be_published(
    admin: Client, draft: RuleDraft, version: RuleSetVersion
) -> None:
    holders(version, {"same": 1})
    counted(admin, draft)
    handed_in(admin, draft)
    seen = digest_of(admin, draft)
    counted(admin, draft, keep="on")  # other terms: another content
    text = " ".join(admin.get(pages(draft)[0]).content.decode().split())
    assert "Applies to periods running on 1 Jan 2027.<br>" in text
    draft.refresh_from_db()
    assert draft.state == "open"
    _, second = second_person()
    page = second.post(pages(draft)[1], {"do": "approve", "digest": seen}, follow=True).content.decode()
    assert "The draft changed after you opened this page. Read it again." in page
    RuleDraft.objects.filter(pk=draft.pk).update(starts_on=date(2027, 2, 1))
    assert "Out of date: the draft changed after this was counted" in admin.get(pages(draft)[0]).content.decode()
    assert "The impact is out of date" in admin.get(pages(draft)[1]).content.decode()


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"starts_on_month": "13"}, "enter the month as a number or a name"),
        ({"grace_months": "61"}, "Enter a whole number from 0 to 60"),
        ({"applies": "nobody"}, "Select a valid choice"),
    ],
)
def test_terms_that_cannot_be(admin: Client, draft: RuleDraft, terms: dict[str, str], message: str) -> None:
    answer = admin.post(pages(draft)[0], {**TERMS, "lock_version": str(draft.lock_version), **terms})
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_a_day_that_is_over_needs_a_reason(admin: Client, draft: RuleDraft) -> None:
    counted(admin, draft, starts_on_year="2026")
    assert "1 Jan 2026 is not ahead" in admin.get(pages(draft)[1]).content.decode()
    counted(admin, draft, starts_on_year="2026", correction="The cap was read wrongly.")
    assert "Check before you publish version 3" in admin.get(pages(draft)[1]).content.decode()


def test_a_count_is_stopped_and_gone_on_with(
    admin: Client, draft: RuleDraft, version: RuleSetVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from renewals.actions import simulating
    from renewals.views.rule_changes import impact

    holders(version, {"same": 3})
    monkeypatch.setattr(simulating, "SHARD", 1)
    ring = impact._ring
    monkeypatch.setattr(impact, "_ring", lambda simulation: None)
    simulation = counted(admin, draft)
    assert simulating.count_shard(shard_id=simulating.shards_to_do(simulation)[0], at=AT)
    assert "Counting: 1 of 3 certifications" in admin.get(pages(draft)[0]).content.decode()
    admin.post(pages(draft)[0], {"do": "stop"})
    assert "Stopped at 1 of 3 certifications" in admin.get(pages(draft)[0]).content.decode()
    left = simulating.shards_to_do(simulation)
    assert len(left) == 2
    assert not simulating.count_shard(shard_id=left[0], at=AT)
    monkeypatch.setattr(impact, "_ring", ring)
    admin.post(pages(draft)[0], {"do": "resume"})
    simulation.refresh_from_db()
    assert (simulation.state, simulation.summary) == ("done", {"same": 3})


def test_names_only_of_people_whom_the_reader_may_see(
    admin: Client, draft: RuleDraft, version: RuleSetVersion, rules_admin: User
) -> None:
    users = holders(version, {"worse": 3})
    employer = EmployerFactory()
    MembershipFactory(user=rules_admin, employer=employer, role="coordinator")
    MembershipFactory(user=users[0], employer=employer, shares="standing")
    MembershipFactory(user=users[1], employer=employer, shares="nothing")
    counted(admin, draft)
    page = admin.get(pages(draft)[0]).content.decode()
    file = b"".join(admin.get(reverse("renewals:draft_impact_file", args=[draft.pk])).streaming_content).decode()
    for text in (page, file):
        assert users[0].name in text
        assert users[1].name not in text
        assert users[2].name not in text
    assert f"{users[0].name},1,Worse,On track,At risk,90,85,90,90,0,Additional Education cap 40" in file
    assert ",2,Worse,On track,At risk,90,85,90,90,0,Additional Education cap 40" in file
