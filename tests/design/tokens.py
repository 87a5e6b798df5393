"""Reads the colour tokens out of the style sheet and computes contrast as WCAG does."""

from __future__ import annotations

import re
from pathlib import Path

SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "app.css"


def block(selector: str) -> dict[str, str]:
    """The hex colours declared in the first rule with this selector."""
    text = SHEET.read_text(encoding="utf-8")
    start = text.index(selector + " {") + len(selector) + 2
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9A-Fa-f]{6})", text[start : text.index("}", start)]))


def light() -> dict[str, str]:
    return block(":root")


def dark() -> dict[str, str]:
    return block('[data-bs-theme="dark"]')


def dark_of_the_system() -> dict[str, str]:
    return block(':root:not([data-bs-theme="light"])')


def luminance(colour: str) -> float:
    """Relative luminance of a hex colour, 0 for black to 1 for white."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two hex colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
