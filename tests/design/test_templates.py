"""What no template may hold: styles or scripts inside the page, addresses elsewhere, colours of its own."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "an inline style": re.compile(r"""\sstyle\s*=\s*["']"""),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"),
    "an event handler": re.compile(r"""\son[a-z]+\s*=\s*["']"""),
    "a javascript: link": re.compile(r"javascript:"),
    "something from another host": re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//"""),
    "a colour of its own": re.compile(r"""(?:fill|stroke)="#"""),
    "browser validation": re.compile(r"<(?:input|select|textarea)[^>]*\srequired\b"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [str(file.relative_to(ROOT)) for file in TEMPLATES if FORBIDDEN[what].search(file.read_text())]
    # Mails have no sheet to link to: their styles are written into the elements, from this one frame.
    assert found == (["templates/emails/_frame.html"] if what == "a style element" else [])


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("an inline style", '<p style="color:red">'),
        ("an inline script", "<script>alert(1)</script>"),
        ("an event handler", '<a onclick="x()">'),
        ("something from another host", '<img src="//elsewhere/x.png">'),
        ("browser validation", '<input name="a" required>'),
    ],
)
def test_the_check_finds(what: str, text: str) -> None:
    assert FORBIDDEN[what].search(text)


def test_post_forms_skip_browser_validation_or_have_nothing_to_validate() -> None:
    """A form with fields is `novalidate`: browsers speak other words and show one error at a time."""
    opening = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", re.DOTALL)
    found = [
        str(file.relative_to(ROOT))
        for file in TEMPLATES
        for form in opening.finditer(file.read_text())
        if "form_fields" in form.group(1) and "novalidate" not in form.group(0).split(">")[0]
    ]
    # The passkey form of the second step holds one hidden field.
    assert [name for name in found if name != "templates/mfa/authenticate.html"] == []


def test_every_pattern_of_the_style_sheet_is_balanced() -> None:
    text = (ROOT / "static" / "css" / "app.css").read_text()
    assert text.count("{") == text.count("}")
