"""What the demo says where its data cannot be prepared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cpdtracker.demo import stack
from cpdtracker.servers import ServerError

FAILS = [sys.executable, "-c", "raise SystemExit('CommandError: a rule pack says something else')"]


def test_data_of_another_version_can_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "logs").mkdir()
    monkeypatch.setattr(stack, "HOME", tmp_path)
    monkeypatch.setattr(stack, "PYTHON", FAILS)
    with pytest.raises(ServerError) as first:
        stack._prepare({})
    assert str(first.value) == "The demo did not start: CommandError: a rule pack says something else"
    (tmp_path / "prepared").write_text("another")
    with pytest.raises(ServerError, match="make demo-reset removes the data and starts over"):
        stack._prepare({})
