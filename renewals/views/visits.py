"""Who asks, and when: what every page of a person starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.http import HttpRequest

from accounts import clock
from accounts.models import User


@dataclass(frozen=True)
class Visit:
    """One request of a signed-in person: the moment, and the day it is for them."""

    user: User
    at: datetime
    today: date


def visit_of(request: HttpRequest) -> Visit:
    user = cast(User, request.user)
    return Visit(user, clock.now(), clock.today(user))
