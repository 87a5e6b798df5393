"""What a browser would send."""

from __future__ import annotations

import re


def card(month: str = "4", year: str = "2027", day: str = "", name: str = "expiry") -> dict[str, str]:
    """A date in three boxes."""
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def sent_back(page: object) -> dict[str, str]:
    """The fields of the forms on a page, as they stand there."""
    text = page.content.decode()  # type: ignore[attr-defined]
    found = {}
    for tag in re.findall(r"<input [^>]*>", text):
        values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if values.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if "name" in values and values["name"] not in ("csrfmiddlewaretoken", "next"):
            found[values["name"]] = values.get("value", "")
    return found
