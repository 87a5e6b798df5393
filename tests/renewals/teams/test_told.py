"""What is said of a snapshot on the day it is read."""

from __future__ import annotations

from datetime import date

import pytest

from renewals.models import Standing
from renewals.teams.told import Told
from tests.factories.teams import make_team, stand

pytestmark = pytest.mark.django_db
BEFORE, WITHIN, AFTER = date(2026, 10, 1), date(2026, 12, 1), date(2027, 4, 1)


def told(day: date, *, points: bool = True, **facts: object) -> Told:
    one = stand(make_team().joins("Dana Reyes").user, **facts)
    return Told(Standing.objects.worded(day).get(pk=one.pk), day, points)


SUMMARY = {
    "unit": "points", "one": "point", "sub_line": "9 points short", "next": "log field time.", "full": ["Classes"],
    "room": [["Field time", 3600]], "unmet": ["Total: 81 of 90 points", "Ethics: 0 of 2 points"],
}  # fmt: skip
COMPLETE = {"complete": True, "on_course": True, "word": "on-track", "counted": 9200, "short": 0}


@pytest.mark.parametrize(
    ("day", "facts", "said"),
    [
        (BEFORE, {}, ("At risk", "81", "9 points short", "log field time.")),
        (WITHIN, {}, ("Due", "81, 9 short", "9 points short", "log field time.")),
        (WITHIN, {"counted": 8900}, ("Due", "89, 1 short", "1 point short", "log field time.")),
        (WITHIN, COMPLETE, ("Due", "92, ready", "Ready to submit", "send the renewal by 31 Mar 2027, then record it.")),
        (
            AFTER, {},
            ("Lapsed", "31 Mar 2027", "Ended 31 Mar 2027",
             "ask the certifying body how to reinstate it. If it is renewed already, record it."),
        ),
        (WITHIN, {"counted": 9000}, ("Due", "90", "Ethics: 0 of 2 points", "log field time.")),
    ],
)  # fmt: skip
def test_words_of_the_day(day: date, facts: dict[str, object], said: tuple[str, ...]) -> None:
    found = told(day, summary=SUMMARY, **facts)
    assert (found.label, found.number, found.sub_line, found.fix) == said


def test_why_and_where_there_is_room() -> None:
    found = told(BEFORE, summary=SUMMARY)
    assert (found.unmet, found.full, found.room) == (["Ethics: 0 of 2 points"], ["Classes"], [("Field time", 3600)])
    ready = told(WITHIN, summary=SUMMARY, **COMPLETE)
    assert (ready.unmet, ready.full, ready.room) == ([], [], [])
    lapsed = told(AFTER, summary=SUMMARY)
    assert (lapsed.unmet, lapsed.full, lapsed.room) == ([], [], [])


@pytest.mark.parametrize("day", [BEFORE, WITHIN, AFTER])
def test_without_points_nothing_tells_them(day: date) -> None:
    found = told(day, points=False, summary=SUMMARY)
    text = " ".join([found.number, found.sub_line, found.fix, *found.unmet, *found.full])
    for secret in ("81", "9 points", "90", "Ethics", "Classes", "field time"):
        assert secret not in text
    assert found.room == []
