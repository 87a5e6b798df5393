"""What the forms show of a draft: values, what they were before, what is wrong with them."""

from typing import Any

from certifications.editor.fields import fields_at
from certifications.editor.picks import Choices
from certifications.editor.showing import Node, Showing
from certifications.editor.telling import troubles
from certifications.rules.parsing import Problem

BASE: dict[str, Any] = {
    "need": {"points": 90},
    "kinds": [
        {"key": "class", "name": "Class", "category": ["a"], "points": 1, "evidence": "to-count"},
        {"key": "book", "name": "Book", "category": ["a"], "points": 2},
    ],
    "categories": [{"key": "a", "name": "Learning"}],
    "sources": [{"key": "S1", "title": "The guild's page"}],
}  # fmt: skip
RAW: dict[str, Any] = {
    **BASE,
    "need": {"points": 81, "advisory": True},
    "kinds": [
        {"name": "New one"}, {"key": "class", "name": "Class", "category": ["gone"], "points": "x", "when": [{}]},
    ],
}  # fmt: skip


def nodes(at: str, base: dict[str, Any] | None = BASE, problems: tuple[Problem, ...] = ()) -> dict[str, Node]:
    showing = Showing(RAW, base, Choices(RAW), troubles(RAW, problems), {"kinds.1": ("1 point for each hour.",)})
    found = fields_at(at)
    assert found is not None
    return {node.field.name: node for node in showing.nodes(at, found[1])}


def test_changed_values_carry_the_old_one_in_words() -> None:
    need = nodes("need")
    assert (need["points"].value, need["points"].was, need["advisory"].was, need["several"].was) == (
        "81",
        "90",
        "no",
        None,
    )
    row = nodes("kinds.1")
    assert (row["points"].was, row["category"].was, row["evidence"].was) == ("1", "Learning", "Needed to count")
    assert nodes("need", None)["points"].was is None


def test_rows_are_new_changed_or_gone() -> None:
    kinds = nodes("")["kinds"]
    assert [(row.title, row.change, row.words) for row in kinds.rows] == [
        ("New one", "new", ()), ("Class", "changed", ("1 point for each hour.",)),
    ]  # fmt: skip
    assert kinds.gone == ["Book"]
    assert nodes("kinds.0")["points"].was is None


def test_choices_are_the_drafts_own_and_lost_ones_stay_visible() -> None:
    row = nodes("kinds.1")
    assert [(one.value, one.label, one.chosen) for one in row["category"].choices] == [
        ("a", "Learning", False), ("gone", "gone (not in the list)", True),
    ]  # fmt: skip
    assert [one.label for one in row["source"].choices] == ["", "S1, The guild's page"]


def test_what_is_seldom_needed_is_unfolded_where_it_says_something() -> None:
    assert nodes("")["need"].unfolded
    assert not nodes("kinds.0")["rounding"].open
    assert nodes("kinds.1")["when"].open


def test_problems_stand_beside_their_field_and_name_their_row() -> None:
    problems = (
        Problem("kinds.1.points", "must be a number"), Problem("kinds.0.category", "is missing"),
        Problem("kinds.1.when.0.is.bool", "must be true or false"), Problem("examples.0", "is odd"),
    )  # fmt: skip
    told = troubles(RAW, problems)
    assert [one.text for one in told] == [
        "Class, Points: must be a number.", "New one, Counts in: is missing.",
        "Class, Only for some holders, number 1, is: cannot be read.", "Examples, number 1: is odd.",
    ]  # fmt: skip
    assert [(one.row, one.target, one.room and one.room.key) for one in told][1:3] == [
        ("kinds.0", "f-kinds-0-category", "kinds"), ("kinds.1", "f-kinds-1-when-0-is", "kinds"),
    ]  # fmt: skip
    assert nodes("kinds.1", problems=problems)["points"].problems == ["Must be a number."]
    assert [row.troubles for row in nodes("", problems=problems)["kinds"].rows] == [1, 2]
