"""One standing snapshot in words, for the day it is read on and with no more than the person shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Membership
from certifications.rules.dates import written
from certifications.rules.points import ONE, show
from certifications.rules.words import STANDING_LABELS, StandingWord

from ..in_house import InHouse
from ..models import Standing


@dataclass(frozen=True)
class Told:
    """A snapshot with `today_word` (see `worded`). Without `points` only the word and the dates are told."""

    standing: Standing
    today: date
    points: bool
    membership: Membership | None = None
    in_house: InHouse | None = None  # what the employer itself asks for here

    @property
    def word(self) -> str:
        return str(self.standing.today_word)  # type: ignore[attr-defined]

    @property
    def label(self) -> str:
        return STANDING_LABELS[StandingWord(self.word)]

    @property
    def title(self) -> str:
        return str(self.standing.held)

    @property
    def unit(self) -> str:
        return str(self.standing.summary.get("unit", "points"))

    @property
    def ready(self) -> bool:
        return self.word == StandingWord.DUE and self.standing.complete

    @property
    def days_left(self) -> int | None:
        ends = self.standing.ends_on
        return (ends - self.today).days if ends else None

    @property
    def short(self) -> int:
        """Points missing: by the forecast while there is time, by what is counted in the renewal window."""
        one = self.standing
        if one.complete:
            return 0
        if self.word == StandingWord.AT_RISK:
            return one.short
        return max(0, one.needed - one.counted)

    @property
    def number(self) -> str:
        """What stands beside the word in a cell of the matrix."""
        if self.word == StandingWord.LAPSED:
            return written(self.standing.ends_on) if self.standing.ends_on else ""
        if not self.points or not self.standing.needed:
            return "ready" if self.ready else ""
        counted = show(self.standing.counted)
        if self.ready:
            return f"{counted}, ready"
        return f"{counted}, {show(self.short)} short" if self.word == StandingWord.DUE and self.short else counted

    @property
    def sub_line(self) -> str:
        """The line under the standing. The engine's own while its word still holds."""
        one = self.standing
        if self.word == StandingWord.LAPSED:
            return f"Ended {written(one.ends_on)}" if one.ends_on else ""
        if self.ready:
            return "Ready to submit"
        if not self.points:
            return "Complete" if one.complete else ""
        if self.word == one.word and one.summary.get("sub_line"):
            return str(one.summary["sub_line"])
        if self.short:
            unit = one.summary.get("one", "point") if self.short == ONE else self.unit
            return f"{show(self.short)} {unit} short"
        return self.unmet[0] if self.unmet else ""

    @property
    def unmet(self) -> list[str]:
        """Requirements that are not met, in words; the total itself stands in the sub-line."""
        told = self.points and not self.standing.complete and self.word != StandingWord.LAPSED
        found: list[str] = self._summary("unmet") if told else []
        return [line for line in found if not line.startswith("Total: ")]

    @property
    def full(self) -> list[str]:
        """Names of the categories that take no more."""
        return self._summary("full") if self._earns else []

    @property
    def room(self) -> list[tuple[str, int]]:
        """Categories with room under a cap, the widest first, with that room."""
        return [(name, points) for name, points in self._summary("room")] if self._earns else []

    @property
    def fix(self) -> str:
        """The one thing to do next."""
        if self.word == StandingWord.LAPSED:
            return "ask the certifying body how to reinstate it. If it is renewed already, record it."
        if self.ready:
            last = self.standing.ends_on
            return f"send the renewal by {written(last)}, then record it." if last else "send the renewal."
        return str(self.standing.summary.get("next", "")) if self.points else ""

    @property
    def _earns(self) -> bool:
        return bool(self.points and self.short and self.word != StandingWord.LAPSED)

    def _summary(self, key: str) -> Any:
        return self.standing.summary.get(key, [])
