"""Numbers that no holder could ever reach, and rules too many to be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from ..allocation import Constraint, EntangledError, Offer, Problem, allocate
from ..document import Cap, Document, Minimum, Select
from ..points import MOST, show
from .categories import descendants

Found = Iterator[tuple[str, str]]
SMALL_WINDOWS = 12  # rules with a window for each day or activity
EXAMPLE_ACTIVITIES = 6_000


def crowded(document: Document) -> Found:
    """More of something costly than any body has use for."""
    windows = [cap.window for cap in document.caps] + [minimum.window for minimum in document.minimums]
    small = [window for window in windows if window in ("day", "activity") or window.startswith(("rolling", "each"))]
    if len(small) > SMALL_WINDOWS:
        yield (
            "caps",
            f"{len(small)} rules look at days, activities or rolling months; at most {SMALL_WINDOWS} may",
        )
    activities = sum(len(example.activities) for example in document.examples)
    if activities > EXAMPLE_ACTIVITIES:
        yield "examples", f"hold {activities:,} activities; at most {EXAMPLE_ACTIVITIES:,} may stand in one document"


def out_of_reach(document: Document) -> Found:
    """A total or a minimum above what the caps on categories allow."""
    needed = document.need.points
    if needed and not document.kinds and not document.events:
        yield "kinds", "points are needed, but no kind of activity counts"
        return
    for position, minimum in enumerate(document.minimums):
        yield from _minimum(document, minimum, f"minimums.{position}")
    for position, way in enumerate(document.alternatives):
        for place, minimum in enumerate(way.minimums):
            yield from _minimum(document, minimum, f"alternatives.{position}.minimums.{place}")
    if needed and not document.events and not document.alternatives:
        most = _reach(document, Select())
        if most < needed:
            yield "need.points", f"asks for {show(needed)}, but all caps together allow {show(most)}"


def caps_twice(document: Document) -> Found:
    """Caps that limit the same in the same time for everybody: only the lowest of them says anything."""
    known: list[Cap] = []
    for position, cap in enumerate(document.caps):
        if cap.when or cap.applies_from or cap.applies_until or cap.percent_of == "counted":
            continue
        same = next((one for one in known if _alike(one, cap)), None)
        if same:
            yield f"caps.{position}", f"limits the same as the cap {same.name!r}; only the lower one counts: keep that"
        known.append(cap)


def _alike(cap: Cap, other: Cap) -> bool:
    """Whether both say the same of the same; "20, or half of what is needed" are two things."""
    measures = cap.percent is None, other.percent is None
    return (cap.select, cap.window) == (other.select, other.window) and measures[0] == measures[1]


def _minimum(document: Document, minimum: Minimum, path: str) -> Found:
    if minimum.categories and minimum.categories > len(document.categories):
        yield f"{path}.categories", "asks for more categories than there are"
    if minimum.when or minimum.tests == "asked" or (minimum.points is None and minimum.percent is None):
        return
    least = minimum.of(document.need.points)
    for cap in document.caps:
        same = cap.select == minimum.select and cap.window == minimum.window and not cap.when
        if same and cap.percent_of == "required" and cap.of(document.need.points) < least:
            allowed = show(cap.of(document.need.points))
            yield f"{path}.points", f"asks for {show(least)} but the cap {cap.name!r} allows only {allowed}"
            return
    most = _reach(document, minimum.select)
    if minimum.window == "period" and most < least:
        yield f"{path}.points", f"asks for {show(least)}, but the caps allow only {show(most)}"


def _reach(document: Document, select: Select) -> int:
    """The most points (hundredths) that count in what a selector means, by the caps on categories alone."""
    below = descendants(document.categories)
    usable = [key for key in below if any(key in below[name] for rule in document.kinds for name in rule.category)]
    wanted = {key for name in select.category for key in below[name]} if select.category else set(usable)
    offers = [Offer(place, MOST, (key,)) for place, key in enumerate(usable) if key in wanted]
    years = -(-(document.period.months or 12) // 12)
    constraints: list[Constraint] = []
    for cap in document.caps:
        times = {"period": 1, "year": years, "calendar-year": years + 1}.get(cap.window, 0)
        if not times or cap.when or cap.applies_from or cap.applies_until or cap.percent_of == "counted":
            continue
        if cap.select != Select(category=cap.select.category):
            continue
        inside = {key for name in cap.select.category for key in below[name]} if cap.select.category else set(usable)
        members = frozenset((offer.number, key) for offer in offers for key in offer.categories if key in inside)
        limit = cap.of(document.need.points) * times
        constraints.append(Constraint(cap.key, limit, members, (0, 0, len(constraints))))
    try:
        return sum(allocate(Problem(offers, constraints, [])).values())
    except EntangledError:
        return MOST
