"""Whom a new version of a rule set reaches, and what it leaves people: decided when it is published, then kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .rules.dates import Span, add_months, written

MOST_GRACE = 60


@dataclass(frozen=True)
class Protections:
    """What softens a change of rules for people in the middle of a renewal period.

    `running`: periods running on the first day in force follow the new version, otherwise only those that start then
    or later. `keep`: points that counted before stay counted. `grace_months`: periods that end within so many months
    after the first day keep the old version. `correction`: why the version may start on a day that is over.
    """

    running: bool = True
    keep: bool = False
    grace_months: int = 0
    correction: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Protections:
        """As they are stored. Anything missing or odd means the plain case."""
        grace = kept.get("grace_months")
        return cls(
            running=kept.get("running") is not False,
            keep=kept.get("keep") is True,
            grace_months=grace if type(grace) is int and 0 <= grace <= MOST_GRACE else 0,
            correction=str(kept.get("correction") or ""),
        )

    def stored(self) -> dict[str, Any]:
        """The same as plain values; never empty, so that it says that somebody decided."""
        return {
            "running": self.running, "keep": self.keep, "grace_months": self.grace_months,
            "correction": self.correction,
        }  # fmt: skip

    def reach(self, span: Span, starts_on: date, day: date) -> bool:
        """Whether a version with this first day counts a period, asked on `day`."""
        if span.start >= starts_on:
            return True
        if not self.running or starts_on > day:
            return False
        return span.end > add_months(starts_on, self.grace_months)

    @property
    def said(self) -> str:
        """What was decided, in one line for the audit trail."""
        found = ["periods running on that day" if self.running else "periods that start then or later"]
        found += ["points that counted before stay counted"] if self.keep else []
        found += [f"{self.grace_months} months of grace"] if self.grace_months else []
        found += [f"correction: {self.correction}"] if self.correction else []
        return "; ".join(found)

    def words(self, starts_on: date) -> list[str]:
        """What they mean, a sentence each."""
        if not self.running:
            return [f"Applies to periods that start on {written(starts_on)} or later."]
        said = [f"Applies to periods running on {written(starts_on)}."]
        if self.grace_months:
            until = written(add_months(starts_on, self.grace_months))
            said.append(f"Periods that end by {until} keep the rules they have.")
        if self.keep:
            said.append("Points that counted before stay counted.")
        return said
