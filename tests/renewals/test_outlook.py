"""What lies ahead, in sentences and as a line in the chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from activities.queries import Counted
from certifications.rules.cases import Case, Entry
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.standing import judge
from renewals.outlook import ahead, outlook_of, room_left, surplus
from renewals.plans import PlanLine, work
from renewals.queries import Stand
from tests.certifications.rules.people import DANA, NICET, case, done, pack, worked

ENDS = date(2027, 3, 31)


def stand(document: Document, one: Case, *plan: PlanLine) -> Stand:
    outcome = count(document, one)
    entries: tuple[Entry, ...] = tuple(line.entry(f"plan-{place}") for place, line in enumerate(plan))
    holding = SimpleNamespace(document=document)
    counted = Counted(holding, one, outcome, {})  # type: ignore[arg-type]
    return Stand(counted, judge(document, one, outcome, planned=entries), entries, plan)


def test_the_worked_example() -> None:
    found = outlook_of(stand(NICET, DANA))
    assert found is not None
    assert found.message == "Forecast 81 of 90 on 31 Mar 2027"
    assert found.sentences == (
        "Based on your last 12 months.", "Additional Education is full, so more classes will not add points.",
    )  # fmt: skip
    assert found.ahead == ((ENDS, 8100),)


def test_planned_work_rises_and_a_planned_class_steps_up() -> None:
    field_time = work("field-time", date(2026, 11, 1), date(2027, 1, 31), 100)
    talk = PlanLine("presentation", date(2027, 2, 15), 300, "point")
    found = ahead(stand(NICET, DANA, field_time, talk))
    assert found == (
        (date(2026, 11, 1), 8100), (date(2027, 1, 31), 8700),
        (date(2027, 2, 15), 8700), (date(2027, 2, 15), 9000),
        (ENDS, 9000),
    )  # fmt: skip


def test_what_adds_nothing_draws_nothing() -> None:
    assert ahead(stand(NICET, DANA, PlanLine("class", date(2026, 11, 20), 800))) == ((ENDS, 8100),)


def test_no_line_ahead_without_a_forecast_or_after_the_end() -> None:
    assert ahead(stand(NICET, case(NICET, date(2026, 9, 1), date(2029, 8, 31)))) == ()
    assert ahead(stand(NICET, replace(DANA, as_of=date(2027, 4, 2)))) == ()


def test_nothing_is_forecast_where_no_points_are_needed_or_nothing_ends() -> None:
    badge = pack("micro-credentials/dated")
    assert outlook_of(stand(badge, case(badge, date(2024, 5, 1), date(2027, 4, 30)))) is None
    endless = pack("micro-credentials/no-end")
    assert outlook_of(stand(endless, case(endless, date(2024, 5, 1), date(2199, 12, 31)))) is None


def test_too_early_and_lapsed_have_no_forecast_in_words() -> None:
    early = outlook_of(stand(NICET, case(NICET, date(2026, 9, 1), date(2029, 8, 31))))
    assert early is not None
    assert (early.message, early.sentences) == ("", ("Too early to forecast. We need 90 days of activity.",))
    lapsed = outlook_of(stand(NICET, replace(DANA, as_of=date(2027, 5, 1))))
    assert lapsed is not None
    assert (lapsed.message, lapsed.sentences) == ("", ("The last day to earn was 31 Mar 2027.",))


def test_met_by_an_event() -> None:
    passed = replace(DANA, entries=(*DANA.entries, done(date(2026, 9, 1), 1, "upgrade", unit="each")))
    found = outlook_of(stand(NICET, passed))
    assert found is not None
    assert found.sentences[1:] == ("Passing a higher level: this meets the whole requirement.",)


class TestRoomLeft:
    def of(self, *entries: Entry, as_of: date = date(2026, 10, 1)) -> list[str]:
        return room_left(count(NICET, case(NICET, date(2024, 4, 1), ENDS, *entries, as_of=as_of)))

    def test_room_of_a_year_that_is_over(self) -> None:
        assert self.of(worked(date(2024, 4, 1), date(2025, 9, 30))) == [
            "Active Practitioner: 12 of the room for 36 can only be filled by work done by 31 Mar 2026."
        ]

    def test_two_years_over(self) -> None:
        assert self.of() == [
            "Active Practitioner: 48 of the room for 72 can only be filled by work done by 31 Mar 2026."
        ]

    def test_full_years_lose_nothing(self) -> None:
        assert self.of(worked(date(2024, 4, 1), date(2026, 3, 31))) == []

    def test_in_the_first_year_nothing_is_gone(self) -> None:
        assert self.of(as_of=date(2025, 3, 31)) == []


class TestSurplus:
    def test_nothing_above(self) -> None:
        assert surplus(NICET, count(NICET, DANA)) == ""

    def test_above_and_not_carried(self) -> None:
        more = done(date(2026, 9, 1), 10, "presentation", unit="point")
        full = count(NICET, replace(DANA, entries=(*DANA.entries, more)))
        assert surplus(NICET, full) == "1 point above what you need. These rules do not carry points over."

    def test_nothing_is_above_where_nothing_is_needed(self) -> None:
        skill = pack("micro-credentials/reassessed")
        again = done(date(2026, 3, 1), 1, "assessment", unit="point")
        one = count(skill, case(skill, date(2025, 7, 1), date(2027, 6, 30), again))
        assert (one.needed, one.counted, surplus(skill, one)) == (0, 100, "")

    def test_above_and_earned_too_early_to_carry(self) -> None:
        pmi = pack("pmi/2015")
        early = [done(date(2025, 2, number), 25, topics=frozenset({topic}))
                 for number, topic in enumerate(("ways of working", "power skills", "business acumen"), 1)]  # fmt: skip
        one = case(pmi, date(2025, 1, 1), date(2027, 12, 31), *early)
        assert surplus(pmi, count(pmi, one)) == "15 PDUs above what you need. None of them carries over by these rules."
