"""The packet as a PDF: readable, the same for the same packet, and nothing of it is taken for markup."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from renewals.packets.content import Category, Check, File, Loss, Packet, Row
from renewals.packets.printing import file_name, pdf_of, size
from tests.factories.packs import AT

ROW = Row(
    number=1, title="Panel *class* #eval", on=date(2024, 9, 10), kind="Class or training", amount="16 hours",
    category="Additional Education", asked="16", counted="16", files=(1,),
)  # fmt: skip
PACKET = Packet(
    person='*Dana* #eval("1") $x$', certification="Fire Alarm Systems, Level II", body="NICET", start=date(2024, 4, 1),
    last_day=date(2027, 3, 31), rules="NICET CPD, version 1", made_on=date(2026, 10, 1), unit="points", asked="20",
    counted="16", needed="90", not_counted="4", complete=False, rows=(ROW,),
    categories=(Category(name="Additional Education", counted="16", cap="45"), Category(name="Idle", counted="0")),
    checks=(Check(text="Points from 2 categories: 1", met=False),),
    left_out=(
        ROW.model_copy(
            update={
                "number": 0, "title": "Seminar", "files": (), "counted": "0",
                "losses": (Loss(points="4", label="Before period", text="Held before the period began."),),
            }
        ),
    ),
    files=(File(number=1, name="certificate.pdf", media_type="application/pdf", size=240_400, sha256="ab" * 32,
                rows=(1,)),),
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_says_everything_and_is_tagged() -> None:
    pdf = pdf_of(PACKET, at=AT)
    text = text_of(pdf)
    for words in (
        "Renewal packet for NICET", '*Dana* #eval("1") $x$', "Not entered", "1 Apr 2024 to 31 Mar 2027",
        "16 of 90 points counted", "Not all requirements are met.", "Not met Points from 2 categories: 1",
        "Panel *class* #eval", "E1 certificate.pdf", "PDF, 240 kB", "abab", "Appendix: what does not count",
        "Held before the period began.",
    ):  # fmt: skip
        assert words in text, words
    assert "Idle" not in text
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert reader.metadata
    assert reader.metadata.title == "Renewal packet: Fire Alarm Systems, Level II"
    assert pdf_of(PACKET, at=AT) == pdf


def test_a_unit_keeps_its_letters() -> None:
    assert "Category CECs Counts up to" in text_of(pdf_of(PACKET.model_copy(update={"unit": "CECs"}), at=AT))


def test_parts_may_be_left_out() -> None:
    short = text_of(pdf_of(PACKET.without_appendix().seen_by(1, evidence=False), at=AT))
    assert "Appendix" not in short
    assert "certificate.pdf" not in short
    empty = PACKET.model_copy(update={"rows": (), "files": (), "left_out": (), "categories": (), "checks": ()})
    for words in ("Nothing counts yet.", "No files.", "Everything that was logged counts."):
        assert words in text_of(pdf_of(empty, at=AT))


def test_letters_that_the_fonts_lack_still_give_a_pdf() -> None:
    assert pdf_of(PACKET.model_copy(update={"person": "山田 太郎"}), at=AT).startswith(b"%PDF")


def test_names_of_files_are_plain() -> None:
    assert file_name(PACKET, "pdf") == "Renewal packet Fire Alarm Systems Level II 2027-03-31.pdf"
    odd = PACKET.model_copy(update={"certification": 'a"/..\\b\r\n; "x'})
    assert file_name(odd, "zip") == "Renewal packet ab x 2027-03-31.zip"
    assert [size(PACKET.files[0].model_copy(update={"size": one})) for one in (1, 999_999, 1_250_000)] == [
        "1 kB", "1000 kB", "1.2 MB"
    ]  # fmt: skip
