"""The next mail that the settings page promises is the one that the planner writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from renewals.actions.wishing import choose
from renewals.models import Reminder
from renewals.reminding.planner import plan
from renewals.reminding.upcoming import next_digests, next_mail, told
from tests.factories.accounts import JOINED
from tests.factories.renewals import InAppNoticeFactory, ReminderFactory
from tests.factories.teams import make_team, stand
from tests.renewals.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
FACTS = {"window_opens": date(2026, 10, 20), "ends_on": date(2027, 3, 31), "lapses_after": date(2027, 3, 31)}


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def test_it_comes_true(technician: User) -> None:
    """What is promised for a day is planned on that day, and nothing on the day before."""
    stand(technician, **FACTS)
    day, stages = TODAY, []
    while (coming := next_mail(technician, day)) is not None and len(stages) < 12:
        for eve in {max(day, coming.on - timedelta(days=1))} - {coming.on}:
            plan(at=noon(eve))
            assert not Reminder.objects.filter(state="pending").exists()
        plan(at=noon(coming.on))
        made = Reminder.objects.get(state="pending")
        assert [made.stage] == [row.stage for row in coming.rows]
        stages.append(made.stage.rsplit("-", 3)[0])
        Reminder.objects.filter(pk=made.pk).update(state="dropped")
        day = coming.on + timedelta(days=1)
    steps = ["opens", "due-90", "due-60", "due-30", "due-14", "due-7", "due-1", "lapsed-1", "lapsed-7", "lapsed-30"]
    assert stages == ["at-risk", *steps]


def test_who_wants_nothing_is_promised_nothing(technician: User) -> None:
    stand(technician, **FACTS)
    choose(by=technician, at=JOINED, chosen={"action": "never", "at_risk": "off", "on_track": "off"})
    assert next_mail(technician, TODAY) is None


def test_what_waits_comes_today(technician: User) -> None:
    period = stand(technician, **FACTS).period
    row = ReminderFactory(user=technician, period=period, stage="at-risk-2026-09-28", due_on=date(2026, 9, 28))
    coming = next_mail(technician, TODAY)
    assert coming is not None
    assert (coming.on, coming.rows) == (TODAY, (row,))


def test_the_weekly_summary_comes_on_its_day() -> None:
    team = make_team()  # 1 Oct 2026 is a Thursday, and the summary comes on Mondays
    assert [one.on for one in next_digests(team.coordinator, TODAY)] == [date(2026, 10, 5)]
    team.employer.digest_weekday = TODAY.weekday()
    team.employer.save()
    assert [one.on for one in next_digests(team.coordinator, TODAY)] == [date(2026, 10, 8)]


def test_what_became_of_each_mail(technician: User) -> None:
    period = stand(technician).period
    ReminderFactory(user=technician, period=period, sent=True, message_id="<a@x>")
    ReminderFactory(user=technician, period=period, handing=True, stage="b", message_id="<b@x>")
    notices = [InAppNoticeFactory(user=technician, key=key) for key in ("<a@x>", "<b@x>", "class-1")]
    assert [one.mail for one in told(notices)] == ["Emailed", "The email is on its way", "Only told here"]
