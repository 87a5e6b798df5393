"""What a first visit has to fetch, compressed as it is sent."""

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders

KILOBYTE = 1000


def sent(path: str) -> int:
    """Bytes of a static file after gzip."""
    found = finders.find(path)
    assert found, path
    return len(gzip.compress(Path(found).read_bytes(), 9))


def test_style_sheets_fit_in_38_kilobytes() -> None:
    assert sent("bootstrap/bootstrap.min.css") + sent("css/app.css") <= 38 * KILOBYTE


def test_scripts_fit_in_20_kilobytes() -> None:
    own = [str(Path("js") / file.name) for file in Path(finders.find("js/app.js") or "").parent.glob("*.js")]
    assert "js/app.js" in own
    assert sum(map(sent, own)) + sent("django_htmx/htmx-2.min.js") <= 20 * KILOBYTE


def test_the_mark_is_small() -> None:
    assert sent("img/mark.svg") <= 500
