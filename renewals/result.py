"""The frozen result of a closed period, read back for a page. Points are texts, as they were written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from certifications.models import RenewalPeriod
from certifications.rules.points import hundredths
from certifications.rules.words import REASON_LABELS, Reason


@dataclass(frozen=True)
class FrozenLoss:
    points: str
    label: str
    text: str


@dataclass(frozen=True)
class FrozenLine:
    title: str
    since: date | None
    on: date
    asked: str
    counted: str
    category: str
    losses: tuple[FrozenLoss, ...]

    @property
    def lost(self) -> int:
        """Points that did not count, in hundredths."""
        return _points(self.asked) - _points(self.counted)


@dataclass(frozen=True)
class Result:
    """What was counted when the period was closed."""

    rules: str
    unit: str
    asked: str
    counted: str
    needed: str
    not_counted: int  # hundredths
    complete: bool
    satisfied_by: str
    carried: str  # what went over into the next period; empty if nothing did
    categories: tuple[tuple[str, str], ...]
    lines: tuple[FrozenLine, ...]


def result_of(period: RenewalPeriod) -> Result:
    """The frozen result of a closed period."""
    kept: dict[str, Any] = period.result or {}
    carried = str(kept.get("carry_out", "0"))
    return Result(
        rules=kept.get("rules", ""),
        unit=kept.get("unit", "points"),
        asked=kept.get("asked", ""),
        counted=kept.get("counted", "0"),
        needed=kept.get("needed", "0"),
        not_counted=_points(kept.get("asked", "0")) - _points(kept.get("counted", "0")),
        complete=bool(kept.get("compliant")),
        satisfied_by=kept.get("satisfied_by", ""),
        carried="" if carried == "0" or carried.startswith("-") else carried,
        categories=tuple((one["name"], one["counted"]) for one in kept.get("categories", ())),
        lines=tuple(_line(one) for one in reversed(kept.get("lines", ()))),
    )


def _points(written: str) -> int:
    return hundredths(written.replace(",", ""))


def _line(kept: dict[str, Any]) -> FrozenLine:
    return FrozenLine(
        title=kept["title"],
        since=date.fromisoformat(kept["since"]) if kept.get("since") else None,
        on=date.fromisoformat(kept["on"]),
        asked=kept["asked"],
        counted=kept["counted"],
        category=kept.get("category", ""),
        losses=tuple(
            FrozenLoss(one["points"], REASON_LABELS[Reason(one["reason"])], one["text"]) for one in kept["losses"]
        ),
    )
