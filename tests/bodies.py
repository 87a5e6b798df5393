"""Bodies of answers without what differs on every request."""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
_BACK = re.compile(r'name="next" value="[^"]*"')


def body(answer: Any) -> str:
    """What the answer says, without the form token and the address it was asked at."""
    return _BACK.sub("", _TOKEN.sub("", answer.text))
