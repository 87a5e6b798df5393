"""Reading pages as people do, and what they left in the database."""

from __future__ import annotations

import html
import re
from typing import Any

from accounts.models import User
from activities.models import Activity


def text(answer: Any) -> str:
    """What a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def newest(user: User) -> Activity:
    """What somebody logged last."""
    return Activity.objects.of(user).latest("pk")
