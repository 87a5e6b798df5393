from copy import deepcopy
from dataclasses import replace
from typing import Any

from certifications import packs
from certifications.packs import SHIPPED
from certifications.rules.figures import shown
from certifications.rules.parsing import parse
from certifications.rules.raw import raw_of_text
from certifications.rules.trying import DATES, EXAMPLES, Figure, steps_of, taken, taken_days, tried, try_example

RAW = raw_of_text((SHIPPED / "nicet" / "2010.toml").read_text())
DOCUMENT = parse(RAW)


def changed(**cap: Any) -> dict[str, Any]:
    raw = deepcopy(RAW)
    next(one for one in raw["caps"] if one["key"] == "additional-education").update(cap)
    return raw


def test_every_shipped_example_holds_and_says_the_same_twice() -> None:
    reading = packs.read([SHIPPED / name for name in ("nicet", "cisco", "shrm", "texas-cpa", "utah-water")])
    found = [one for version in reading.documents for one in tried(version.document)]
    assert len(found) == reading.examples > 20
    assert all(one.holds and one.figures for one in found)


def test_a_lower_cap_turns_examples_red_with_what_is_expected_beside_what_comes_out() -> None:
    document = parse(changed(points=40))
    red = [one for one in tried(document) if not one.holds]
    assert red
    assert all(one.part == EXAMPLES for one in red)
    figure = next(figure for one in red for figure in one.wrong if figure.key == "counted")
    assert isinstance(figure, Figure)
    assert int(figure.found) < int(figure.expected)
    steps = steps_of(document, document.examples[red[0].place])
    assert len(steps) == len(document.examples[red[0].place].activities)
    assert any("Cap reached" in reason for step in steps for reason in step.reasons)


def test_taking_the_result_makes_the_example_hold() -> None:
    raw = changed(points=40)
    document = parse(raw)
    for one in tried(document):
        if not one.holds:
            example = document.examples[one.place]
            stated = [figure.key for figure in one.figures]
            raw["examples"][one.place]["expect"] = taken(document, example, stated)
    assert all(one.holds for one in tried(parse(raw)))


def test_everything_that_can_be_found_can_be_taken_and_holds() -> None:
    raw = deepcopy(RAW)
    for place, example in enumerate(DOCUMENT.examples):
        raw["examples"][place]["expect"] = taken(DOCUMENT, example, ["carried_out", "fees", "forecast", "satisfied_by"])
    for place, dates in enumerate(DOCUMENT.period_examples):
        raw["period_examples"][place]["expect"] = taken_days(DOCUMENT, dates, ["starts", "nested", "next_ends"])
    found = tried(parse(raw))
    assert all(one.holds for one in found)
    assert {one.part for one in found} == {EXAMPLES, DATES}


def test_an_example_that_cannot_be_counted_says_why() -> None:
    raw = deepcopy(RAW)
    raw["period"].update(ends="birth-month-end", shared_end=False)
    found = [one for one in tried(parse(raw)) if one.problem]
    assert found
    assert not found[0].holds


def test_figures_read_as_words() -> None:
    assert shown(DOCUMENT, "by_category", {"additional-education": 4050}) == "Additional Education 40.5"
    assert shown(DOCUMENT, "not_counted", {"over category cap": 500}) == "Cap reached 5"
    assert shown(DOCUMENT, "excluded", (0, 2)) == "1, 3"
    assert shown(DOCUMENT, "compliant", value=False) == "no"
    assert shown(DOCUMENT, "fees", {"base": 12050}) == "base 120.50"
    assert shown(DOCUMENT, "forecast", None) == "too early to say"


def test_what_differs_never_reads_the_same() -> None:
    example = DOCUMENT.examples[0]
    other = example.model_copy(update={"expect": example.expect.model_copy(update={"satisfied_by": "nothing"})})
    figure = next(one for one in try_example(DOCUMENT, other).figures if one.key == "satisfied_by")
    assert not figure.agrees
    assert replace(figure, found=figure.expected).agrees
