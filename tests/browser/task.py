"""A walk-through task: what its user presses and types is counted, and the time it takes is estimated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page

# Thursday 1 Oct 2026 in New York: the day of the worked example.
NOW = datetime(2026, 10, 1, 9, tzinfo=ZoneInfo("America/New_York"))
_PRESS, _DECISION = 1.1, 1.35
_KEY = {"phone": 0.35, "desktop": 0.28}


@dataclass
class Task:
    """Counts presses of the pointer, characters typed and decisions taken (keystroke-level model)."""

    page: Page
    presses: int = 0
    typed: int = 0
    decisions: int = 0

    def press(self, target: Locator, *, decide: bool = False) -> None:
        """Press something; `decide` where there is a choice to think about."""
        target.click()
        self.presses += 1
        self.decisions += decide

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.page.keyboard.type(text)
        self.typed += len(text)

    def choose_file(self, target: Locator, files: object) -> None:
        """Press a file button; what happens in the camera or the chooser is not counted."""
        target.set_input_files(files)  # type: ignore[arg-type]
        self.presses += 1

    def seconds(self, *, device: str = "phone", waiting: float = 1.8) -> float:
        """The estimate, with the waiting measured on a slow phone network."""
        return _PRESS * self.presses + _KEY[device] * self.typed + _DECISION * self.decisions + waiting
