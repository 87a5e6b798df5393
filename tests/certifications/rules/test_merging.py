from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.merging import merged, parts

BASE: dict[str, Any] = {
    "need": {"points": 90, "advisory": True},
    "caps": [{"key": "a", "points": 45}, {"key": "b", "points": 10}],
    "allocation": "best",
}
ROWS = st.lists(
    st.fixed_dictionaries({"key": st.sampled_from("abcd")}, optional={"points": st.integers(0, 3)}),
    max_size=4, unique_by=lambda row: row["key"],
)  # fmt: skip
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "caps": ROWS | st.just("odd"),
        "need": st.dictionaries(st.sampled_from(["points", "advisory"]), st.integers(0, 2)) | st.just([]),
        "allocation": st.sampled_from(["best", "date-order"]),
        "examples": st.lists(st.fixed_dictionaries({"say": st.sampled_from("xy")}), max_size=2),
    },
)


@given(theirs=DOCUMENTS, mine=DOCUMENTS)
def test_all_of_mine_is_mine_and_none_of_it_is_theirs(theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    found = parts(theirs, mine)
    assert merged(theirs, mine, []) == theirs
    assert merged(theirs, mine, found) == mine
    assert bool(found) == (theirs != mine)


@given(theirs=DOCUMENTS, mine=DOCUMENTS, data=st.data())
def test_any_choice_of_parts_can_be_made(theirs: dict[str, Any], mine: dict[str, Any], data: st.DataObject) -> None:
    found = parts(theirs, mine)
    chosen = [part for part in found if data.draw(st.booleans())]
    made = merged(theirs, mine, chosen)
    left = {part.path for part in found if part not in chosen and not part.order}
    assert {part.path for part in parts(made, mine) if not part.order} <= left


def test_two_people_changed_two_things() -> None:
    theirs = {**BASE, "need": {"points": 80, "advisory": True}}
    mine = {**BASE, "caps": [{"key": "c", "name": "New"}, {"key": "a", "points": 40}, {"key": "b", "points": 10}]}
    found = parts(theirs, mine)
    assert [(part.label, part.theirs, part.mine) for part in found] == [
        ("Need: points", "80", "90"),
        ("Caps: a, points", "45", "40"),
        ("Caps: New", "nothing", 'key = "c"\nname = "New"'),
    ]
    made = merged(theirs, mine, found[1:])
    assert made["need"]["points"] == 80
    assert [row["key"] for row in made["caps"]] == ["c", "a", "b"]
    assert made["caps"][1]["points"] == 40


def test_the_order_of_rows_is_a_choice_of_its_own() -> None:
    mine = {**BASE, "caps": BASE["caps"][::-1]}
    (part,) = parts(BASE, mine)
    assert (part.order, part.theirs, part.mine) == (True, "a, b", "b, a")
    assert merged(BASE, mine, [part]) == mine
