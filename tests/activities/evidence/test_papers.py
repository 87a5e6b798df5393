"""PDFs: only those that are nothing but pages."""

import io
import time
import zlib

import pytest

from activities.evidence import BadEvidence, Trouble
from activities.evidence.papers import check_pdf
from tests.factories.files import carries_a_file, has_rich_media, launches, pdf, runs_script


def trouble(data: bytes) -> Trouble:
    begun = time.thread_time()
    with pytest.raises(BadEvidence) as caught:
        check_pdf(io.BytesIO(data))
    assert time.thread_time() - begun < 5
    return caught.value.trouble


def test_pages_and_nothing_else() -> None:
    check_pdf(io.BytesIO(pdf(pages=3)))


def test_a_pdf_that_is_a_zip_too_is_only_read_as_a_pdf() -> None:
    check_pdf(io.BytesIO(pdf() + b"PK\x05\x06" + b"\0" * 18))


@pytest.mark.parametrize("change", [runs_script, launches, carries_a_file, has_rich_media])
def test_what_acts_is_refused(change) -> None:
    assert trouble(pdf(change)) is Trouble.ACTIVE


def test_a_name_in_disguise_is_read_for_what_it_is() -> None:
    plain = pdf(runs_script)
    assert b"/JavaScript" in plain
    disguised = plain.replace(b"/JavaScript", b"/J#61vaScri#70t").replace(b"/JS", b"/J#53")
    assert trouble(disguised) is Trouble.ACTIVE


@pytest.mark.parametrize("password", ["secret", "x"])
def test_a_password_is_named(password: str) -> None:
    assert trouble(pdf(password=password)) is Trouble.PASSWORD


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7",
        b"%PDF-1.7\n" + b"\0" * 1000,
        pdf()[:120],
        b"%PDF-1.4\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.4\n" + b"[" * 5000,
        b"%PDF-1.4\n1 0 obj" + b"<</A" * 3000,
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes) -> None:
    assert trouble(data) is Trouble.PDF


def test_no_pages_is_no_pdf() -> None:
    assert trouble(pdf(pages=0)) is Trouble.PDF


def test_a_stream_that_unpacks_without_end_is_not_unpacked() -> None:
    packed = zlib.compress(b"\0" * 60_000_000, 9)
    body = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    body += b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    body += b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"
    begun = time.thread_time()
    check_pdf(io.BytesIO(body))
    assert time.thread_time() - begun < 2
