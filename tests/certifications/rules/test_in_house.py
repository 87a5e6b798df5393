"""An employer's short form as a rule document, its periods one after the other, and what eases it."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.cases import Case, Entry, Term
from certifications.rules.counting import count
from certifications.rules.dates import Span
from certifications.rules.in_house import Wish, eased, longer, made_from, span_on, wish_of
from certifications.rules.parsing import parse_text
from certifications.rules.words import KINDS, Group
from tests.factories.certifications import RULES

DAY = date(2026, 10, 1)
SPAN = Span(date(2026, 1, 1), date(2027, 1, 1))
hundredths = st.integers(1, 99_999_99)
wishes = st.builds(
    Wish,
    name=st.just("Two days a year"),
    points=hundredths,
    months=st.integers(1, 120),
    least_in=st.sampled_from([group.value for group in Group if group is not Group.FIELD_TIME]),
    least_points=st.just(0),
    field_time=st.integers(0, 50_00),
)


@given(wishes)
def test_the_form_comes_back_as_it_was_filled_in(wish: Wish) -> None:
    found = wish_of(made_from(wish, version=3, day=DAY))
    assert found == Wish(wish.name, wish.points, wish.months, field_time=wish.field_time)


def test_a_minimum_comes_back_too() -> None:
    wish = Wish("Teaching", 16_00, 12, "teaching", 4_50, 1_50)
    assert wish_of(made_from(wish, version=1, day=DAY)) == wish
    assert wish_of(parse_text(RULES)) is None, "a document of somebody else"


def test_an_hour_is_a_point_and_a_month_of_work_what_was_said() -> None:
    document = made_from(Wish("Own", 16_00, 12, field_time=1_50), version=1, day=DAY)
    entries = [
        Entry(kind.key, date(2026, 3, 2), Fraction(2), kind=kind.key) for kind in KINDS.values() if not kind.over_time
    ]
    work = Entry("work", date(2026, 4, 30), Fraction(2), "month", kind="field-time", since=date(2026, 3, 1))
    outcome = count(document, Case(Term(SPAN, SPAN), DAY, (*entries, work)))
    assert {line.key: line.counted for line in outcome.lines} == {**{one.key: 2_00 for one in entries}, "work": 3_00}
    without = made_from(Wish("Own", 16_00, 12), version=1, day=DAY)
    assert count(without, Case(Term(SPAN, SPAN), DAY, (work,))).counted == 0


@given(st.integers(1, 120), st.dates(date(2010, 1, 1), date(2026, 1, 1)), st.integers(0, 4000))
def test_periods_follow_one_another(months: int, since: date, later: int) -> None:
    day = since + timedelta(days=later)
    span = span_on(months, since, day)
    assert span.start <= day < span.end
    assert span == span_on(months, since, span.start) == span_on(months, since, span.last)
    assert span_on(months, since, span.end).start == span.end


def test_a_longer_period() -> None:
    assert longer(SPAN, 3) == Span(SPAN.start, date(2027, 4, 1))
    assert longer(SPAN, 0) is SPAN


def test_a_part_of_what_is_asked_is_rounded_up() -> None:
    document = made_from(Wish("Own", 16_01, 12, "teaching", 4_01), version=1, day=DAY)
    half = eased(document, 50)
    assert (half.need.points, half.minimums[0].points) == (8_01, 2_01)
    assert eased(document, 100) is document
    assert eased(document, 0).need.points == 0
