"""Reading pages in tests: what is said, and how many questions the database is asked."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from certifications.models import HeldCertification


def said(page: object) -> str:
    """What a page says inside its main part, without marks, with single spaces."""
    text = page.content.decode() if hasattr(page, "content") else str(page)
    main = re.search(r"<main.*?</main>", text, re.DOTALL)
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", main[0] if main else text, flags=re.DOTALL)
    text = re.sub(r"</?(b|span|bdi|a)\b[^>]*>", "", text)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", text))).replace("\xa0", " ").strip()


def hooked(page: object, hook: str) -> list[str]:
    """The texts of the elements with this hook, in order."""
    text = page.content.decode()  # type: ignore[attr-defined]
    found = re.findall(rf'<(\w+)[^>]*data-hook="{hook}"[^>]*>(.*?)</\1>', text, re.DOTALL)
    return [said(inner) for _, inner in found]


def queries_of(ask: Callable[[], object]) -> int:
    """How many questions the database is asked."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def address(held: HeldCertification, query: str = "") -> str:
    """Where the standing of a certification is shown."""
    return f"/certs/{held.pk}/{query}"
