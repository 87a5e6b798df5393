import json
from typing import Any

import pytest
from django.http import QueryDict

from certifications import packs
from certifications.forms.example import ExampleEdit
from certifications.forms.example_dates import DatesEdit, DatesForm
from certifications.packs import SHIPPED
from certifications.rules.document import Document, Example
from certifications.rules.parsing import parse_text

DOCUMENT = parse_text((SHIPPED / "nicet" / "2010.toml").read_text())
KEPT: dict[str, Any] = json.loads(DOCUMENT.canonical())["examples"][0]


def as_sent(edit: ExampleEdit) -> QueryDict:
    """What a browser sends for the forms as they are shown."""
    sent = QueryDict(mutable=True)
    sent.update({"rows": str(len(edit.rows)), "carries": str(len(edit.carried)), "lock_version": "1"})
    for form in edit.forms:
        for field in form:
            value = field.value()
            if value not in (None, False):
                sent[field.html_name] = "on" if value is True else str(value)
    return sent


def edited(document: Document, raw: dict[str, Any], **changes: str) -> ExampleEdit:
    sent = as_sent(ExampleEdit(document, raw))
    sent.update(changes)
    return ExampleEdit(document, raw, sent)


def test_an_example_that_is_opened_and_saved_stays_what_it_was() -> None:
    names = ("nicet", "texas-cpa", "shrm", "asnt", "isaca", "california-cpa", "utah-water", "bicsi")
    compared = 0
    for version in packs.read([SHIPPED / name for name in names]).documents:
        for raw in json.loads(version.document.canonical()).get("examples", []):
            again = edited(version.document, raw)
            assert again.is_valid(), (version.path, raw["say"], list(again.problems()))
            assert Example.model_validate(again.whole()) == Example.model_validate(raw), (version.path, raw["say"])
            compared += 1
    assert compared > 40


def test_a_new_example_needs_what_it_cannot_do_without() -> None:
    empty = edited(DOCUMENT, {})
    assert not empty.is_valid()
    assert [one["text"] for one in empty.problems()] == [
        "Enter what the example shows", "Enter first day of the period", "Enter last day of the period",
        "Enter counted on",
    ]  # fmt: skip


HEAD = {"say": "One class", "starts": "2024-04-01", "ends": "2027-03-31", "as_of": "2026-10-01"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"a0-kind": "class"}, "Activity 1: Enter the day of the activity"),
        ({"a0-on": "31.12.2025"}, "Activity 1: Enter day as a day"),
        ({"a0-on": "2025-01-01", "a0-amount": "many"}, "Activity 1: Enter the amount as a number"),
        ({"a0-on": "2025-01-01", "a0-amount": "1/0"}, "must not divide by zero"),
        ({"a0-on": "1066-01-01"}, "Activities 1 on"),
        ({"ends": "2023-01-01"}, "must not be before the first"),
        ({"expect-counted": "a lot"}, "Counted: must be a number"),
        ({"expect-excluded": "-1"}, "write the numbers of activities"),
        ({"owed": "-1"}, "Owed: must be a number"),
        ({"failures": "yesterday"}, "Failures 1"),
        ({"fact-level": "V"}, "V"),
        ({"say": "x" * 200}, "160"),
    ],
)
def test_what_cannot_be_is_named(changes: dict[str, str], words: str) -> None:
    edit = edited(DOCUMENT, {}, **(HEAD | changes))
    assert not edit.is_valid()
    assert any(words in one["text"] for one in edit.problems()), list(edit.problems())


def test_the_result_of_the_rules_can_be_taken() -> None:
    edit = edited(DOCUMENT, {}, **HEAD, **{"a0-on": "2025-01-10", "a0-kind": "class", "a0-amount": "50"})
    assert edit.is_valid()
    result = edit.with_result()
    assert result.is_valid()
    assert result.whole()["expect"] == {
        "counted": 45, "needed": 90, "by_category": {"additional-education": 45},
        "not_counted": {"over category cap": 5}, "compliant": False, "standing": "at-risk",
    }  # fmt: skip
    assert len(result.raw()["activities"]) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"expect": "81", "facts": [1], "activities": "none", "carried": {"points": 1}, "failures": 7},
        {"activities": ["x", {"amount": [1], "topics": 5, "confirmed": [], "category": {"a": 1}}], "say": {"a": []}},
        {"expect": {"counted": [1], "standing": "bad", "zz": 1}, "facts": {"level": ["II"], "awarded": {"a": 1}}},
    ],
)
def test_examples_of_a_strange_shape_can_still_be_put_right(odd: dict[str, Any]) -> None:
    shown = "".join(str(field) for form in ExampleEdit(DOCUMENT, odd).forms for field in form)
    assert "<input" in shown
    assert DatesForm(DOCUMENT, initial=odd)["say"]
    assert "<input" in "".join(str(field) for field in DatesEdit(DOCUMENT, odd).head)


def test_an_example_of_many_activities_is_changed_page_by_page() -> None:
    row = {"on": "2025-01-01", "kind": "class", "amount": "1", "unit": "hour"}
    many = {**KEPT, "activities": [{**row, "title": f"No {place}"} for place in range(85)]}
    assert [one.words for one in ExampleEdit(DOCUMENT, many).pages()] == ["1 to 40", "41 to 80", "81 to 85"]
    sent = as_sent(ExampleEdit(DOCUMENT, many, first=40))
    sent["first"], sent["a0-title"] = "40", "Changed"
    del sent["a1-on"], sent["a1-kind"], sent["a1-title"]
    edited = ExampleEdit(DOCUMENT, many, sent)
    assert edited.is_valid(), list(edited.problems())
    titles = [one["title"] for one in edited.raw()["activities"]]
    assert titles == [
        *(f"No {place}" for place in range(40)), "Changed", *(f"No {place}" for place in range(42, 85))
    ]  # fmt: skip
    full = {**KEPT, "activities": many["activities"][:40]}
    assert [one.words for one in ExampleEdit(DOCUMENT, full).pages()] == ["1 to 40", "more"]
    assert len(ExampleEdit(DOCUMENT, full, first=40).rows) == 3


def test_nobody_makes_the_page_endless() -> None:
    assert len(edited(DOCUMENT, {}, rows="99999999").rows) == 3
    assert len(edited(DOCUMENT, {}, rows="999").rows) == 40
    assert len(edited(DOCUMENT, {}, rows="\u0663").rows) == 3
