"""What differs between two edited documents, value by value."""

from certifications.rules.changed import Change, changes


def test_values_differ_by_their_paths_and_rows_by_their_keys() -> None:
    old = {"a": 1, "rows": [{"key": "x", "n": 1}, {"key": "y", "n": 2}], "same": {"b": [1, 2]}}
    new = {"a": 2, "rows": [{"key": "y", "n": 3}, {"key": "z", "n": 1}], "same": {"b": [1, 2]}, "more": "m"}
    assert list(changes(old, new)) == [
        Change("a", 1, 2), Change("rows.x", {"key": "x", "n": 1}, None), Change("rows.y.n", 2, 3),
        Change("rows.z", None, {"key": "z", "n": 1}), Change("more", None, "m"),
    ]  # fmt: skip


def test_another_order_is_a_change() -> None:
    rows = [{"key": "x"}, {"key": "y"}]
    assert list(changes({"r": rows}, {"r": rows[::-1]})) == [Change("r (order)", ["x", "y"], ["y", "x"])]


def test_rows_without_or_with_the_same_key_are_numbered() -> None:
    assert [one.path for one in changes([{"n": 1}, {"key": "a"}, {"key": "a", "n": 1}], [{"n": 2}])] == [
        ".1.n", ".a", ".a (3)",
    ]  # fmt: skip
    assert list(changes({"r": []}, {"r": [{"key": "a"}]})) == [Change("r", [], [{"key": "a"}])]
