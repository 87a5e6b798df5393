"""Names of files, shown and saved under."""

import pytest

from activities.evidence.names import clean_name, extension


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("certificate.jpeg", "certificate.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\dana\\scan.JPG", "scan.jpg"),
        ("nul\x00l.png", "null.jpg"),
        ("...", "photo.jpg"),
        ("", "photo.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("-rf.jpg", "rf.jpg"),
        ("CON", "photo CON.jpg"),
        ("con.jpg", "photo con.jpg"),
        ("LPT1.anything.jpg", "photo LPT1.anything.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "a Set-Cookie x.jpg"),
        ("\u202egnp.exe.jpg", "gnp.exe.jpg"),
        ("quo\"te's <b>.jpg", "quo te's b.jpg"),
        ("\U0001f4dc Zertifikat \u00fc.jpg", "\U0001f4dc Zertifikat \u00fc.jpg"),
        ("x" * 300 + ".jpg", "x" * 100 + ".jpg"),
        ("photo.jpg.jpg", "photo.jpg.jpg"),
        ("%2e%2e.jpg", "2e 2e.jpg"),
    ],
)
def test_a_name_that_is_safe_to_show_and_to_save_under(name: str, shown: str) -> None:
    assert clean_name(name, "image/jpeg") == shown


def test_the_ending_tells_the_true_type() -> None:
    assert clean_name("scan.heic", "image/jpeg") == "scan.jpg"
    assert clean_name("scan", "application/pdf") == "scan.pdf"
    assert clean_name("", "application/pdf") == "document.pdf"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.JPG", "jpg"),
        ("a.b.pdf", "pdf"),
        ("a", ""),
        (".htaccess", ""),
        ("a.", ""),
        ("x/y.z/a", ""),
        ("a.pdf ", "pdf"),
    ],
)
def test_endings(name: str, ending: str) -> None:
    assert extension(name) == ending
