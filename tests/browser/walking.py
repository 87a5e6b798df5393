"""A walk-through: presses and typed letters are counted, and how long a person would take is worked out.

The keystroke-level model: 1.1 s a press, 0.35 s a letter on a phone (0.28 at a desk), 1.35 s a decision, and the
waiting that was measured.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class Walk:
    """One person on one page, with what it cost them so far."""

    page: Page
    phone: bool = True
    presses: int = 0
    typed: int = 0
    decisions: int = 0
    waited: float = 0

    def press(self, target: Locator) -> None:
        """Press something, and wait for the page that follows."""
        self.presses += 1
        self.decisions += 1
        began = time.perf_counter()
        target.click()
        self.page.wait_for_load_state("networkidle")
        self.waited += time.perf_counter() - began

    def type(self, field: Locator, text: str) -> None:
        """Press into a field and type."""
        self.presses += 1
        self.typed += len(text)
        field.fill(text)

    @property
    def seconds(self) -> float:
        letter = 0.35 if self.phone else 0.28
        return 1.1 * self.presses + letter * self.typed + 1.35 * self.decisions + self.waited


def in_view(target: Locator) -> bool:
    """Whether the whole of it lies in the window as it is now."""
    window = target.page.viewport_size
    box = target.bounding_box()
    return bool(window and box and box["y"] >= 0 and box["y"] + box["height"] <= window["height"])
