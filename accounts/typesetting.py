"""PDFs from data. What is told comes in as data; nothing of it is taken for markup."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import typst


def typeset(template: Path, content: dict[str, Any], *, at: datetime) -> bytes:
    """A PDF/UA-1; where a name needs letters that the fonts here lack, tagged but not certified as such.

    The same content and moment give the same bytes.
    """
    given: dict[str, Any] = {
        "input": str(template), "format": "pdf", "sys_inputs": {"told": json.dumps(content)},
        "timestamp": int(at.timestamp()),
    }  # fmt: skip
    try:
        return cast(bytes, typst.compile(**given, ignore_system_fonts=True, pdf_standards="ua-1"))
    except typst.TypstError:
        return cast(bytes, typst.compile(**given))
