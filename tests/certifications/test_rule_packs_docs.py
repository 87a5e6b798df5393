"""docs/rule-packs.md says what is so: its pack works, every key is there with its default, every example exists."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from certifications import packs
from certifications.rules import catalogue, document
from certifications.rules.document.base import _WINDOW
from certifications.rules.examples import run_examples
from certifications.rules.parsing import parse_text
from certifications.rules.words import AMOUNT_UNITS, FORMATS, KINDS, REACHES, ROLES, Reason
from certifications.rules_command import files, main

ROOT = packs.SHIPPED.parents[1]
TEXT = (ROOT / "docs/rule-packs.md").read_text(encoding="utf-8")
ROWS = {
    "W": 13, "C": 12, "M": 12, "N": 15, "X": 6, "S": 6, "K": 9, "P": 3, "V": 3, "F": 3,
}  # fmt: skip
TABLES = re.findall(r"<!-- keys of (\w+) -->\n\n((?:\|.*\n)+)", TEXT)


def part(heading: str) -> str:
    return TEXT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def blocks(mark: str, text: str = TEXT) -> list[str]:
    return re.findall(rf"^```{re.escape(mark)}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def the_pack() -> str:
    return "\n".join(blocks("toml", part("Write one")))


def cells(table: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip("|\n").split(" | ")] for line in table.splitlines()]
    return [row for row in rows if not set("".join(row)) <= set("- |")]


def test_the_pack_that_is_written_step_by_step_works(tmp_path: Path) -> None:
    rules = parse_text(the_pack())
    assert run_examples(rules) == []
    assert len(rules.examples) + len(rules.period_examples) == 4

    folder = tmp_path / "harbour-guild"
    folder.mkdir()
    (folder / "2024.toml").write_text(the_pack(), encoding="utf-8")
    (folder / "body.toml").write_text(blocks("toml body")[0], encoding="utf-8")
    assert packs.read([folder]).problems == ()


def test_the_error_it_shows_is_the_error_that_comes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "2024.toml"
    path.write_text(the_pack().replace("counted = 36.5", "counted = 37"), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    shown = [line for line in TEXT.splitlines() if line.startswith("2024.toml: line ")]
    [printed] = capsys.readouterr().out.splitlines()
    assert [printed.partition("/")[2]] == shown


def test_the_case_it_shows_can_be_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2024.toml").write_text(the_pack(), encoding="utf-8")
    (tmp_path / "case.toml").write_text(blocks("toml case")[0], encoding="utf-8")
    assert main(["count", str(tmp_path / "2024.toml"), str(tmp_path / "case.toml"), "--json"]) == 0
    out = capsys.readouterr().out
    assert '"counted": 13.5,' in out
    named = re.findall(r"`(\w+)`", part("Try it: check, count, periods, diff").split("`count` gives", 1)[1])
    printed = set(re.findall(r'^ *"(\w+)": ', out, re.MULTILINE))
    missing = set(named) - printed - {"losses", "points", "reason", "text", "rule", "source", "short", "name"}
    assert missing == set()


def test_the_recipes_work() -> None:
    recipe = blocks("toml recipe")[0]
    rules = parse_text(the_pack().replace("[[examples]]", f"{recipe}\n[[examples]]", 1))
    assert {one.key for one in rules.caps} >= {"work-year", "on-demand"}
    assert {one.key for one in rules.minimums} >= {"yearly", "ethics", "law"}


def model(name: str) -> type[BaseModel]:
    home: Any = next(one for one in (document, catalogue, files) if hasattr(one, name))
    found: type[BaseModel] = getattr(home, name)
    return found


def default(field: FieldInfo) -> str:
    value = field.default
    if field.is_required():
        return "needed"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, BaseModel) or value in (None, "", (), {}):
        return "none"
    return str(value) if isinstance(value, int | str | Fraction) else repr(value)


@pytest.mark.parametrize(("name", "table"), TABLES, ids=[name for name, _ in TABLES])
def test_every_key_is_there_with_its_default(name: str, table: str) -> None:
    said = {row[0].strip("`"): row[2] for row in cells(table)[1:]}
    fields = {field.alias or key: default(field) for key, field in model(name).model_fields.items()}
    assert said == fields
    assert all(row[1] for row in cells(table))


def test_every_part_of_a_document_has_its_table() -> None:
    named = {name for name, _ in TABLES}
    parts = {
        name
        for home in (document, catalogue)
        for name, found in vars(home).items()
        if isinstance(found, type) and issubclass(found, document.Strict) and found is not document.Strict
    }
    # Parents of others: their keys stand in the tables of Cap, Minimum, Example, PeriodExample and CaseFile.
    assert parts - named == {"Limit", "Question", "DateFacts"}


def test_every_word_is_there() -> None:
    words = part("Words")
    for known in (KINDS, FORMATS, ROLES, REACHES, AMOUNT_UNITS, [reason.value for reason in Reason]):
        assert [word for word in known if f"`{word}`" not in words] == []
    windows = [
        row[0].strip("`").replace("-N-", "-12-") for row in cells(words.split("| window |", 1)[1].split("\n\n")[0])[1:]
    ]
    assert all(_WINDOW.fullmatch(window) for window in windows)
    assert len(windows) == 10


def rows() -> list[list[str]]:
    found = cells(part("Which key says which rule"))
    return [row for row in found if len(row) == 5 and re.fullmatch(r"[A-Z]\d+", row[0])]


def test_every_rule_shape_is_mapped() -> None:
    wanted = [f"{letter}{number}" for letter, count in ROWS.items() for number in range(1, count + 1)]
    assert [row[0] for row in rows()] == wanted


@pytest.mark.parametrize("row", rows(), ids=[row[0] for row in rows()])
def test_the_example_of_a_rule_shape_exists(row: list[str]) -> None:
    _, shape, keys, pack, sentence = row
    rules = parse_text((packs.SHIPPED / pack.strip("`")).read_text(encoding="utf-8"))
    assert sentence in {example.say for example in (*rules.examples, *rules.period_examples)}
    assert shape
    assert keys
