"""What comes next: the higher level of what a person holds, and the certifications near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import structlog
from django.urls import reverse

from accounts.models import User
from activities.models import Activity
from certifications.models import Certification, HeldCertification, Interest, Level
from certifications.queries import version_for
from certifications.rules.cases import Entry
from certifications.rules.counting import count
from certifications.rules.dates import DAY, Span
from certifications.rules.document import Document
from certifications.rules.points import show

from .queries import Stand, stands_of

log = structlog.get_logger(__name__)
MOST_NEAR = 6
_UPGRADE = "upgrade"


@dataclass(frozen=True)
class Rung:
    """One level of a ladder; `state` is done, here, next or empty."""

    level: Level
    state: str


@dataclass(frozen=True)
class Ladder:
    """The levels of one held certification. `upper` is None on the highest."""

    held: HeldCertification
    rungs: tuple[Rung, ...]
    upper: Level | None
    helps: str  # what passing it does for the renewal; empty where the rules say nothing
    rules_url: str
    said: Interest | None


@dataclass(frozen=True)
class Near:
    """A certification related to one that is held. `fits` is how many of `asked` activities its rules would count.

    Nothing is asked where its rules want no points.
    """

    certification: Certification
    fits: int | None  # None where there are no rules to ask
    asked: int
    said: Interest | None


@dataclass(frozen=True)
class Career:
    """The page: ladders in the order of the standings, what is near, and field time logged in whole months."""

    ladders: tuple[Ladder, ...]
    near: tuple[Near, ...]
    months: int
    holds: int

    @property
    def next(self) -> Ladder | None:
        """The first ladder that goes on."""
        return next((one for one in self.ladders if one.upper), None)


def career_of(user: User, today: date) -> Career:
    """What this person could reach next."""
    stands = stands_of(user, today)
    said = {(one.certification_id, one.level_id): one for one in Interest.objects.filter(user=user)}
    ids = [stand.holding.held.certification_id for stand in stands]
    levels: dict[int, list[Level]] = {}
    for level in Level.objects.filter(certification__in=ids).order_by("position"):
        levels.setdefault(level.certification_id, []).append(level)
    ladders = (_ladder(stand, levels.get(stand.holding.held.certification_id, []), said) for stand in stands)
    return Career(
        ladders=tuple(one for one in ladders if one), near=_near(stands, ids, said, today),
        months=_months_of_field_time(user), holds=len(stands),
    )  # fmt: skip


def _ladder(stand: Stand, levels: list[Level], said: dict[tuple[int, int | None], Interest]) -> Ladder | None:
    held, version = stand.holding.held, stand.holding.version
    if held.level is None or len(levels) < 2:
        return None
    here = held.level.position
    upper = next((level for level in levels if level.position > here), None)
    return Ladder(
        held=held, rungs=tuple(Rung(level, _state(level, here, upper)) for level in levels), upper=upper,
        helps=_helps(stand) if upper else "",
        rules_url=reverse("certifications:version", args=[version.rule_set.slug, version.number]) if version else "",
        said=said.get((held.certification_id, upper.pk)) if upper else None,
    )  # fmt: skip


def _state(level: Level, here: int, upper: Level | None) -> str:
    if level.position < here:
        return "done"
    if level.position == here:
        return "here"
    return "next" if level == upper else ""


def _helps(stand: Stand) -> str:
    """What passing a higher level does for the renewal, by the rules that count it."""
    document, needed = stand.counted.document, stand.counted.outcome.needed
    event = next((one for one in document.events if _UPGRADE in one.select.kind), None)
    if event:
        all_of_it = f"all {show(needed)} {document.unit.many}" if needed else "the whole requirement"
        return f"{event.name} meets {all_of_it}."
    if any(_UPGRADE in rule.kind for rule in document.kinds):
        return "Passing it counts towards the renewal."
    return ""


def _near(
    stands: Sequence[Stand], held: list[int], said: dict[tuple[int, int | None], Interest], today: date
) -> tuple[Near, ...]:
    """Certifications that those held name as related, each with what of the record its rules would count."""
    related = Certification.objects.catalogue().filter(related__in=held).exclude(pk__in=held)
    found = list(related.select_related("body").prefetch_related("levels").distinct().order_by("name")[:MOST_NEAR])
    if not found:
        return ()
    pairs = Certification.related.through.objects.filter(from_certification__in=held)
    beside = {pair.to_certification_id: pair.from_certification_id for pair in pairs}
    by_certification = {stand.holding.held.certification_id: stand for stand in stands}
    near = []
    for one in found:
        stand = by_certification[beside[one.pk]]
        entries = _record((stand, *stands))
        first = next(iter(one.levels.all()), None)
        version = version_for(one, first, None, today)
        fits = _fitting(stand, entries, version.document, first) if version else None
        meant = next((interest for (pk, _), interest in said.items() if pk == one.pk), None)
        wants = version is not None and bool(version.document.need.points)
        near.append(Near(one, fits, len(entries) if wants else 0, meant))
    return tuple(near)


def _record(stands: Sequence[Stand]) -> tuple[Entry, ...]:
    """The activities of the running periods, each once, whatever they were logged for."""
    found: dict[int, Entry] = {}
    for stand in stands:
        for entry in stand.counted.case.entries:
            found.setdefault(stand.counted.claims[entry.key].activity_id, entry)
    return tuple(found.values())


def _fitting(stand: Stand, record: tuple[Entry, ...], document: Document, level: Level | None) -> int | None:
    """How many activities of the record these rules would count, each by itself, caps left aside."""
    case = stand.counted.case
    facts = {**case.facts, "level": level.code if level else ""}
    uncapped = document.model_copy(update={"caps": ()})
    entries = tuple(replace(entry, category="") for entry in record)
    try:
        outcome = count(uncapped, replace(case, entries=entries, carried=(), facts=facts))
    except Exception:
        # These rules were not written for this person; the page must not fail for them.
        log.exception("career count failed", rules=document.rules.key)
        return None
    return sum(1 for line in outcome.lines if line.counted)


def _months_of_field_time(user: User) -> int:
    """Whole months of full-time work in the field that are logged, in whatever period."""
    rows = Activity.objects.of(user).kept().filter(kind="field-time", since__isnull=False)
    spans = rows.values_list("since", "on", "share")
    months = (Span(since, on + DAY).months() * share / 100 for since, on, share in spans if since)
    return int(sum(months, Fraction(0)))
