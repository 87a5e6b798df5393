from certifications.rules.text_difference import hunks

OLD = "".join(f"line {number}\n" for number in range(1, 21))


def test_texts_that_are_the_same_do_not_differ() -> None:
    assert hunks(OLD, OLD) == []
    assert hunks("", "") == []


def test_changes_stand_with_the_lines_around_them() -> None:
    new = OLD.replace("line 4\n", "").replace("line 15\n", "line 15\nadded\n")
    first, second = hunks(OLD, new, around=1)
    assert [(line.mark, line.text, line.old, line.new) for line in first.lines] == [
        (" ", "line 3", 3, 3), ("-", "line 4", 4, None), (" ", "line 5", 5, 4),
    ]  # fmt: skip
    assert [(line.what, line.new) for line in second.lines] == [("", 14), ("added", 15), ("", 16)]
    assert (first.starts, second.starts) == (3, 14)


def test_where_nothing_is_left_a_hunk_starts_at_the_first_line() -> None:
    assert hunks("a\n", "")[0].starts == 1
