"""What a file is by its content, and whether it is taken."""

import io
import time

import pytest

from activities.evidence import BadEvidence, Checked, Trouble, examine
from activities.evidence.checking import kind_of
from activities.evidence.problems import MOST_BYTES, SENTENCES, sentence
from tests.factories.files import carries_a_file, pdf, picture, runs_script


def check(data: bytes, name: str = "certificate", size: int | None = None) -> Checked:
    return examine(io.BytesIO(data), name=name, size=len(data) if size is None else size)


def trouble(data: bytes, name: str = "certificate", size: int | None = None) -> Trouble:
    begun = time.thread_time()
    with pytest.raises(BadEvidence) as caught:
        check(data, name, size)
    assert time.thread_time() - begun < 2
    assert str(caught.value) == SENTENCES[caught.value.trouble]
    return caught.value.trouble


@pytest.mark.parametrize(
    ("kind", "name", "media_type", "shown"),
    [
        ("JPEG", "scan.jpg", "image/jpeg", "scan.jpg"),
        ("PNG", "scan.png", "image/png", "scan.png"),
        ("WEBP", "scan.webp", "image/jpeg", "scan.jpg"),
        ("HEIF", "IMG_1.HEIC", "image/jpeg", "IMG_1.jpg"),
        ("JPEG", "scan.png", "image/jpeg", "scan.jpg"),
        ("JPEG", "scan", "image/jpeg", "scan.jpg"),
    ],
)
def test_photos_are_taken_by_their_content(kind: str, name: str, media_type: str, shown: str) -> None:
    found = check(picture(kind), name)
    assert (found.media_type, found.name) == (media_type, shown)


def test_a_pdf_is_kept_as_it_is() -> None:
    data = pdf()
    assert check(data, "letter.pdf") == Checked(data, "application/pdf", "letter.pdf")


def test_nothing_in_it() -> None:
    assert trouble(b"", "a.jpg") is Trouble.EMPTY


def test_the_limit_and_one_byte_more() -> None:
    assert check(picture(), "a.jpg", size=MOST_BYTES)
    assert trouble(picture(), "a.jpg", size=MOST_BYTES + 1) is Trouble.TOO_LARGE


@pytest.mark.parametrize(
    "data",
    [b"MZ\x90\x00", b"GIF89a" + b"\0" * 40, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"alert(1)",
     b"<?xml version='1.0'?><html/>", b"CWS\x0e", b"<!doctype html>", b"PK\x03\x04", b"II*\x00" + b"\0" * 40,
     b"MIME-Version: 1.0", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypmp42", b" %PDF-1.7", b"\n" + pdf()],
)  # fmt: skip
def test_other_types_are_refused(data: bytes) -> None:
    assert trouble(data, "certificate.pdf") is Trouble.OTHER_TYPE


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf(), "photo.jpg"),
        (picture(), "photo.pdf"),
        (picture(), "photo.exe"),
        (picture(), "photo.jpg.html"),
        (pdf(), "letter.svg"),
    ],
)
def test_a_name_that_says_something_else_is_refused(data: bytes, name: str) -> None:
    assert trouble(data, name) is Trouble.OTHER_NAME


def test_what_begins_as_a_picture_and_goes_on_as_a_page() -> None:
    page = b"<html><script>alert(1)</script></html>"
    assert trouble(b"\x89PNG\r\n\x1a\n" + page, "a.png") is Trouble.PICTURE
    assert page not in check(picture("PNG") + page, "a.png").data
    assert page not in check(picture("JPEG") + page, "a.jpg").data


def test_a_pdf_that_acts_is_refused() -> None:
    assert trouble(pdf(runs_script), "a.pdf") is Trouble.ACTIVE
    assert trouble(pdf(carries_a_file), "a.pdf") is Trouble.ACTIVE


def test_the_first_bytes() -> None:
    assert kind_of(b"\xff\xd8\xff\xe0") == "JPEG"
    assert kind_of(b"") == ""


def test_sentences_by_their_code() -> None:
    assert sentence("password") == SENTENCES[Trouble.PASSWORD]
    assert sentence("nonsense") == ""
    assert all(text.endswith(".") for text in SENTENCES.values())
    assert set(SENTENCES) == set(Trouble)
