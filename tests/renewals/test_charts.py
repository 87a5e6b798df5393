"""The drawings say what the numbers say."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.results import CategoryTotal
from renewals.charts import HEIGHT, TOP, WIDTH, Timeline, category_bars, share, timeline, total_bar
from renewals.sample import sample

START, LAST, TODAY = date(2024, 4, 1), date(2027, 3, 31), date(2026, 10, 1)
points = st.integers(min_value=0, max_value=1_000_000_00)


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def category(counted: int, cap: int | None, over: int = 0, room: int | None = None) -> CategoryTotal:
    return CategoryTotal("c", "Category", counted, cap, over, room)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 3, "0.00%"), (1, 3, "33.33%"), (3, 3, "100.00%"), (9, 3, "100.00%"), (-1, 3, "0.00%"), (1, 0, "0%")],
)
def test_shares(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


def test_the_total_bar_runs_to_a_tenth_above_the_need() -> None:
    bar = total_bar(8100, 9000)
    assert (bar.counted, bar.needed_at, bar.planned) == ("81.81%", "90.90%", "")


def test_a_bar_passes_the_tick_and_is_never_cut_off() -> None:
    bar = total_bar(12000, 9000)
    assert percent(bar.counted) > percent(bar.needed_at)
    assert percent(bar.counted) < 100


def test_what_is_planned_begins_where_the_count_ends() -> None:
    bar = total_bar(8100, 9000, 9300)
    assert bar.planned_from == bar.counted
    assert percent(bar.counted) + percent(bar.planned) == pytest.approx(percent(share(9300, 9300 + 930)), abs=0.02)


@given(points, points, st.none() | points)
def test_every_total_bar_keeps_the_order_of_its_numbers(counted: int, needed: int, forecast: int | None) -> None:
    bar = total_bar(counted, needed, forecast)
    assert 0 <= percent(bar.counted) <= 100
    assert (percent(bar.counted) <= percent(bar.needed_at)) == (counted <= needed) or abs(
        percent(bar.counted) - percent(bar.needed_at)
    ) < 0.02
    assert bool(bar.planned) == (forecast is not None and forecast > counted)


def test_all_category_bars_share_one_scale() -> None:
    field, education, exam = category_bars(
        [category(3600, 7200, 0, 3600), category(4500, 4500, 800, 0), category(0, 6000, 0, 6000)]
    )
    assert (field.counted, field.cap_at, field.over) == ("50.00%", "100.00%", "")
    assert (education.counted, education.cap_at) == ("62.50%", "62.50%")
    assert education.over == share(800, 7200)
    assert exam.cap_at == "83.33%"


def test_the_words_beside_a_bar() -> None:
    room, full, open_end = category_bars(
        [category(3600, 7200, 0, 3600), category(4500, 4500, 800, 0), category(1050, None)]
    )
    assert (room.message, room.over_message) == ("36 of 72, room for 36", "")
    assert (full.message, full.over_message) == ("45 of 45, full", "8 over the cap")
    assert open_end.message == "10.5 counted, no cap"
    assert (open_end.cap_at, open_end.track) == ("", "100%")


@given(st.lists(st.tuples(points, points, points), min_size=1, max_size=8))
def test_nothing_is_drawn_outside_the_bar(totals: list[tuple[int, int, int]]) -> None:
    for bar in category_bars([category(min(counted, cap), cap, over) for counted, cap, over in totals]):
        assert percent(bar.counted) <= 100
        assert percent(bar.cap_at) + percent(bar.over or "0%") <= 200
        assert percent(bar.cap_at) <= 100


def drawn(ahead: list[tuple[date, int]] | None = None, today: date = TODAY) -> Timeline:
    example = sample()
    return timeline(start=START, last=LAST, today=today, needed=9000, steps=example.standing.series, ahead=ahead or [])


def test_the_table_has_the_numbers_of_the_drawing() -> None:
    rows = [(row.on, row.points, row.note) for row in drawn([(LAST, 8100)]).rows]
    assert rows[0] == (START, 0, "Period begins")
    assert (date(2025, 3, 31), 5400, "Counted") in rows
    assert rows[-2:] == [(TODAY, 8100, "Today"), (LAST, 8100, "Forecast")]


def test_places_in_the_plot() -> None:
    plot = drawn([(LAST, 8100)])
    days = (LAST - START).days
    top = 9000 + 9000 // 12
    assert plot.today_x == (TODAY - START).days * WIDTH // days
    assert plot.needed_y == HEIGHT - 9000 * HEIGHT // top
    assert plot.pace == f"M0 {HEIGHT}L{WIDTH} {plot.needed_y}"
    assert plot.counted.endswith(f"H{plot.today_x}")
    assert f"V{HEIGHT - 8100 * HEIGHT // top}" in plot.counted
    assert plot.ahead == f"M{plot.today_x} {HEIGHT - 8100 * HEIGHT // top}L{WIDTH} {HEIGHT - 8100 * HEIGHT // top}"


def test_the_labels_say_the_numbers_and_stand_where_there_is_room() -> None:
    late = {label.text: label for label in drawn([(LAST, 8100)]).labels}
    assert set(late) == {"90 needed", "Today 81", "Forecast 81"}
    assert late["Today 81"].anchor == "end"
    plot = drawn([(LAST, 8100)])
    assert late["Forecast 81"].y > TOP + plot.needed_y  # below its line: that of what is needed is just above
    low = timeline(
        start=START, last=LAST, today=TODAY, needed=9000, steps=[(date(2026, 9, 1), 2500)], ahead=[(LAST, 3300)]
    )
    label = next(one for one in low.labels if one.text == "Forecast 33")
    assert label.y < TOP + HEIGHT - 3300 * HEIGHT // 9750  # above its line, clear of the steps that lead to it
    early = {label.text: label for label in drawn(today=date(2024, 6, 1)).labels}
    assert early["Today 81"].anchor == "start"


def test_a_period_that_has_ended_shows_no_today_and_no_forecast() -> None:
    plot = drawn(today=date(2027, 5, 1))
    assert plot.today_x is None
    assert plot.ahead == ""
    assert plot.rows[-1].note == "Period ends"
    assert [label.text for label in plot.labels] == ["90 needed"]


def test_an_empty_record_is_a_line_at_zero() -> None:
    plot = timeline(start=START, last=LAST, today=TODAY, needed=9000, steps=[])
    assert plot.counted == f"M0 {HEIGHT}H{plot.today_x}"
    assert plot.dots == ""


@given(
    st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), points), max_size=20),
    points,
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_no_drawing_leaves_its_plot(found: list[tuple[date, int]], needed: int, today: date) -> None:
    totals, steps = 0, []
    for on, more in sorted(found):
        totals += more
        steps.append((on, totals))
    plot = timeline(start=START, last=LAST, today=today, needed=needed, steps=steps, ahead=[(LAST, totals)])
    for path in (plot.counted, plot.area, plot.ahead, plot.pace):
        for command, number in re.findall(r"([HV])(\d+)", path):
            assert int(number) <= (WIDTH if command == "H" else HEIGHT)
        assert "-" not in path
