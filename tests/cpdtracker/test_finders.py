"""Bootstrap comes from its package, unchanged, and only what pages need."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

# Of the style sheet that the Bootstrap project itself published as 5.3.8.
GENUINE = "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede"


def test_the_style_sheet_is_the_one_that_was_published() -> None:
    found = finders.find("bootstrap/bootstrap.min.css")
    assert hashlib.sha256(Path(found).read_bytes()).hexdigest() == GENUINE


@pytest.mark.parametrize(
    "path", ["bootstrap/bootstrap.bundle.min.js", "bootstrap/bootstrap.css", "bootstrap/../settings.py", "bootstrap/"]
)
def test_nothing_else_of_the_package_is_served(path: str) -> None:
    assert finders.find(path) is None


def test_collecting_takes_the_sheet_and_its_map() -> None:
    finder = finders.get_finder("cpdtracker.finders.BootstrapFinder")
    assert [name for name, _ in finder.list(None)] == ["bootstrap.min.css", "bootstrap.min.css.map"]
