"""Serve from the bootstrap-wrapper package the two files the pages need, and nothing else."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bootstrap_wrapper
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# The map stays beside the style sheet: the manifest storage follows its reference and fails without it.
FILES = ("bootstrap.min.css", "bootstrap.min.css.map")


class BootstrapFinder(BaseFinder):
    """`bootstrap/bootstrap.min.css` and its map. No script bundle: nothing needs JavaScript."""

    storage = FileSystemStorage(location=bootstrap_wrapper.get_bootstrap_css_dir())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage.prefix = "bootstrap"  # type: ignore[attr-defined]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        folder, _, name = path.partition("/")
        if folder != "bootstrap" or name not in FILES:
            return []
        found = str(Path(self.storage.path(name)))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for name in FILES:
            yield name, self.storage
