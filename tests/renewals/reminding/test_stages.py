"""When somebody is reminded: walked day by day, and compared with the ladder counted out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from certifications.rules.words import StandingWord
from renewals.reminding.stages import Facts, Family, Ladder, Stage, due, months_on, next_due, read

ENDS = date(2027, 3, 31)
DANA = Facts(
    since=date(2024, 4, 2), ends_on=ENDS, window_opens=date(2026, 10, 2), lapses_after=ENDS, on_course=False
)  # fmt: skip
PLAIN = Ladder()


def walk(facts: Facts, first: date, last: date, ladder: Ladder = PLAIN, step: int = 1) -> list[str]:
    """Every stage as days go by, looking every `step` days; what was said is remembered."""
    said = []
    for ahead in range(0, (last - first).days + 1, step):
        stage = due(facts, first + timedelta(days=ahead), ladder)
        if stage:
            said.append(stage.key)
            facts = told(facts, stage)
    return said


def told(facts: Facts, stage: Stage) -> Facts:
    step = stage.family not in (Family.ON_TRACK, Family.AT_RISK)
    return replace(
        facts, last=max(facts.last or stage.on, stage.on),
        last_at_risk=stage.on if stage.family is Family.AT_RISK else facts.last_at_risk,
        last_step=stage.on if step else facts.last_step,
    )  # fmt: skip


def test_the_ladder_from_at_risk_to_lapsed() -> None:
    assert walk(DANA, date(2026, 8, 15), date(2028, 1, 1)) == [
        "at-risk-2026-08-15", "at-risk-2026-09-15", "opens-2026-10-02", "due-90-2026-12-31", "due-60-2027-01-30",
        "due-30-2027-03-01", "due-14-2027-03-17", "due-7-2027-03-24", "due-1-2027-03-30",
        "lapsed-1-2027-04-01", "lapsed-7-2027-04-07", "lapsed-30-2027-04-30",
    ]  # fmt: skip


def test_on_track_says_so_every_three_months_from_the_last_word() -> None:
    facts = replace(DANA, on_course=True, last=date(2025, 11, 30))
    assert walk(facts, date(2025, 12, 1), date(2026, 10, 1)) == [
        "on-track-2026-02-28", "on-track-2026-05-28", "on-track-2026-08-28"
    ]  # fmt: skip
    assert walk(facts, date(2025, 12, 1), date(2026, 10, 1), replace(PLAIN, on_track_months=0)) == []


def test_grace_is_said_once_before_it_is_over() -> None:
    facts = replace(DANA, lapses_after=date(2027, 6, 30))
    assert walk(facts, date(2027, 3, 29), date(2027, 7, 5)) == [
        "due-7-2027-03-24", "due-1-2027-03-30", "ended-2027-04-01", "lapsed-1-2027-07-01"
    ]  # fmt: skip


def test_what_was_missed_is_said_once_and_what_is_overtaken_not_at_all() -> None:
    facts = replace(DANA, last_step=date(2027, 1, 30))
    assert due(facts, date(2027, 3, 25), PLAIN) == Stage(Family.DUE, date(2027, 3, 24), 7)
    assert walk(facts, date(2027, 3, 25), date(2027, 3, 29)) == ["due-7-2027-03-24"]


def test_clocks_that_jump_back_repeat_nothing() -> None:
    facts = replace(DANA, last_step=date(2027, 3, 24), last=date(2027, 3, 24))
    assert walk(facts, date(2027, 3, 17), date(2027, 3, 29)) == []
    later = replace(facts, last_at_risk=date(2026, 9, 15))
    assert due(later, date(2026, 9, 14), PLAIN) is None


def test_what_came_before_it_was_in_the_record_is_not_said() -> None:
    new = replace(DANA, since=date(2027, 2, 10))
    assert walk(new, date(2027, 2, 10), date(2027, 3, 10)) == ["due-30-2027-03-01"]
    assert due(replace(DANA, since=date(2026, 8, 15)), date(2026, 8, 15), PLAIN) is None


def test_what_lapsed_long_ago_is_not_brought_up() -> None:
    assert due(DANA, date(2027, 5, 30), PLAIN) == Stage(Family.LAPSED, date(2027, 4, 30), 30)
    assert due(DANA, date(2027, 5, 31), PLAIN) is None


def test_wishes_choose_the_days_and_the_pace() -> None:
    some = replace(PLAIN, days_before=(45, 3), at_risk_months=0, at_risk_days=7)
    assert walk(DANA, date(2026, 9, 1), date(2026, 9, 20), some) == [
        "at-risk-2026-09-01", "at-risk-2026-09-08", "at-risk-2026-09-15"
    ]  # fmt: skip
    assert walk(DANA, date(2026, 10, 2), ENDS, some) == ["opens-2026-10-02", "due-45-2027-02-14", "due-3-2027-03-28"]
    assert walk(DANA, date(2026, 10, 2), date(2028, 1, 1), replace(some, action=False)) == []


def test_every_end_of_eight_years_gets_each_step_once_on_its_day() -> None:
    # Counted out another way: by day numbers. Eight years have every kind of leap day and month end.
    for number in range(date(2026, 1, 1).toordinal(), date(2034, 1, 1).toordinal(), 7):
        ends = date.fromordinal(number)
        facts = Facts(date(2020, 1, 1), ends, date.fromordinal(number - 180), ends, on_course=True)
        days = sorted({number - n for n in (180, 90, 60, 30, 14, 7, 1)} | {number + n for n in (1, 7, 30)})
        found = [walk(facts, date.fromordinal(day), date.fromordinal(day))[0][-10:] for day in days]
        assert found == [date.fromordinal(day).isoformat() for day in days]


def test_the_next_mail_is_found_without_sending_any() -> None:
    facts = replace(DANA, last_at_risk=date(2026, 9, 15), last=date(2026, 9, 15))
    assert next_due(facts, date(2026, 10, 1), PLAIN) == Stage(Family.OPENS, date(2026, 10, 2))
    assert next_due(replace(DANA, last_step=date(2027, 4, 30)), date(2027, 5, 1), PLAIN) is None


@pytest.mark.parametrize("stage", [
    Stage(Family.DUE, ENDS, 30), Stage(Family.AT_RISK, ENDS), Stage(Family.EMPLOYER_DUE, ENDS, 7),
    Stage(Family.ENDED, ENDS), Stage(Family.LAPSED, ENDS, 7), Stage(Family.DIGEST, ENDS), Stage(Family.ON_TRACK, ENDS),
])  # fmt: skip
def test_a_key_reads_back_as_its_stage(stage: Stage) -> None:
    assert read(stage.key, stage.on) == stage


def test_keys_of_others_are_read_as_far_as_they_are_known() -> None:
    assert read("rules-12", ENDS).family is Family.RULES
    assert read("asked-2026-10-01", ENDS) == Stage(Family.ASKED, ENDS)
    assert read("180-days", ENDS).family is Family.OTHER
    assert not read("180-days", ENDS).must_arrive


@pytest.mark.parametrize(("stage", "must"), [
    (Stage(Family.DUE, ENDS, 60), False), (Stage(Family.DUE, ENDS, 30), True), (Stage(Family.LAPSED, ENDS, 1), True),
    (Stage(Family.AT_RISK, ENDS), False), (Stage(Family.OPENS, ENDS), False), (Stage(Family.ENDED, ENDS), True),
])  # fmt: skip
def test_near_the_end_a_double_is_better_than_none(stage: Stage, must: bool) -> None:
    assert stage.must_arrive is must


def test_months_end_where_the_month_does() -> None:
    assert months_on(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_on(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert DANA.word(date(2027, 4, 1)) is StandingWord.LAPSED
