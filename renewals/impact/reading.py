"""What a simulation found, as far as the reader may see it: numbers for all, names of people only where they may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, Q, QuerySet

from accounts.models import User
from accounts.spreadsheets.writing import Cell
from certifications.protections import Protections
from certifications.rules.points import show

from ..access import overseen, visible_held
from ..models import Change, Simulation, SimulationRow, SimulationShard
from .comparing import WORDS

# In the order of a page: what is worst first.
ORDER = [Change.FAILED, Change.WORSE, Change.FEWER, Change.BETTER, Change.SAME]
_MOST_ROWS = 100
_MOST_RUNS = 5
HEADINGS = [
    "Person", "Certifications", "Change", "Standing before", "Standing after", "Counted before", "Counted after",
    "Needed before", "Needed after", "Points kept", "Because",
]  # fmt: skip


@dataclass(frozen=True)
class Group:
    """People for whom the same happens for the same reason. Points are hundredths; below zero they are lost."""

    change: Change
    was: str
    becomes: str
    because: str
    people: int
    least: int
    most: int

    @property
    def moves(self) -> str:
        """ "On track -> At risk", or the one standing that stays."""
        was, becomes = WORDS.get(self.was, ""), WORDS.get(self.becomes, "")
        return was if was == becomes else f"{was} → {becomes}"

    @property
    def points(self) -> str:
        """ "5 fewer", "2 to 8 fewer", "none lost"."""
        ends = sorted({abs(self.least), abs(self.most)})
        if self.least < 0 < self.most:
            return f"from {show(-self.least)} fewer to {show(self.most)} more"
        if not ends[-1]:
            return "the same"
        return f"{' to '.join(show(one) for one in ends)} {'fewer' if self.least < 0 else 'more'}"


@dataclass(frozen=True)
class Progress:
    """How far the count is."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 100


def progress_of(simulation: Simulation) -> Progress:
    """How many are counted by now."""
    pieces = SimulationShard.objects.filter(simulation=simulation, done_at__isnull=False)
    sizes = list(pieces.values_list("size", flat=True))
    return Progress(sum(sizes), simulation.total)


def tallies(simulation: Simulation) -> list[tuple[Change, int]]:
    """How many of each kind of change; those that could not be counted only where there are some."""
    numbers = [(Change(change), simulation.summary.get(change, 0)) for change in (
        Change.SAME, Change.FEWER, Change.WORSE, Change.BETTER, Change.FAILED
    )]  # fmt: skip
    return [(change, number) for change, number in numbers if number or change != Change.FAILED]


def groups(simulation: Simulation, change: str = "") -> list[Group]:
    """What happens to how many, the worst first; of one kind of change, or of all that change anything."""
    rows = simulation.rows.filter(change=change) if change else simulation.rows.exclude(change=Change.SAME)
    gains = rows.annotate(gain=_GAIN).values_list("change", "was", "becomes", "because")
    found = gains.annotate(people=Count("pk"), least=Min("gain"), most=Max("gain")).order_by()
    made = [Group(Change(change), *rest) for change, *rest in found]
    return sorted(made, key=lambda group: (ORDER.index(group.change), -group.people, group.was, group.because))


_GAIN = F("counted_after") - F("counted_before")


@dataclass(frozen=True)
class Run:
    """An earlier count of the same draft: under which terms, and what came out."""

    simulation: Simulation
    terms: str
    found: list[tuple[Change, int]]


def earlier_runs(simulation: Simulation) -> list[Run]:
    """The last counts before this one, newest first, so that one sees what each protection does."""
    runs = Simulation.objects.filter(draft=simulation.draft_id, state=Simulation.State.DONE, pk__lt=simulation.pk)
    return [
        Run(one, " ".join(Protections.of(one.protections).words(one.starts_on)), tallies(one))
        for one in runs.order_by("-pk")[:_MOST_RUNS]
    ]


@dataclass(frozen=True)
class Named:
    """One person whose name the reader may see."""

    row: SimulationRow

    @property
    def name(self) -> str:
        return self.row.held.user.name

    @property
    def was(self) -> str:
        return WORDS.get(self.row.was, "")

    @property
    def becomes(self) -> str:
        return WORDS.get(self.row.becomes, "")


def named_rows(simulation: Simulation, user: User, today: date, change: str = "") -> list[Named]:
    """Rows of the people whose names this reader may see anyway: of their own teams, and of themselves."""
    rows = _visible(simulation, user, today)
    rows = rows.filter(change=change) if change else rows.exclude(change=Change.SAME)
    found = rows.select_related("held__user", "held__certification").order_by("held__user__name", "pk")
    return [Named(row) for row in found[:_MOST_ROWS]]


def _visible(simulation: Simulation, user: User, today: date) -> QuerySet[SimulationRow]:
    seen = Q(held__user=user)
    for membership in overseen(user, today):
        seen |= Q(held__in=visible_held(membership.employer, today).values("pk"))
    return simulation.rows.filter(seen)


def table(simulation: Simulation, user: User, today: date, change: str = "") -> Iterator[list[Cell]]:
    """The lines of the file: a line for each person whose name the reader may see, a line for each group of others."""
    visible = _visible(simulation, user, today)
    wanted = [Change(change)] if change else ORDER
    named = visible.filter(change__in=wanted).select_related("held__user").order_by("held__user__name", "pk")
    for row in named.iterator(chunk_size=2000):
        yield [
            row.held.user.name, 1, row.get_change_display(), WORDS.get(row.was, ""), WORDS.get(row.becomes, ""),
            show(row.counted_before), show(row.counted_after), show(row.needed_before), show(row.needed_after),
            show(row.kept), row.because,
        ]  # fmt: skip
    names = ("change", "was", "becomes", "counted_before", "counted_after", "needed_before", "needed_after", "kept",
             "because")  # fmt: skip
    others = simulation.rows.filter(change__in=wanted).exclude(pk__in=visible.values("pk"))
    for one in others.values(*names).annotate(people=Count("pk")).order_by(*names):
        yield [
            "", one["people"], Change(one["change"]).label, WORDS.get(one["was"], ""), WORDS.get(one["becomes"], ""),
            *(show(one[name]) for name in names[3:8]), one["because"],
        ]  # fmt: skip
