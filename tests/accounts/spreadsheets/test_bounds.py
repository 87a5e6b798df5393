"""Excel files made to do harm are refused quickly, before the reader makes room for what they ask for."""

from __future__ import annotations

import io
import time
import tracemalloc
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from accounts.spreadsheets import bounds
from accounts.spreadsheets.bounds import Unreadable, must_be_bounded
from accounts.spreadsheets.reading import read_table

from .test_reading import xlsx

LONG = b"x" * 1_000_000


def packed(sheet: bytes, texts: bytes = b"", **more: bytes) -> bytes:
    """An Excel file whose first sheet is replaced, and its shared texts."""
    parts = {"xl/worksheets/sheet1.xml": sheet}
    if texts:
        parts["xl/sharedStrings.xml"] = b'<?xml version="1.0"?><sst>' + texts + b"</sst>"
    file = io.BytesIO()
    with ZipFile(io.BytesIO(xlsx(["a"], ["b"]))) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts[name] if name in parts else old.read(name))
        for name, content in more.items():
            new.writestr(name, content)
    return file.getvalue()


def sheet_of(cells: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + cells + b"</sheetData></worksheet>"
    )


def cell(attributes: bytes) -> bytes:
    return sheet_of(b'<row r="1"><c ' + attributes + b"><v>1</v></c></row>")


def many(inside: bytes = b"<v>0</v>") -> bytes:
    """A hundred cells that show the first of the shared texts."""
    rows = (b'<row r="%d"><c r="A%d" t="s">%s</c></row>' % (number, number, inside) for number in range(1, 101))
    return sheet_of(b"".join(rows))


HARM = {
    "unpacked": packed(sheet_of(b" " * (21 * 1024 * 1024))),
    "far row": packed(
        sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="A1048576"><v>1</v></c></row>')
    ),
    "far column": packed(cell(b"s=\"1\" r = 'XFD1'")),
    "column 51": packed(cell(b'r="AY1"')),
    "hidden place": packed(cell(b'r="&#65;1048576"')),
    "no place": packed(sheet_of(b'<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>')),
    "place in another space": packed(cell(b'x:r="A1" r="XFD1048576"')),
    "quoted place": packed(cell(b"""x=' r="A1" ' r="XFD1048576" """)),
    "two places": packed(cell(b'r="XFD1048576" r="A1"')),
    "nameless attribute": packed(cell(b"""r="XFD1048576" =" r='A1'" """)),
    "odd prefix": packed(sheet_of(b'<row><a-b:c r="XFD1048576"><v>1</v></a-b:c></row>')),
    "comment": packed(sheet_of(b'<row><!-- --><c r="A1"><v>1</v></c></row>')),
    "one text many times": packed(many(), b"<si><t>" + LONG + b"</t></si>"),
    "text in a text": packed(many(), b"<si><si/><t>" + LONG + b"</t></si>"),
    "text in a comment": packed(many(), b"<!-- <si></si> --><si><t>" + LONG + b"</t></si>"),
    "number behind a formula": packed(many(b"<f/><v>0</v>"), b"<si><t>x</t></si>"),
    "no such text": packed(many(b"<v>7</v>"), b"<si><t>x</t></si>"),
    "entities": packed(b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + sheet_of(b'<row r="1"/>')),
    "entries": packed(sheet_of(b""), **{f"x{number}.bin": b"" for number in range(300)}),
    "utf-16": packed(b"\xff\xfe" + sheet_of(b"").decode().encode("utf-16-le")),
    "another kind": packed(sheet_of(b""), mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
}


@pytest.mark.parametrize("data", HARM.values(), ids=HARM)
def test_excel_files_made_to_do_harm_are_refused_quickly(data: bytes) -> None:
    began = time.thread_time()
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            must_be_bounded(data)
        assert tracemalloc.get_traced_memory()[1] < 128 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert time.thread_time() - began < 10


def test_what_is_refused_here_is_refused_by_who_reads() -> None:
    with pytest.raises(Unreadable, match="This Excel file cannot be read"):
        read_table(HARM["no place"])
    with pytest.raises(Unreadable, match="This Excel file cannot be read"):
        read_table(packed(b"no xml at all <<<"))


def test_a_million_styled_but_empty_rows_are_read() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 200_000))
    filled = b"".join(b'<row r="%d"><c r="A%d" t="str"><v>x</v></c></row>' % (n, n) for n in (1, 2))
    assert len(read_table(packed(sheet_of(filled + rows))).rows) == 1


def test_a_full_list_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a real program writes it; the room it takes is counted as it is."""
    rows = [[f"Person {number}", f"p{number}@example.org", date(2027, 3, 31), number] for number in range(2_000)]
    data = xlsx(["Name", "Email", "Ends", "No"], *rows)
    assert len(read_table(data).rows) == 2_000
    monkeypatch.setattr(bounds, "_MOST_UNPACKED", 50_000)
    with pytest.raises(Unreadable, match="too large when unpacked"):
        read_table(data)
