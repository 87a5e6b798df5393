"""Keys that nothing reads where they stand are named, with the reason."""

from typing import Any

import pytest

from certifications.rules.document import Document
from certifications.rules.parsing import read_toml
from certifications.rules.sense import contradictions
from tests.factories.certifications import RULES

IDLE = "says nothing here, leave it out: "


def found(part: str, value: Any, **changes: Any) -> list[tuple[str, str]]:
    raw = read_toml(RULES) | changes
    raw[part] = raw.get(part, {}) | value if isinstance(value, dict) else value
    return contradictions(Document.model_validate(raw))


@pytest.mark.parametrize(
    ("period", "key"),
    [
        ({"end_parity": "even"}, "end_parity"),
        ({"ends": "month-end", "end_parity": "birth-year"}, "end_parity"),
        ({"ends": "year-end", "fixed_end": "03-31"}, "fixed_end"),
        ({"snap": "back"}, "snap"),
        ({"ends": "year-end", "end_parity": "odd", "snap": "back"}, None),
        ({"ends": "month-end", "snap": "back"}, None),
    ],
)
def test_what_the_end_of_a_period_does_not_read(period: dict[str, Any], key: str | None) -> None:
    wrong = found("period", {"months": 24, "ends": "anniversary"} | period)
    assert [path for path, text in wrong if text.startswith(IDLE)] == ([f"period.{key}"] if key else [])


@pytest.mark.parametrize(
    ("minimum", "said"),
    [
        ({"item": "signed", "window": "year"}, ("window", f"{IDLE}a yes is asked for")),
        ({"item": "signed", "select": {"topic": "law"}}, ("select", f"{IDLE}a yes is asked for")),
        ({"times": 2, "tests": "asked"}, ("tests", f"{IDLE}activities are counted, not points")),
        ({"times": 2, "in_one_category": True}, ("in_one_category", f"{IDLE}activities are counted, not points")),
        ({"points": 1, "window": "activity"},
         ("window", "must be longer than one activity, for only caps look at each by itself")),
        ({"categories": 2, "window": "day"}, ("window", "must be longer than a day where categories are compared")),
        ({"item": "signed"}, None),
        ({"times": 2, "window": "year", "select": {"topic": "law"}}, None),
        ({"points": 2, "in_one_category": True, "tests": "asked", "window": "year"}, None),
    ],
)  # fmt: skip
def test_what_a_minimum_does_not_read(minimum: dict[str, Any], said: tuple[str, str] | None) -> None:
    wrong = found("minimums", [{"key": "m", "name": "M"} | minimum])
    assert wrong == ([(f"minimums.0.{said[0]}", said[1])] if said else [])


def test_points_that_arrive_in_one_category_keep_none() -> None:
    category = read_toml(RULES)["categories"][0]["key"]
    both = {"arrives_as": category, "keeps_categories": True}
    assert [path for path, _ in found("carry_over", both)] == ["carry_over.keeps_categories"]
    assert found("carry_over", {"arrives_as": category}) == []
