"""The sample on the landing page: the first worked example of a shipped rule set, counted by the engine itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from certifications.packs import BODY_FILE, SHIPPED
from certifications.rules.cases import Case
from certifications.rules.counting import count
from certifications.rules.examples import case_of
from certifications.rules.parsing import parse_text
from certifications.rules.results import Outcome
from certifications.rules.standing import Standing, judge

from .explaining import Lost

RULES = SHIPPED / "nicet" / "2010.toml"
TITLE = "Fire Alarm Systems, Level II"


@dataclass(frozen=True)
class Sample:
    """One certification of an invented technician: the case, its count, its standing."""

    title: str
    case: Case
    outcome: Outcome
    standing: Standing

    @property
    def lost(self) -> list[Lost]:
        """What does not count, the most points first."""
        entries = {entry.key: entry for entry in self.case.entries}
        rows = [
            Lost(loss.points, entries[line.key].title, line.on, entries[line.key].since, loss.reason, loss.text)
            for line in self.outcome.lines
            for loss in line.losses
        ]
        return sorted(rows, key=lambda row: (-row.points, row.on))

    @property
    def full(self) -> list[str]:
        """Names of the categories that take no more."""
        return [category.name for category in self.outcome.categories if category.full]

    @property
    def ahead(self) -> list[tuple[date, int]]:
        """Where the forecast ends; nothing when it is too early for one."""
        total = self.standing.forecast.total
        return [] if total is None else [(self.standing.ends_on, total)]


@cache
def sample() -> Sample:
    """The sample, counted once for as long as this process lives: neither rules nor dates in it change."""
    document = parse_text(RULES.read_text(encoding="utf-8"))
    case = case_of(document, document.examples[0])
    outcome = count(document, case)
    return Sample(TITLE, case, outcome, judge(document, case, outcome))


@cache
def bodies() -> tuple[str, ...]:
    """The names of the certifying bodies whose rules are shipped."""
    files = sorted(SHIPPED.glob(f"*/{BODY_FILE}"))
    return tuple(tomllib.loads(file.read_text(encoding="utf-8"))["name"] for file in files)
