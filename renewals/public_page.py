"""What the public page says: the end dates of what its owner chose, and no standing, points or employer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from certifications.models import HeldCertification
from certifications.queries import Holding, holdings
from certifications.rules.dates import written

from .models import PublicPage

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,43}")


@dataclass(frozen=True)
class Shown:
    """One certification as anybody may read it."""

    title: str
    body: str
    url: str  # of the certifying body's own page
    current: bool
    words: str  # "Current to 31 Mar 2027", "Lapsed 31 Aug 2026", "Current"


@dataclass(frozen=True)
class PublicView:
    """The page on a day."""

    name: str
    today: date
    shown: tuple[Shown, ...]

    @property
    def current(self) -> int:
        return sum(one.current for one in self.shown)

    @property
    def answer(self) -> str:
        """The heading: how much of it is current today."""
        day = f"today, {written(self.today)}"
        if not self.shown:
            return f"Nothing is shown {day}"
        if self.current == len(self.shown):
            return f"Current {day}"
        return f"{self.current} of {len(self.shown)} current {day}" if self.current else f"Not current {day}"

    @property
    def badge(self) -> str:
        """The same in so few words that they fit beside a signature."""
        if len(self.shown) == 1:
            return f"{self.shown[0].title}: {self.shown[0].words[:1].lower()}{self.shown[0].words[1:]}"
        return f"{self.current} of {len(self.shown)} certifications current"


def open_page(token: str) -> PublicPage | None:
    """The page of an address that works."""
    if not _TOKEN.fullmatch(token):
        return None
    return PublicPage.objects.open().filter(token=token).select_related("user").first()


def view_of(page: PublicPage, today: date) -> PublicView:
    """What it says on the day it is for its owner. A fixed number of queries."""
    chosen = HeldCertification.objects.of(page.user).in_use().filter(pk__in=page.shown)
    return PublicView(page.user.name, today, tuple(_shown(one, page, today) for one in holdings(chosen)))


def _shown(holding: Holding, page: PublicPage, today: date) -> Shown:
    held, period = holding.held, holding.period
    certification = held.certification
    body = certification.body
    title = f"{certification.name}, {held.level.name}" if held.level and page.shows_level else certification.name
    url = certification.url or (body.url if body else "")
    named = body.name if body and body.url else ""  # what stands for many issuers is the name of none
    current = period.never_ends or period.last_day >= today
    return Shown(title, named, url, current, _words(holding, page, today))


def _words(holding: Holding, page: PublicPage, today: date) -> str:
    """A certification that is out always says since when; the end date of a current one is shown if its owner says."""
    last = holding.period.last_day
    if not holding.period.never_ends and last < today:
        grace = today <= holding.dates.lapses_after
        return f"Ended {written(last)}, can still be renewed" if grace else f"Lapsed {written(last)}"
    if holding.period.never_ends or not page.shows_end:
        return "Current"
    return f"Current to {written(holding.period.last_day)}"
