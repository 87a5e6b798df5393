"""What is wrong is left out, so that the rest can be put into words."""

from typing import Any

from certifications.editor.pruning import readable
from certifications.rules.document import Document
from certifications.rules.parsing import read_toml
from certifications.rules.raw import as_raw
from tests.factories.certifications import RULES


def raw(**changes: Any) -> dict[str, Any]:
    return as_raw(read_toml(RULES)) | changes


def kept(document: Document | None, part: str) -> list[str]:
    assert document is not None
    return [one.key for one in getattr(document, part)]


def test_a_whole_document_stays_whole() -> None:
    document, left_out = readable(raw())
    assert (kept(document, "kinds"), left_out) == (["field-time", "class"], False)


def test_rows_and_values_that_are_wrong_are_left_out() -> None:
    kinds = [{"name": "New"}, *raw()["kinds"], {"key": "odd", "name": "Odd", "category": ["learning"], "points": "x"}]
    document, left_out = readable(raw(kinds=kinds, need={"points": "many"}, unheard_of=1))
    assert (kept(document, "kinds"), left_out) == (["field-time", "class"], True)
    assert document is not None
    assert document.need.points == 0


def test_a_first_draft_can_be_read_before_it_is_whole() -> None:
    head = {name: value for name, value in raw()["rules"].items() if name not in ("certifications", "summary")}
    document, left_out = readable({"rules": head})
    assert document is not None
    assert (document.rules.name, left_out) == ("Guild technician", True)


def test_where_nothing_can_be_read_there_is_nothing() -> None:
    assert readable({}) == (None, True)
    assert readable({"rules": 7, "kinds": {"a": 1}, "period": []}) == (None, True)
