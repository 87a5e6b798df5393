"""Text of a rule document: everything that is wrong with it at once, each with its line and key path."""

from __future__ import annotations

from decimal import Decimal

import pytest

from certifications.rules.parsing import (
    MOST_BYTES,
    DocumentError,
    Problem,
    key_lines,
    line_of,
    parse,
    parse_text,
    read_toml,
)

TEXT = """\
format = 1

[rules]
body = "guild"
key = "guild"
name = "Guild"
version = "1"
in_force_from = 2020-01-01
checked_on = 2026-01-01
confidence = "unverified"
summary = "Made up."
certifications = ["smith"]

[period]
months = 24

[need]
points = 12.5

[[categories]]
key = "a"
name = "A"

[[kinds]]
key = "class"
name = "Class"
kind = "class"
category = "a"
points = 1
rounding = { step = 0.25 }

[[examples]]
say = "One"
starts = 2024-01-01
ends = 2025-12-31
as_of = 2025-12-31
[examples.expect]
counted = 0
"""


def problems(text: str) -> list[str]:
    with pytest.raises(DocumentError) as error:
        parse_text(text)
    return [str(problem) for problem in error.value.problems]


def test_a_good_document_is_read_exactly() -> None:
    document = parse_text(TEXT)
    assert document.need.points == 1250
    assert read_toml("points = 1.10") == {"points": Decimal("1.10")}


def test_its_plain_form_means_the_same() -> None:
    document = parse_text(TEXT)
    again = parse(document.plain())
    assert again == document
    assert (again.canonical(), again.digest()) == (document.canonical(), document.digest())
    other = parse_text(TEXT.replace("12.5", "12.75"))
    assert other.digest() != document.digest()


def test_all_errors_come_at_once_with_line_and_path() -> None:
    broken = (
        TEXT.replace("months = 24", 'months = "two"')
        .replace("points = 12.5", "points = -1")
        .replace('kind = "class"', 'kind = "klass"\ncolour = "red"')
        .replace('say = "One"\n', "")
    )
    assert [one.partition("; known here")[0] for one in problems(broken)] == [
        "line 15: period.months: must be a whole number such as 24, without quotes",
        "line 18: need.points: must be a number from 0 to 1,000,000 with at most two decimals",
        (
            "line 27: kinds.0.kind: unknown kind 'klass'; known: class, workshop, webinar, self-study, conference, "
            "college, reading, field-time, meeting, membership, committee, office, teaching, presentation, career-day, "
            "mentoring, authoring, exam-writing, exam, upgrade, certification, special-exam, assessment, volunteering, "
            "project, other"
        ),
        "line 28: kinds.0.colour: is not a known key",
        "line 33: examples.0.say: is missing",
    ]


def test_contradictions_have_a_line_too() -> None:
    assert problems(TEXT.replace('category = "a"', 'category = "b"')) == [
        "line 28: kinds.0.category: there is no category 'b'; there are: a"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("months = 24", "months = ", 15), ("months = 24", "months = 24\nmonths = 36", 16), ("[need]", "[need", 17)],
)
def test_a_slip_of_the_pen_names_its_line(old: str, new: str, line: int) -> None:
    [found] = problems(TEXT.replace(old, new))
    assert found.startswith(f"line {line}: ")


def test_lines_of_tables_and_keys() -> None:
    lines = key_lines('a = 1\n[b]\nc.d = 2\n[[e]]\nf = 1\n[[e]]\n[e.g]\nh = 1\n"quoted" = 1\n')
    assert lines == {"a": 1, "b": 2, "b.c.d": 3, "e.0": 4, "e.0.f": 5, "e.1": 6, "e.1.g": 7, "e.1.g.h": 8}
    assert line_of(lines, "e.1.g.x.y") == 7
    assert line_of(lines, "z") is None


def test_a_problem_without_a_place_is_only_its_message() -> None:
    assert str(Problem("", "is nested too deeply")) == "is nested too deeply"
    assert str(Problem("a.b", "is missing")) == "a.b: is missing"


def test_large_texts_are_refused_before_they_are_read() -> None:
    with pytest.raises(DocumentError, match="larger than"):
        read_toml("#" * (MOST_BYTES + 1))
    with pytest.raises(DocumentError, match="larger than"):
        read_toml("é" * MOST_BYTES)
