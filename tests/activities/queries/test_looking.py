"""Activities that may be the same, and field time that is more than full."""

from datetime import date

import pytest

from accounts.models import User
from activities.queries import alike, overlapping, repeated_by
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "on", "kind", "same"),
    [
        ("Smoke control", date(2026, 8, 13), "class", True),
        ("smoke  CONTROL webinars", date(2026, 8, 14), "webinar", True),
        ("Smoke-control webinar", date(2026, 8, 17), "class", True),
        ("Smoke control webinars", date(2026, 8, 18), "class", False),
        ("Smoke control webinars", date(2026, 8, 14), "meeting", False),
        ("Ladder safety", date(2026, 8, 14), "class", False),
    ],
)
def test_what_looks_like_another(technician: User, title: str, on: date, kind: str, same: bool) -> None:
    first = ActivityFactory(user=technician, title=title, on=on, kind=kind)
    second = ActivityFactory(user=technician, title="Smoke control webinars", on=date(2026, 8, 14))
    assert alike(second) == (first if same else None)
    assert alike(first) is None, "Only the later one asks"


def test_said_to_be_two_deleted_or_not_mine(technician: User, stranger: User) -> None:
    day = date(2026, 8, 14)
    ActivityFactory(user=stranger, title="Smoke control", on=day)
    ActivityFactory(user=technician, title="Smoke control", on=day, deleted=True)
    assert alike(ActivityFactory(user=technician, title="Smoke control", on=day)) is None
    assert alike(ActivityFactory(user=technician, title="Smoke control", on=day, keep_both=True)) is None


def test_what_is_counted_once_because_it_is_the_same(technician: User) -> None:
    first = ActivityFactory(user=technician, title="Panel class", amount=800)
    second = ActivityFactory(user=technician, title="panel  CLASS", amount=800)
    assert repeated_by(second) == first
    assert repeated_by(first) is None
    assert repeated_by(ActivityFactory(user=technician, title="Panel class", amount=700)) is None


@pytest.mark.parametrize(
    ("since", "on", "share", "more_than_full"),
    [
        (date(2026, 3, 31), date(2026, 5, 1), 100, True),
        (date(2026, 4, 1), date(2026, 5, 1), 100, False),
        (date(2025, 1, 1), date(2026, 12, 31), 50, True),
        (date(2025, 1, 1), date(2025, 9, 30), 100, False),
    ],
)
def test_field_time_on_the_same_days(technician: User, since: date, on: date, share: int, more_than_full: bool) -> None:
    first = ActivityFactory(user=technician, over_time=True)  # 1 Oct 2025 to 31 Mar 2026, full time
    second = ActivityFactory(user=technician, over_time=True, since=since, on=on, share=share)
    assert overlapping(second) == ([first] if more_than_full else [])


def test_two_halves_are_one_full_job(technician: User) -> None:
    ActivityFactory(user=technician, over_time=True, share=50)
    assert overlapping(ActivityFactory(user=technician, over_time=True, share=50)) == []
    assert overlapping(ActivityFactory(user=technician)) == []
