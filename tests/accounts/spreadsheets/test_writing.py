"""What is written is read back, by another program, exactly as it was meant and never as a formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from accounts.spreadsheets import writing
from accounts.spreadsheets.writing import write_csv, write_xlsx

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
HEADINGS = ["Name", "Points", "Ends"]
DANGEROUS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", '"=1+1', "'=1", ";=1", ",=1", " =1", "\uff1d1+1",
    "\n=1", "=HYPERLINK(\"http://x\")",
]  # fmt: skip


def csv_of(*rows: list[object]) -> list[list[str]]:
    file = io.BytesIO()
    assert write_csv(file, HEADINGS, rows) == len(rows)
    return list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))


def xlsx_of(*rows: list[object]) -> tuple[list[list[object]], str]:
    file = io.BytesIO()
    assert write_xlsx(file, HEADINGS, rows, title="Standing", at=AT) == len(rows)
    sheets = ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    return CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python(), sheets


def test_csv_has_plain_values_and_is_known_as_utf_8() -> None:
    file = io.BytesIO()
    write_csv(file, HEADINGS, [['Zoë, "Z"', Decimal("10.50"), date(2027, 3, 31)], [None, 81, AT]])
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    assert not file.closed
    assert csv_of(['Zoë, "Z"', Decimal("10.50"), date(2027, 3, 31)], [None, 81, AT])[1:] == [
        ['Zoë, "Z"', "10.50", "2027-03-31"],
        ["", "81", "2026-10-01T13:00:00+00:00"],
    ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_cells_are_never_formulas(text: str) -> None:
    assert csv_of([text, 1, None])[1][0].startswith("'")


@pytest.mark.parametrize("text", ["Dana", "a=b", "1-2", "O'Neil", "'t Hooft", "", "1e5", "x@y.org"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert csv_of([text, 1, None])[1][0] == text


def test_the_sheet_is_named_for_what_it_holds() -> None:
    file = io.BytesIO()
    write_xlsx(file, ["n"], [[1]], title="Team's [standing]: " + "x" * 40, at=AT)
    assert CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).sheet_names == [
        "Team s  standing   xxxxxxxxxxxx"
    ]


def test_negative_numbers_are_numbers() -> None:
    assert csv_of(["a", -2, None])[1][1] == "-2"


@pytest.mark.parametrize("text", DANGEROUS)
def test_xlsx_cells_are_text(text: str) -> None:
    rows, source = xlsx_of([text, 81, date(2027, 3, 31)])
    assert "<f>" not in source
    assert str(rows[1][0]).strip() == writing.cleaned(text).strip()
    assert rows[1][1:] == [81.0, "2027-03-31"]


def test_what_no_cell_can_hold_is_cleaned_and_what_is_cut_says_so() -> None:
    rows, _ = xlsx_of(["a\vb\x1fc\ud800", 1, None], ["x" * 40_000, 2, None])
    assert rows[1][0] == "abc"
    assert len(str(rows[2][0])) == 32_767
    assert str(rows[2][0]).endswith(" (cut here)")


def test_more_rows_than_a_sheet_takes_go_on_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_ROWS_OF_A_SHEET", 3)
    file = io.BytesIO()
    assert write_xlsx(file, ["n"], ([n] for n in range(7)), title="t", at=AT) == 7
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    read = [book.get_sheet_by_index(n).to_python() for n in range(3)]
    assert read == [[["n"], [0.0], [1.0], [2.0]], [["n"], [3.0], [4.0], [5.0]], [["n"], [6.0]]]


def test_an_empty_table_has_its_headings() -> None:
    assert csv_of() == [HEADINGS]
    assert xlsx_of()[0] == [HEADINGS]
