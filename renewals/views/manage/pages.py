"""Pages of a long list: each begins after the last row of the one before, so that none costs more than the first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode


def before(request: HttpRequest) -> int | None:
    """The row that this page begins after; None on the first page, or where it is no number."""
    asked = request.GET.get("before", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 18 else None


def paged(request: HttpRequest, *kept: str) -> dict[str, Any]:
    """What the links to other pages need; `kept` names what of the address they keep."""
    chosen = {name: request.GET[name] for name in kept if request.GET.get(name)}
    return {"newest": before(request) is None, "chosen": f"{urlencode(chosen)}&" if chosen else ""}
