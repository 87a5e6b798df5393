"""What the engine answers: lines, totals, requirements. Values only; all points are hundredths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .words import Reason


@dataclass(frozen=True)
class Loss:
    """Points of one line that do not count: how many, why, and the rule that took them."""

    points: int
    reason: Reason
    rule: str = ""  # key of the cap or kind rule, empty where the reason needs none
    text: str = ""  # one sentence with its numbers
    limit: int | None = None
    year: tuple[date, date] | None = None  # first and last day of the yearly window concerned
    other: str = ""  # key of the activity this one repeats


@dataclass(frozen=True)
class Line:
    """One claim in the ledger: asked = counted + everything in `losses`."""

    key: str
    on: date
    asked: int
    counted: int
    category: str  # where most of it counted, or would have; empty if no category takes it
    losses: tuple[Loss, ...] = ()
    by_category: tuple[tuple[str, int], ...] = ()
    steps: tuple[str, ...] = ()  # what the engine did, in words
    excluded: bool = False  # nothing of it came as far as the caps
    carried: bool = False
    rule: str = ""  # key of the kind rule that fits; empty if none does
    evidence: str = ""  # what that rule wants: "" nothing, "packet", "to-count"

    @property
    def lost(self) -> int:
        return self.asked - self.counted


@dataclass(frozen=True)
class YearCell:
    """One yearly window of a category: counted of the yearly cap, and what was over."""

    start: date
    last: date
    counted: int
    cap: int | None
    over: int
    minimum: int | None = None
    past: bool = False

    @property
    def room(self) -> int:
        return max(0, (self.cap or 0) - self.counted) if self.cap is not None else 0


@dataclass(frozen=True)
class CategoryTotal:
    """A category's bar: counted against its period cap, and the room left under every cap."""

    key: str
    name: str
    counted: int
    cap: int | None
    over: int  # points over the period cap of this very category (the hatched part)
    room: int | None  # how much more can count, all caps considered; None means no cap
    years: tuple[YearCell, ...] = ()
    parent: str = ""
    ahead: int | None = None  # of the room, what days to come can still take

    @property
    def told(self) -> str:
        """Its name in a list of categories: a part says that it is one, since its points stand above it already."""
        return f"of which {self.name}" if self.parent else self.name

    @property
    def full(self) -> bool:
        return self.room == 0


@dataclass(frozen=True)
class Requirement:
    """One thing that must hold: the total, a minimum, categories, an item, a fact."""

    key: str
    name: str
    needed: int  # hundredths for points, plain count otherwise
    have: int
    met: bool
    counts: str = "points"  # points | categories | times | item | fact
    text: str = ""
    advisory: bool = False
    due_now: bool = False  # it may be done only late in the period, and that time has begun
    window: tuple[date, date] | None = None  # first and last day on which it must be done; None: any time

    @property
    def short(self) -> int:
        return 0 if self.met else max(0, self.needed - self.have)


@dataclass(frozen=True)
class CapUse:
    """A cap in one of its windows: what it allows, what it took, and whether it is full."""

    key: str
    name: str
    start: date
    last: date
    limit: int
    used: int

    @property
    def full(self) -> bool:
        return self.used >= self.limit


@dataclass(frozen=True)
class Over:
    """Points that go over into the next period, as what; below zero, points owed to it."""

    points: int
    category: str = ""
    topics: frozenset[str] = frozenset()
    earned_on: date | None = None  # where the rules limit the age of carried points
    periods: int = 1


@dataclass(frozen=True)
class Outcome:
    """A count: the ledger, the totals, and whether the requirements hold."""

    lines: tuple[Line, ...]
    counted: int
    needed: int
    categories: tuple[CategoryTotal, ...]
    requirements: tuple[Requirement, ...]
    caps: tuple[CapUse, ...]
    compliant: bool
    satisfied_by: str = ""  # name of the alternative or event that meets everything
    satisfied_key: str = ""
    surplus: int = 0
    carry_out: int = 0
    carried_out: tuple[Over, ...] = ()

    @property
    def asked(self) -> int:
        return sum(line.asked for line in self.lines)

    @property
    def not_counted(self) -> int:
        return self.asked - self.counted

    @property
    def shortfalls(self) -> tuple[Requirement, ...]:
        return tuple(r for r in self.requirements if not r.met and not r.advisory)

    def lost_by_reason(self) -> dict[Reason, int]:
        """Points not counted, by reason, largest first."""
        lost: dict[Reason, int] = {}
        for line in self.lines:
            for loss in line.losses:
                if loss.points:
                    lost[loss.reason] = lost.get(loss.reason, 0) + loss.points
        return dict(sorted(lost.items(), key=lambda item: (-item[1], item[0])))
