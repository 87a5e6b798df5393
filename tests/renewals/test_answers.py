"""What one activity did for each certification, in words."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from accounts.models import User
from activities.actions import Facts
from activities.models import Activity
from certifications.rules.words import Reason
from renewals.actions import log
from renewals.answers import Answer, Way, answers_for
from renewals.queries import stands_of
from tests.factories.activities import ClaimFactory, EvidenceLinkFactory
from tests.factories.certifications import RULES, RenewalPeriodFactory
from tests.factories.packs import TODAY, do, give

pytestmark = pytest.mark.django_db


def answer(user: User, title: str) -> Answer:
    """The answer for the newest activity with this title, for the only certification."""
    activity = Activity.objects.of(user).filter(title=title).latest("pk")
    [found] = answers_for(activity, stands_of(user, TODAY))
    return found


def why(user: User, title: str) -> tuple[Reason, str, Way, int]:
    [one] = answer(user, title).whys
    return one.reason, one.text, one.way, one.points


def test_all_of_it_counts(dana: User) -> None:
    found = answer(dana, "Code update course")
    assert (found.headline, found.asked, found.counted, found.whys) == ("12 points counted", 1200, 1200, ())
    assert found.category == "Additional Education"
    assert found.lost == 0
    assert found.note == "Additional Education is full now."
    assert found.steps


def test_a_cap_reached_with_this_one(dana: User) -> None:
    assert answer(dana, "Smoke control webinars").headline == "3 of 11 points counted"
    assert why(dana, "Smoke control webinars") == (
        Reason.CATEGORY_CAP,
        "Additional Education reached its cap of 45 with this activity. 8 points are over the cap.",
        Way.ROOM,
        800,
    )


def test_a_cap_that_was_full_before(dana: User) -> None:
    do(dana, title="Panel class", on=date(2026, 9, 1), amount=800)
    assert answer(dana, "Panel class").headline == "0 of 8 points counted"
    assert why(dana, "Panel class")[1] == (
        "Additional Education counts up to 45 and you are at 45. Four other categories still have room."
    )


def test_a_yearly_cap(dana: User) -> None:
    activity = Activity.objects.of(dana).get(on=date(2025, 3, 31))
    [found] = answers_for(activity, stands_of(dana, TODAY))
    assert found.headline == "24 of 30 points counted"
    [one] = found.whys
    assert (one.reason, one.way) == (Reason.YEARLY_CAP, Way.YEARS)
    assert one.text == (
        "Active Practitioner counts up to 24 a year. 6 points for Apr 2024 to Mar 2025 are over the yearly cap"
        " and cannot move to another year."
    )


def test_outside_the_period(dana: User) -> None:
    assert answer(dana, "NFPA 72 seminar").headline == "Kept, but not counted"
    assert why(dana, "NFPA 72 seminar") == (
        Reason.BEFORE_PERIOD,
        "12 Mar 2024 is 20 days before this period began on 1 Apr 2024. If the date is wrong, fix it.",
        Way.FIX_DATE,
        400,
    )


def test_the_same_again(dana: User) -> None:
    do(dana, title="Panel programming class", on=date(2024, 9, 10), amount=1600)
    assert answer(dana, "Panel programming class").headline == "0 of 16 points counted"
    _, text, way, _ = why(dana, "Panel programming class")
    assert way is Way.COMPARE
    assert text == (
        'This looks like "Panel programming class", 10 Sep 2024, 16 hours. We counted it once.'
        " If they are two different activities, keep both."
    )


def test_a_kind_these_rules_do_not_count(dana: User) -> None:
    do(dana, kind="reading", title="Reading", on=date(2026, 9, 1), amount=200)
    assert answer(dana, "Reading").headline == "Not counted for this certification"
    assert why(dana, "Reading")[1] == 'NICET continuing professional development does not count "Reading or research".'
    assert why(dana, "Reading")[2] is Way.CHANGE_KIND


def test_a_kind_these_rules_count_but_not_in_hours(dana: User) -> None:
    do(dana, kind="meeting", title="Chapter meeting", on=date(2026, 9, 1), amount=200)
    reason, text, way, _ = why(dana, "Chapter meeting")
    assert (reason, text) == (Reason.KIND, "These rules count the points stated on the certificate. Enter those.")
    assert way is Way.CHANGE_AMOUNT


def test_training_at_or_below_the_level(dana: User) -> None:
    do(dana, title="Prep", on=date(2026, 9, 1), amount=800, topics=["exam preparation"], above_level=False)
    assert answer(dana, "Prep").headline == "Not counted for this certification"
    assert why(dana, "Prep")[:3] == (
        Reason.BELOW_LEVEL, "Training must be above Level II to count here.", Way.CHANGE,
    )  # fmt: skip


def test_not_related_too_short_and_rounded(dana: User) -> None:
    do(dana, title="Half an hour", on=date(2026, 9, 1), amount=50)
    assert why(dana, "Half an hour")[0] is Reason.TOO_SHORT


def test_little_room_left_is_said_early(nicet: None, technician: User) -> None:
    give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    do(technician, title="Long course", on=date(2026, 9, 1), since=date(2026, 8, 1), amount=4200)
    assert answer(technician, "Long course").note == "Additional Education has room for 3 more points."
    do(technician, title="First class", on=date(2025, 9, 1), amount=100)
    assert answer(technician, "First class").note == "Additional Education has room for 2 more points."
    assert answer(technician, "First class").headline == "1 point counted"


def test_the_note_comes_only_near_the_cap(nicet: None, technician: User) -> None:
    give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    do(technician, title="A class", on=date(2026, 9, 1), amount=800)
    assert answer(technician, "A class").note == ""


def test_evidence_that_rules_wait_for(technician: User) -> None:
    strict = RULES.replace('per = "hour"', 'per = "hour"\nevidence = "to-count"')
    period = RenewalPeriodFactory(held__user=technician, version__text=strict)
    claim = ClaimFactory(period=period, activity__title="Class", activity__user=technician)
    assert answer(technician, "Class").headline == "8 points are waiting for evidence"
    assert why(technician, "Class") == (
        Reason.EVIDENCE,
        "Class counts only with evidence. A photo that shows your name, the date, the hours and the topic is enough.",
        Way.EVIDENCE,
        800,
    )
    EvidenceLinkFactory(user=technician, activity=claim.activity)
    assert answer(technician, "Class").headline == "8 points counted"


def test_each_certification_has_its_own_answer(dana: User) -> None:
    give(dana, "inspection-testing-fire-alarm", level="II", expiry=date(2027, 4, 1))
    activity = Activity.objects.of(dana).get(title="Smoke control webinars")
    found = answers_for(activity, stands_of(dana, TODAY))
    assert len(found) == 2
    assert {one.stand.holding.held.certification.slug for one in found} == {
        "fire-alarm-systems", "inspection-testing-fire-alarm",
    }  # fmt: skip
    assert answers_for(activity, []) == []


def test_marked_as_not_related(dana: User) -> None:
    held = dana.held.get()
    facts = Facts(kind="class", title="Cooking", on=date(2026, 9, 1), amount=100)
    apart = frozenset({held.pk})
    log(facts=facts, nonce=uuid.uuid4(), by=dana, at=held.added_at, today=TODAY, not_for=apart)
    assert why(dana, "Cooking")[:3] == (Reason.NOT_RELEVANT, "Marked as not related to this field.", Way.CHANGE)
