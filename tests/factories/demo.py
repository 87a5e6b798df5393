"""The demo people with their files, as `seed` makes them, made once a day asked for."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from accounts.models import User
from certifications.models import RuleSetVersion
from renewals.demo import seed
from tests.factories.kept import kept


def seeded(at: datetime) -> None:
    """`seed` on the day of `at`. Set `MEDIA_ROOT` to a folder of the test's own first."""
    assert not User.objects.exists(), "The demo people are copied into an empty database"
    rules = tuple(RuleSetVersion.objects.order_by("pk").values_list("pk", flat=True))
    name = ("demo", at, rules)
    aside, here = _aside(name), Path(settings.MEDIA_ROOT)
    if aside.exists():
        shutil.copytree(aside, here, dirs_exist_ok=True)
    kept(name, lambda: seed(at=at, today=at.date()))
    if not aside.exists():
        shutil.copytree(here, aside)


@cache
def _aside(name: object) -> Path:
    folder = tempfile.mkdtemp(prefix="demo-files-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder) / "files"
