"""What is to do before submitting, and the sentence above it."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from renewals.packets.readiness import Readiness, State, readiness_of
from renewals.queries import stands_of
from tests.factories.packs import TODAY, do, give, load_packs

pytestmark = pytest.mark.django_db


def ready(user: User, today: date = TODAY) -> Readiness:
    [stand] = stands_of(user, today)
    return readiness_of(stand, today)


def told(found: Readiness) -> list[tuple[str, str, str]]:
    return [(step.text, step.detail, step.state.value) for step in found.steps]


def test_on_the_way_it_says_what_is_left(proven: User) -> None:
    found = ready(proven)
    assert found.heading == "Not ready yet: 2 things to do before you submit"
    assert told(found) == [
        ("Reach 90 points", "81 of 90", "To do"),
        ("Points from two or more categories", "", "Completed"),
        ("Evidence for every activity that asks for it", "4 missing", "To do"),
        ("Work history up to date", "Field time logged to 30 Sep 2025", "Optional"),
        ("Pay and submit on NICET's own site", "Opens 2 Oct 2026", "Cannot start yet"),
    ]
    assert [step.action_label for step in found.steps] == ["See how", "", "Add evidence", "Log field time", ""]


def test_the_days_decide_what_stands_above(proven: User) -> None:
    assert ready(proven, date(2028, 1, 1)).heading == "Fire Alarm Systems, Level II lapsed on 31 Mar 2027"


def test_when_all_is_in_it_waits_for_the_window_and_is_ready(technician: User) -> None:
    load_packs("micro-credentials")
    give(technician, "digital-badge-dated", expiry=date(2027, 8, 31))
    early, late = ready(technician), ready(technician, date(2027, 8, 30))
    assert (early.heading, early.ready) == ("Everything is in. You can submit from 31 May 2027", True)
    assert early.steps[-1].state is State.LATER
    assert late.heading == "Ready to submit"
    assert late.steps[-1].state is State.TO_DO
    assert late.steps[-1].text == "Pay and submit on the certifying body's own site"  # many issuers, none by name


def test_a_body_whose_name_is_a_plural_has_its_own_site(technician: User) -> None:
    load_packs("louisiana-pe")
    give(technician, "pls", expiry=date(2027, 3, 31), awarded_on=date(2015, 3, 31))
    assert ready(technician).steps[-1].text == "Pay and submit on Louisiana licensing boards' own site"


def test_field_time_of_late_is_up_to_date(proven: User) -> None:
    do(proven, kind="field-time", title="Field time", since=date(2026, 1, 1), on=date(2026, 8, 31))
    [step] = [step for step in ready(proven).steps if step.text == "Work history up to date"]
    assert (step.state, step.action_url) == (State.COMPLETED, "")
