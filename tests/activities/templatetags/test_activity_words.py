"""Amounts, days and facts in words."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from activities.models import Activity
from activities.templatetags.activity_words import (
    Fact,
    amount,
    brief_amount,
    days,
    facts,
    how_much_and_when,
    moment,
    querystring_of,
    trouble_sentence,
)
from tests.factories.activities import ActivityFactory


@pytest.mark.parametrize(
    ("number", "unit", "since", "said"),
    [
        (1100, "hour", None, "11 hours, 12 Mar 2026"),
        (100, "hour", None, "1 hour, 12 Mar 2026"),
        (600, "month", date(2025, 9, 13), "6 months, 13 Sep 2025 to 12 Mar 2026"),
        (33, "month", date(2026, 3, 3), "3 Mar 2026 to 12 Mar 2026"),
        (4000, "hour", date(2026, 3, 8), "40 hours, 8 Mar 2026 to 12 Mar 2026"),
        (100, "each", date(2026, 3, 12), "1 time, 12 Mar 2026"),
    ],
)
def test_how_much_and_when(number: int, unit: str, since: date | None, said: str) -> None:
    assert how_much_and_when(Activity(amount=number, unit=unit, since=since, on=date(2026, 3, 12))) == said


def test_points_say_where_they_stand_where_there_is_room() -> None:
    activity = Activity(amount=3000, unit="point", on=date(2026, 3, 12))
    assert (amount(activity), brief_amount(activity)) == ("30 points on the certificate", "30 points")
    assert days(activity) == "12 Mar 2026"


@pytest.mark.django_db
def test_facts_of_a_class_and_of_field_time(technician: User) -> None:
    activity = ActivityFactory(user=technician, link="https://ascet.org/")
    told = facts(activity)
    assert [one.label for one in told] == ["Kind", "Date", "Amount", "Link"]
    assert told[-1] == Fact("Link", "https://ascet.org/", link=True)
    half = ActivityFactory(user=technician, over_time=True, share=50)
    assert Fact("Share of full time", "50%") in facts(half)
    assert [one.label for one in facts(half)][:3] == ["Kind", "First day", "Last day"]


def test_moments_are_those_on_the_persons_wall() -> None:
    at = datetime(2026, 10, 1, 3, 5, tzinfo=UTC)
    assert moment(at, User(time_zone="America/New_York")) == "30 Sep 2026, 23:05"
    assert moment(at, User(time_zone="Asia/Tokyo")) == "1 Oct 2026, 12:05"


def test_addresses_and_troubles() -> None:
    assert querystring_of(title="a & b", amount=150) == "title=a+%26+b&amount=150"
    assert trouble_sentence("empty") == "The file is empty. Choose another file."
    assert trouble_sentence("nonsense") == ""
