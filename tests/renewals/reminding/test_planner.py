"""The planner: the same stages as the pure ladder says, each once, however often and however many at once."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F, Max, Q

from accounts.models import Membership
from certifications.models import RenewalPeriod
from renewals.models import Reminder, ReminderSettings, Standing
from renewals.reminding.claiming import NO_LONGER
from renewals.reminding.planner import announce, plan
from renewals.reminding.stages import Facts, due
from renewals.reminding.wishes import wishes_of_all
from tests.factories.accounts import UserFactory
from tests.factories.certifications import RenewalPeriodFactory
from tests.factories.crowd import Line, crowd
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.teams import TeamOf, make_team, stand
from tests.threads import at_once

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
TODAY = date(2026, 10, 1)
AHEAD = (-65, -61, -31, -8, -7, -1, 0, 1, 7, 14, 29, 30, 31, 60, 91, 180, 400)
ZONES = ("America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Nowhere/Left")
WISHES = ({"action": "never"}, {"at_risk": "weekly"}, {"days_before": [20, 8]}, {"on_track": "off", "at_risk": "off"})
STEP = Q(stage__regex=r"^(opens|due|ended|lapsed)-")


def some(number: int, seed: int) -> list[Line]:
    """Standings around every edge of the ladder."""
    draw = random.Random(seed)
    lines = []
    for _ in range(number):
        ends = TODAY + timedelta(days=draw.choice(AHEAD))
        grace = draw.choice([0, 0, 0, 45])
        added = draw.choice([datetime(2024, 4, 2, tzinfo=UTC), AT - timedelta(days=draw.choice([0, 1, 20, 92, 93]))])
        opens = ends - timedelta(days=draw.choice([30, 90, 180]))
        lines.append(
            Line(ends, opens, ends + timedelta(days=grace), draw.random() < 0.5, draw.choice(ZONES), added)
        )  # fmt: skip
    return lines


def expected(at: datetime) -> set[tuple[int, str]]:
    """What the pure ladder says for everybody, one after the other."""
    found = set()
    rows = Standing.objects.select_related("user", "held")
    wishes = wishes_of_all([row.user_id for row in rows])
    for row in rows:
        zone = row.user.time_zone
        here = ZoneInfo(zone if zone in ZONES[:4] else "America/New_York")
        today = at.astimezone(here).date()
        said = Reminder.objects.filter(period=row.period_id)
        last = said.aggregate(
            last=Max("due_on"), risk=Max("due_on", filter=Q(stage__startswith="at-risk")),
            step=Max("due_on", filter=STEP),
        )  # fmt: skip
        facts = Facts(
            row.held.added_at.astimezone(here).date(), row.ends_on, row.window_opens, row.lapses_after, row.on_course,
            last["last"], last["risk"], last["step"],
        )  # fmt: skip
        stage = due(facts, today, wishes[row.user_id].ladder)
        if stage:
            found.add((row.period_id, stage.key))
    return found


def planned(at: datetime) -> set[tuple[int, str]]:
    return set(Reminder.objects.filter(planned_at=at).values_list("period", "stage"))


@pytest.mark.django_db
def test_everybody_gets_what_the_ladder_says_day_after_day() -> None:
    crowd(some(100, seed=7))
    ReminderSettings.objects.create(changed_at=AT, on_track="monthly")
    users = list(Standing.objects.values_list("user", flat=True)[:40])
    for number, user in enumerate(users):
        ReminderSettings.objects.create(user_id=user, changed_at=AT, **WISHES[number % 4])
    sent = 0
    # Days, then an outage of nine, then the clock an hour and a day back.
    for hours in (0, 1, 24, 48, 50, 266, 265, 242, 24 * 12):
        at = AT + timedelta(hours=hours, microseconds=sent + 1)
        want = expected(at)
        plan(at=at)
        assert planned(at) == want
        sent += len(want)
        assert plan(at=at) == {"people": 0, "employers": 0, "digests": 0, "rules": 0}
    assert sent > 100
    assert not Reminder.objects.filter(period__user__isnull=True).exists()
    assert not Reminder.objects.exclude(user=F("period__user")).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "added", "at"), [
    ("America/Los_Angeles", "2026-10-01T02:00", "2026-10-01T14:00"),  # 19:00 on 30 Sep, 07:00 on 1 Oct
    ("Pacific/Pago_Pago", "2026-10-01T10:30", "2026-10-01T18:00"),  # 23:30 on 30 Sep, 07:00 on 1 Oct
])  # fmt: skip
def test_what_is_added_in_the_evening_is_reminded_of_on_the_next_morning(zone: str, added: str, at: str) -> None:
    ends = TODAY + timedelta(days=1)
    crowd([Line(ends, date(2026, 4, 1), ends, zone=zone, added_at=datetime.fromisoformat(f"{added}+00:00"))])
    assert plan(at=datetime.fromisoformat(f"{added}+00:00") + timedelta(minutes=5))["people"] == 0
    assert plan(at=datetime.fromisoformat(f"{at}+00:00"))["people"] == 1
    assert Reminder.objects.get().stage == "due-1-2026-10-01"


@pytest.mark.django_db
def test_what_is_added_after_midnight_is_not_reminded_of_on_the_same_day() -> None:
    """01:00 on 1 Oct in Kiritimati, while it is still 30 Sep in London."""
    added = datetime(2026, 9, 30, 11, tzinfo=UTC)
    crowd([Line(date(2027, 10, 1), date(2027, 4, 1), date(2027, 10, 1), False, "Pacific/Kiritimati", added)])
    assert plan(at=added + timedelta(hours=22))["people"] == 0
    assert plan(at=added + timedelta(hours=24))["people"] == 1


@pytest.mark.django_db
def test_a_renewal_brings_no_summary_of_its_own() -> None:
    """Every three months from the last word about it, in whichever of its periods that was."""
    ends = TODAY + timedelta(days=30)
    crowd([Line(ends, date(2026, 4, 1), ends)])
    assert plan(at=AT)["people"] == 1
    old = RenewalPeriod.objects.get()
    RenewalPeriod.objects.update(closed_at=AT, result={}, result_hash="0" * 64)
    new = RenewalPeriodFactory(
        held=old.held,
        ordinal=2,
        start=old.end,
        end=date(2029, 11, 1),
        earns_from=old.end,
        earns_until=date(2029, 11, 1),
    )
    Standing.objects.update(period=new, ends_on=new.last_day, window_opens=date(2029, 5, 1), lapses_after=new.last_day)
    assert plan(at=AT + timedelta(days=91))["people"] == 0
    assert plan(at=AT + timedelta(days=92))["people"] == 1
    assert Reminder.objects.get(period=new).stage == "on-track-2027-01-01"


@pytest.mark.django_db
def test_what_was_dropped_before_it_left_was_not_said() -> None:
    """Planned at night, on track again by the morning, at risk anew the day after: that is said."""
    (period,) = crowd([Line(date(2027, 10, 1), date(2027, 4, 1), date(2027, 10, 1), on_course=False)])
    plan(at=AT)
    Reminder.objects.update(state="dropped", error=NO_LONGER)
    assert plan(at=AT + timedelta(days=1))["people"] == 1
    Reminder.objects.filter(state="pending").update(state="dropped", error="No mail is wanted.")
    assert plan(at=AT + timedelta(days=2))["people"] == 0
    assert Reminder.objects.filter(period=period).count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_planners_at_once_plan_everything_once() -> None:
    crowd(some(60, seed=3))
    want = expected(AT)
    found = at_once(*[lambda: plan(at=AT)] * 4)
    assert sorted(one["people"] for one in found) == [0, 0, 0, len(want)]
    assert planned(AT) == want
    assert Reminder.objects.count() == len(want) > 20


@pytest.fixture
def team() -> TeamOf:
    return make_team()


def rows(user: object) -> list[str]:
    return sorted(Reminder.objects.filter(user=user).exclude(employer=None).values_list("stage", flat=True))


@pytest.mark.django_db
def test_an_employer_hears_on_the_day_of_those_who_share(team: TeamOf) -> None:
    near = {"ends_on": TODAY + timedelta(days=29), "lapses_after": TODAY + timedelta(days=29)}
    people = [("Dana", "standing"), ("Nell", "nothing"), ("Mute", "standing")]
    for name, shares in people:
        member = team.joins(name, shares=shares)
        stand(member.user, window_opens=date(2026, 6, 1), **near)
        if name == "Mute":
            ReminderSettings.objects.create(user=member.user, tells_employer=False, changed_at=AT)
    gone = team.joins("Gone", left_on=TODAY)
    stand(gone.user, window_opens=date(2026, 6, 1), ends_on=date(2026, 9, 30), lapses_after=date(2026, 9, 30))
    over = team.joins("Over")
    lapsed = stand(over.user, window_opens=date(2026, 6, 1), ends_on=date(2026, 9, 29), lapses_after=date(2026, 9, 29))
    plan(at=AT)
    assert rows(team.coordinator)[1:] == ["employer-due-30-2026-09-30", "employer-lapsed-1-2026-09-30"]
    assert Reminder.objects.get(stage__startswith="employer-lapsed", user=team.coordinator).about == lapsed.period
    plan(at=AT + timedelta(days=2))
    assert len(rows(team.coordinator)) == 3


@pytest.mark.django_db
def test_what_the_weekly_digest_said_already_is_not_said_to_an_employer_again(team: TeamOf) -> None:
    last_told, too_late = (TODAY + timedelta(days=30 - late) for late in (6, 7))
    for ends_on in (last_told, too_late):
        member = team.joins(f"Ends {ends_on}", joined_on=date(2026, 1, 1))
        stand(member.user, window_opens=date(2026, 6, 1), ends_on=ends_on, lapses_after=ends_on)
    plan(at=AT)
    assert rows(team.coordinator)[1:] == [f"employer-due-30-{last_told - timedelta(days=30)}"]


@pytest.mark.django_db
def test_a_digest_is_due_on_its_weekday_in_the_employers_zone(team: TeamOf) -> None:
    # 1 Oct 2026 is a Thursday; digests go on Mondays.
    plan(at=AT)
    assert rows(team.coordinator) == ["digest-2026-09-28"]
    plan(at=datetime(2026, 10, 5, 3, 59, tzinfo=UTC))  # still Sunday in New York
    assert rows(team.coordinator) == ["digest-2026-09-28"]
    plan(at=datetime(2026, 10, 5, 4, tzinfo=UTC))
    assert rows(team.coordinator) == ["digest-2026-09-28", "digest-2026-10-05"]
    # Four days late it would be old news.
    plan(at=datetime(2026, 10, 16, 13, tzinfo=UTC))
    assert len(rows(team.coordinator)) == 2


@pytest.mark.django_db
def test_no_digest_for_who_switched_it_off_or_came_since() -> None:
    off = EmployerFactory(digest_weekday=None)
    MembershipFactory(employer=off, user=UserFactory(), coordinator=True)
    new = EmployerFactory(digest_weekday=3)
    MembershipFactory(employer=new, user=UserFactory(), coordinator=True, joined_on=TODAY)
    mute = MembershipFactory(employer=EmployerFactory(digest_weekday=3), user=UserFactory(), coordinator=True)
    ReminderSettings.objects.create(user=mute.user, team_digest=False, changed_at=AT)
    plan(at=AT)
    overseers = Membership.objects.filter(role="coordinator").values("user")
    assert overseers.count() == 3
    assert not Reminder.objects.filter(user__in=overseers).exists()


@pytest.mark.django_db
def test_an_announcement_reaches_each_open_period_once() -> None:
    periods = crowd(some(3, seed=1))
    assert announce(stage="rules-12", periods=periods[:2], due_on=TODAY, at=AT) == 2
    assert announce(stage="rules-12", periods=periods, due_on=TODAY, at=AT) == 1
    plan(at=AT)
    assert Reminder.objects.filter(stage="rules-12").count() == 3
