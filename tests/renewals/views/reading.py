"""Reading pages as people do."""

from __future__ import annotations

import html
import re
from typing import Any


def text(answer: Any) -> str:
    """What a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())
