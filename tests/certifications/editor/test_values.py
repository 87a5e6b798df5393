"""One value as the controls hold it, and back again."""

from typing import Any

import pytest

from certifications.editor.fields import Field
from certifications.editor.values import read, shown

TABLE = [
    ("whole", None, "36", 36), ("whole", None, " 1,200 ", 1200), ("whole", 5, "x", "x"), ("whole", 5, "", None),
    ("points", None, "0.5", "0.5"), ("points", None, "24", 24), ("points", "7.50", "7.50", "7.50"),
    ("exact", None, "1/3", "1/3"), ("cents", None, "195.00", 19500), ("cents", None, "1,195", 119500),
    ("cents", None, "twenty", "twenty"), ("value", None, "yes", True), ("value", None, "No", False),
    ("value", None, "7", 7), ("value", None, "TX", "TX"), ("maybe", None, "no", False), ("maybe", True, "", None),
    ("lines", None, "a\r\n\r\n b ", ["a", "b"]), ("text", None, "  x ", "x"), ("long", "a\nb", "a\r\nb", "a\nb"),
    ("date", None, "2026-10-01", "2026-10-01"), ("text", "two\nlines", "two lines", "two\nlines"),
]  # fmt: skip


@pytest.mark.parametrize(("widget", "before", "typed", "value"), TABLE)
def test_what_was_typed_becomes_a_value(widget: str, before: Any, typed: str, value: Any) -> None:
    assert read(Field("f", widget, "F"), before, "f", {"f": [typed]}) == value


def test_a_window_has_a_word_and_for_some_a_number_of_months() -> None:
    field = Field("window", "window", "Window", default="period")
    assert shown(field, "last-36-months", "w") == {"w": ["last"], "w.months": ["36"]}
    assert shown(field, "each-24-months", "w") == {"w": ["each"], "w.months": ["24"]}
    assert read(field, None, "w", {"w": ["rolling"], "w.months": ["12"]}) == "rolling-12-months"
    assert read(field, "year", "w", {"w": ["period"], "w.months": [""]}) is None


def test_amounts_are_a_table() -> None:
    field = Field("hours_in", "amounts", "Hours", options=(("day", "day"), ("ceu", "CEU")))
    assert shown(field, {"ceu": 10}, "h") == {"h.day": [""], "h.ceu": ["10"]}
    assert read(field, {"ceu": 10}, "h", {"h.day": ["8"], "h.ceu": [""]}) == {"day": 8}
    assert read(field, {"ceu": 10}, "h", {"h.day": [""], "h.ceu": [""]}) is None


def test_a_control_that_was_not_sent_changes_nothing() -> None:
    assert read(Field("f", "whole", "F"), 7, "f", {}) == 7
    assert read(Field("f", "flag", "F", default=True), True, "f", {}) is False
