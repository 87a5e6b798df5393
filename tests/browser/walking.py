"""A walk-through: presses and typed letters are counted, and how long a person would take is worked out.

The keystroke-level model: 1.1 s a press, 0.35 s a letter on a phone (0.28 at a desk), 1.35 s a decision, and 0.6 s
until a page is there, on the network of a phone. Nothing here depends on how busy the machine of the test is.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import settled

PRESS, DECISION, PAGE = 1.1, 1.35, 0.6


@dataclass
class Walk:
    """One person on one page, with what it cost them so far."""

    page: Page
    phone: bool = True
    presses: int = 0
    typed: int = 0
    decisions: int = 0
    pages: int = 0

    def press(self, target: Locator) -> None:
        """Press something, and wait for the page that follows."""
        self.presses += 1
        self.decisions += 1
        self.pages += 1
        target.click()
        settled(self.page)

    def type(self, field: Locator, text: str) -> None:
        """Press into a field and type."""
        self.presses += 1
        self.typed += len(text)
        field.fill(text)

    @property
    def seconds(self) -> float:
        letter = 0.35 if self.phone else 0.28
        return PRESS * self.presses + letter * self.typed + DECISION * self.decisions + PAGE * self.pages


def in_view(target: Locator) -> bool:
    """Whether the whole of it lies in the window, once the page stands where its address leads."""
    expect(target).to_be_in_viewport()
    window = target.page.viewport_size
    box = target.bounding_box()
    return bool(window and box and box["y"] >= 0 and box["y"] + box["height"] <= window["height"])
