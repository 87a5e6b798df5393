"""What differs between two documents, in plain words."""

from __future__ import annotations

from typing import Any

from certifications.rules.difference import differences
from certifications.rules.document import Document
from tests.certifications.rules.generating import document

CLASS = {"key": "class", "name": "Class", "kind": "class", "category": ["a"], "points": 1}
CAP = {"key": "a", "name": "Cap on A", "select": {"category": "a"}, "points": 45}


def rules(**parts: Any) -> Document:
    return document(**({"kinds": [CLASS], "caps": [CAP], "need": {"points": 90}} | parts))


def texts(old: Document, new: Document) -> list[str]:
    return [str(one) for one in differences(old, new)]


def test_equal_documents_do_not_differ() -> None:
    assert differences(rules(), rules()) == []


def test_a_cap_that_changes_says_both_numbers() -> None:
    [one] = differences(rules(), rules(caps=[CAP | {"points": 40}]))
    assert (one.what, one.part, one.name) == ("changed", "Caps", "Cap on A")
    assert "45" in one.before[0]
    assert "40" in one.after[0]
    assert str(one).startswith("changed  Caps: Cap on A. Before: ")


def test_what_came_and_what_went() -> None:
    talk = CLASS | {"key": "talk", "name": "Talk", "kind": "teaching"}
    assert any(
        text.startswith("added    What counts: Talk. 1 an hour") for text in texts(rules(), rules(kinds=[CLASS, talk]))
    )
    assert any(text.startswith("removed  What counts: Talk. ") for text in texts(rules(kinds=[CLASS, talk]), rules()))


def test_a_new_total_and_a_new_period() -> None:
    found = differences(rules(), rules(need={"points": 80}, period={"months": 24}))
    assert {one.what for one in found} == {"changed"}
    said = " ".join(str(one) for one in found)
    assert "90" in said
    assert "80" in said


def test_only_what_changed_of_a_rule_is_said() -> None:
    longer = CLASS | {"minimum": "0.75"}
    [one] = differences(rules(), rules(kinds=[longer]))
    assert len(one.after) == 1
    assert one.after[0].startswith("Less than 0.75 hours")
