"""Everything that a rule document may hold has a field with words."""

from typing import Any

import pytest
from pydantic import BaseModel

from certifications.editor.fields import fields_at, fields_of, list_at, row_of
from certifications.editor.rooms import ROOMS, room_of
from certifications.editor.words import FIXED, MORE, OPTIONS, WORDS
from certifications.rules.document import Document, KindRule
from certifications.rules.shapes import shapes


def models(model: type[BaseModel], seen: set[Any]) -> set[Any]:
    """All parts of a document, examples aside: those have pages of their own."""
    if model not in seen:
        seen.add(model)
        for name, shape in shapes(model).items():
            if shape.model and name not in ("examples", "period_examples"):
                models(shape.model, seen)
    return seen


def test_every_key_of_every_part_has_a_label() -> None:
    for model in models(Document, set()):
        keys = {info.alias or name for name, info in model.model_fields.items()}
        assert WORDS[model].keys() == keys, model.__name__
        assert all(label for label, _ in WORDS[model].values())
        assert MORE.get(model, frozenset()) | FIXED.get(model, frozenset()) <= keys
        for field in fields_of(model):
            if field.widget == "choice":
                assert {value for value, _ in field.options} == OPTIONS[model, field.name].keys(), field.label


def test_every_part_of_the_document_has_a_section() -> None:
    shown = {part for room in ROOMS for part in room.parts}
    assert shown == Document.model_fields.keys() - FIXED[Document]
    assert room_of("kinds.3.select.topic") == next(room for room in ROOMS if room.key == "kinds")
    assert room_of("examples.1") is None


def test_paths_lead_to_parts() -> None:
    found = fields_at("kinds.12")
    assert found is not None
    assert found[0] is KindRule
    assert fields_at("alternatives.0.minimums.2") is not None
    for wrong in ("kinds", "kinds.x", "kinds.1.2", "rules.name", "nothing", "kinds.99999", "kinds.²"):
        assert fields_at(wrong) is None, wrong
    assert list_at("kinds")
    assert list_at("need.by")
    assert not list_at("rules")
    assert not list_at("kinds.0")


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("alternatives.0.minimums.2.points", "alternatives.0.minimums.2"), ("kinds.1.when.0.fact", "kinds.1"),
        ("period.grace.0.days", ""), ("need.by.3.when", "need.by.3"), ("money.fees.0", "money.fees.0"), ("rules", ""),
    ],
)  # fmt: skip
def test_a_problem_stands_on_the_page_of_its_row(path: str, row: str) -> None:
    assert row_of(path) == row
