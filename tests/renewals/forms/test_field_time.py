"""Field time: from, to, how much, for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from accounts.models import User
from activities.actions import Facts
from activities.queries import last_block
from renewals.desk import Desk, desk_of
from renewals.forms.field_time import FieldTimeForm, initial_for_new, initial_of_activity
from tests.factories.activities import ActivityFactory
from tests.factories.packs import TODAY

pytestmark = pytest.mark.django_db
TYPED = {"since": "2025-10-01", "on": "2026-03-31", "time": "full", "provider": "Ridgeline"}


@pytest.fixture
def desk(dana: User) -> Desk:
    return desk_of(dana)


def form(desk: Desk, **typed: Any) -> FieldTimeForm:
    data = QueryDict(mutable=True)
    data.update({**TYPED, **typed})
    data.setlist("certs", [str(held.pk) for held in desk.held])
    return FieldTimeForm(data, desk=desk, today=TODAY)


def facts(desk: Desk, **typed: Any) -> Facts:
    filled = form(desk, **typed)
    assert filled.is_valid(), filled.errors
    return filled.facts()


def test_the_amount_follows_from_the_dates(desk: Desk) -> None:
    assert facts(desk) == Facts(
        kind="field-time", title="Field time, Ridgeline", since=date(2025, 10, 1), on=date(2026, 3, 31), amount=600,
        unit="month", provider="Ridgeline",
    )  # fmt: skip
    assert facts(desk, provider="").title == "Field time"
    assert facts(desk, title="Fire alarm field time").title == "Fire alarm field time"


@pytest.mark.parametrize(
    ("since", "on", "amount"),
    [
        ("2026-02-01", "2026-02-28", 100),
        ("2026-02-01", "2026-02-14", 50),
        ("2026-02-15", "2026-03-15", 98),
        ("2026-01-01", "2026-01-01", 3),
        ("2024-02-29", "2024-02-29", 3),
        ("1950-01-01", "2026-10-01", 92103),
    ],
)
def test_months_are_exact_and_never_nothing(desk: Desk, since: str, on: str, amount: int) -> None:
    assert facts(desk, since=since, on=on).amount == amount


def test_part_time_by_its_share(desk: Desk) -> None:
    assert facts(desk, time="part", share="50").share == 50
    assert facts(desk, time="part", share=" 50 % ").share == 50
    assert facts(desk, time="full", share="50").share == 100


@pytest.mark.parametrize("share", ["0", "101", "-5", "5.5", "1e1", "\u0665\u0660", "half", "9" * 5000])
def test_shares_that_are_none(desk: Desk, share: str) -> None:
    said = form(desk, time="part", share=share).errors["share"]
    assert said == ["Enter the part of full time as a whole number from 1 to 100"]


def test_what_is_missing(desk: Desk) -> None:
    assert dict(FieldTimeForm(QueryDict(), desk=desk, today=TODAY).errors) == {
        "since": ["Enter the day it began"], "on": ["Enter the last day"], "time": ["Choose full time or part time"],
    }  # fmt: skip
    assert form(desk, time="part", share="").errors == {"share": ["Enter what part of full time it was, in percent"]}


def test_points_stated_in_a_letter(desk: Desk) -> None:
    told = facts(desk, points="30")
    assert (told.amount, told.unit) == (3000, "point")
    assert "points" in form(desk, points="401").errors
    assert "points" in form(desk, points="-1").errors


def test_dates_the_wrong_way_round_and_in_the_future(desk: Desk) -> None:
    assert form(desk, since="2026-04-01").errors == {"on": ["The last day must be on or after the day it began"]}
    ahead = form(desk, on="2027-03-31")
    assert ahead.errors == {"on": ["This date is in the future. Choose today or earlier"]}
    assert ahead.plan == "plan=field-time_2025-10-01_2027-03-31_100"
    assert form(desk).plan == ""
    assert "real date" in form(desk, since="2026-02-30").errors["since"][0]


def test_a_new_form_goes_on_where_the_last_block_ended(dana: User) -> None:
    found = initial_for_new(TODAY, QueryDict(), last_block(dana))
    assert (found["since"], found["on"], found["time"], found["provider"]) == (
        date(2025, 10, 1), TODAY, "full", "Ridgeline",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "since"),
    [("from=2026-01-01&to=2026-02-01", date(2026, 1, 1)), ("from=nonsense&to=0000-00-00", ""), ("from=%00", "")],
)
def test_a_link_fills_the_dates(query: str, since: object) -> None:
    assert initial_for_new(TODAY, QueryDict(query), None)["since"] == since


def test_what_is_shown_for_correction_is_what_is_stored(dana: User) -> None:
    block = ActivityFactory(user=dana, over_time=True, share=60, amount=3000, provider="R", title="T")
    block.unit = "point"
    found = initial_of_activity(block, desk_of(dana))
    assert (found["time"], found["share"], found["points"], found["provider"]) == ("part", 60, "30", "R")
