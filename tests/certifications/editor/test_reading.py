"""A posted form put into the document: what was not changed stays exactly as it was."""

from typing import Any

import pytest

from certifications.editor.reading import key_of, merged, operate, put, value_at, with_keys
from certifications.editor.rooms import ROOMS
from certifications.packs import Reading
from certifications.rules.changed import changes

from .posting import own_pages, posted

RAW: dict[str, Any] = {
    "period": {"months": 36, "grace": [{"allows": "submit", "days": 30}, {"allows": "exam", "months": 6}]},
    "kinds": [
        {"key": "class", "name": "Class", "kind": ["webinar", "class"], "category": ["b", "a"], "points": "0.5"},
        {"key": "book", "name": "Book", "category": ["a"], "stated": False, "rounding": {}},
    ],
    "categories": [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}],
    "unknown": {"kept": True},
}  # fmt: skip


def test_every_shipped_document_comes_back_from_every_page_as_it_was(shipped: Reading) -> None:
    pages = 0
    for one in shipped.documents:
        raw = one.document.plain()
        for room in ROOMS:
            assert merged(raw, "", room.parts, posted(raw, "", room.parts)) == raw, (one.path, room.key)
        for path in own_pages(raw):
            after = merged(raw, path, value_at(raw, path).keys(), posted(raw, path))
            assert list(changes(raw, after)) == [], (one.path, path)
            pages += 1
    assert pages > 900


def edit(at: str, **sent: list[str]) -> dict[str, Any]:
    """The document after a row's page came back with some controls changed; None for those not sent."""
    everything = posted(RAW, at) | {f"{at}.{name}": values for name, values in sent.items()}
    return merged(RAW, at, value_at(RAW, at).keys() | sent.keys(), everything)


def test_a_changed_value_is_read_and_all_others_stay() -> None:
    after = edit("kinds.0", points=["2"], evidence=["to-count"])
    assert [(one.path, one.old, one.new) for one in changes(RAW, after)] == [
        ("kinds.class.points", "0.5", 2), ("kinds.class.evidence", None, "to-count"),
    ]  # fmt: skip


def test_what_is_put_back_to_the_default_is_not_said() -> None:
    assert "stated" not in value_at(edit("kinds.1", stated=["yes"]), "kinds.1")


def test_order_of_chosen_ones_is_kept_and_new_ones_come_behind() -> None:
    assert value_at(edit("kinds.0", kind=["class", "exam", "webinar"]), "kinds.0.kind") == ["webinar", "class", "exam"]
    assert value_at(edit("kinds.0", category=["a"]), "kinds.0.category") == ["a"]


def test_an_optional_part_goes_with_its_box() -> None:
    sent = posted(RAW, "kinds.1")
    del sent["kinds.1.rounding.on"]
    assert "rounding" not in value_at(merged(RAW, "kinds.1", ["rounding"], sent), "kinds.1")
    assert value_at(edit("kinds.0", **{"rounding.on": ["yes"]}), "kinds.0") == {**RAW["kinds"][0]} | {
        "kind": ["webinar", "class"]
    }
    assert value_at(merged(RAW, "kinds.0", ["rounding"], {"kinds.0.rounding.on": ["yes"]}), "kinds.0.rounding") == {}


def test_what_no_form_knows_stays() -> None:
    strange = {**RAW, "period": "soon", "caps": [7, {"key": "c", "odd": 1}]}
    assert merged(strange, "", ["period", "caps"], {"period.months": ["12"]}) == strange
    assert merged(strange, "caps.0", ["name"], {"caps.0.name": ["x"]}) == strange
    assert merged(strange, "caps.1", ["name"], {"caps.1.name": ["x"]})["caps"][1] == {"key": "c", "odd": 1, "name": "x"}
    assert merged(RAW, "no.such.place", ["x"], {}) == RAW


@pytest.mark.parametrize(
    ("act", "path", "keys"),
    [
        ("up", "kinds.1", ["book", "class"]), ("up", "kinds.0", ["class", "book"]),
        ("down", "kinds.0", ["book", "class"]), ("down", "kinds.1", ["class", "book"]),
        ("remove", "kinds.0", ["book"]), ("add", "kinds", ["class", "book", None]),
    ],
)  # fmt: skip
def test_rows_move_come_and_go(act: str, path: str, keys: list[str | None]) -> None:
    after = operate(RAW, act, path)
    assert after is not None
    assert [row.get("key") for row in after["kinds"]] == keys


@pytest.mark.parametrize(
    ("act", "path"),
    [
        ("up", "kinds.7"),
        ("remove", "kinds.x"),
        ("add", "kinds.0"),
        ("add", "rules"),
        ("remove", "unknown.0"),
        ("up", ""),
    ],
)
def test_what_is_no_row_does_not_move(act: str, path: str) -> None:
    assert operate(RAW, act, path) is None


def test_rows_inside_move_as_well() -> None:
    after = operate(RAW, "remove", "period.grace.0")
    assert after is not None
    assert after["period"]["grace"] == [{"allows": "exam", "months": 6}]
    added = operate(RAW, "add", "kinds.1.when")
    assert added is not None
    assert added["kinds"][1]["when"] == [{}]


def test_rows_get_short_names_from_their_names() -> None:
    raw = {"categories": [{"key": "a", "name": "A"}, {"name": "A"}, {"name": ""}], "sources": [{"title": "x"}]}
    assert with_keys(raw, "categories")["categories"] == [
        {"key": "a", "name": "A"}, {"key": "a-2", "name": "A"}, {"name": ""},
    ]  # fmt: skip
    assert with_keys(raw, "sources")["sources"] == [{"key": "S1", "title": "x"}]
    assert key_of("Établi: 24 hours, or more!") == "etabli-24-hours-or-more"
    assert key_of("漢字") == "rule"


def test_a_place_behind_the_last_row_is_a_new_one() -> None:
    assert put(RAW, "caps.0.name", "x")["caps"] == [{"name": "x"}]
    assert put(RAW, "kinds.2", {"key": "new"})["kinds"][2] == {"key": "new"}
