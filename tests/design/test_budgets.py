"""What a first visit has to fetch, compressed as it is sent."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

KILOBYTE = 1000
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def sent(path: str) -> int:
    """Bytes of a static file after gzip."""
    found = finders.find(path)
    assert found, path
    return len(gzip.compress(Path(found).read_bytes(), 9))


def test_style_sheets_fit_in_38_kilobytes() -> None:
    assert sent("bootstrap/bootstrap.min.css") + sent("css/app.css") <= 38 * KILOBYTE


def scripts_of(template: str) -> set[str]:
    """The scripts that a page drawn from this template loads: its own, and those of what it extends."""
    text = (TEMPLATES / template).read_text()
    above = re.search(r'{% extends "([^"]+)" %}', text)
    own = set(re.findall(r'{% static "([^"]+\.js)" %}', text))
    return own | (scripts_of(above[1]) if above else set())


def test_scripts_of_a_page_fit_in_20_kilobytes() -> None:
    pages = [str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")]
    sizes = {page: sum(map(sent, scripts_of(page))) for page in pages}
    assert sizes["renewals/home.html"] == sent("js/app.js") > 0
    assert sizes["activities/log.html"] > sent("js/log.js")
    assert {page: size for page, size in sizes.items() if size > 20 * KILOBYTE} == {}


def test_the_mark_is_small() -> None:
    assert sent("img/mark.svg") <= 500
