"""People at the pages of logging."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User

NONCE = "11111111-2222-4333-8444-555555555555"


@pytest.fixture(autouse=True)
def evidence_folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return tmp_path / "evidence"


@pytest.fixture
def at_desk(client: Client, dana: User) -> Client:
    """Dana, signed in."""
    client.force_login(dana)
    return client


@pytest.fixture
def typed(dana: User) -> Callable[..., dict[str, Any]]:
    """A filled log form: a toolbox talk of one hour, today."""

    def fill(**changes: Any) -> dict[str, Any]:
        certs = [str(pk) for pk in dana.held.values_list("pk", flat=True)]
        usual = {"nonce": NONCE, "group": "class", "title": "Toolbox talk", "hours": "1", "when": "2026-10-01"}
        return {**usual, "certs": certs, **changes}

    return fill
