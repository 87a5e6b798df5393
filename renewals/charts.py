"""Where things stand in a drawing. Counts and dates become places; templates only write them down.

Pure: the same numbers give the same drawing. Points are hundredths. Places along a line are texts such as "81.25%",
so that a drawing fills whatever width it is given while its letters and line widths keep theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certifications.rules.points import show
from certifications.rules.results import CategoryTotal

WIDTH, HEIGHT = 1000, 160  # user units of the timeline's plot; a unit of height is one pixel
TOP = 26  # pixels above the plot, for the label of today


def share(part: int, whole: int) -> str:
    """`part` of `whole` as a place or a width: share(1, 3) is "33.33%". Never outside 0 to 100."""
    if whole <= 0:
        return "0%"
    basis = min(max(part, 0), whole) * 10_000 // whole
    return f"{basis // 100}.{basis % 100:02d}%"


@dataclass(frozen=True)
class TotalBar:
    """Counted from zero, planned behind it, a tick where the need is met."""

    counted: str
    planned_from: str
    planned: str  # width; empty when nothing is planned
    needed_at: str
    label_end: bool  # the label of the tick ends at the tick, because there is more room before it


def total_bar(counted: int, needed: int, forecast: int | None = None) -> TotalBar:
    """The scale runs to a tenth above the larger of needed, counted and forecast, so that nothing is ever cut off."""
    most = max(needed, counted, forecast or 0)
    scale = most + most // 10
    extra = max(0, (forecast or 0) - counted)
    return TotalBar(
        counted=share(counted, scale),
        planned_from=share(counted, scale),
        planned=share(extra, scale) if extra else "",
        needed_at=share(needed, scale),
        label_end=needed * 2 > scale,
    )


@dataclass(frozen=True)
class CategoryBar:
    """One category on the scale all of them share."""

    category: CategoryTotal
    track: str
    counted: str
    cap_at: str  # empty without a cap
    over: str  # width of the part past the cap; empty if none

    @property
    def message(self) -> str:
        """What the bar shows, in words: "36 of 72, room for 36"."""
        total = self.category
        if total.cap is None:
            return f"{show(total.counted)} counted, no cap"
        said = f"{show(total.counted)} of {show(total.cap)}, "
        return said + ("full" if total.full else f"room for {show(total.room or 0)}")

    @property
    def over_message(self) -> str:
        """What lies past the cap, in words; empty if nothing does."""
        return f"{show(self.category.over)} over the cap" if self.category.over else ""


def category_bars(categories: Sequence[CategoryTotal], needed: int = 0) -> tuple[CategoryBar, ...]:
    """One bar a category, all on one scale: the longest of caps and totals fills the width.

    A category without a cap has room for all that is `needed`, so that its bar is not full before.
    """
    scale = max((max(c.cap if c.cap is not None else needed, c.counted + c.over) for c in categories), default=0)
    return tuple(
        CategoryBar(
            category=c,
            track=share(c.cap, scale) if c.cap is not None else "100%",
            counted=share(c.counted, scale),
            cap_at=share(c.cap, scale) if c.cap is not None else "",
            over=share(c.over, scale) if c.over and c.cap is not None else "",
        )
        for c in categories
    )


@dataclass(frozen=True)
class Label:
    """A text in a drawing: where it stands, which end of it stands there, and its height in pixels."""

    at: str
    anchor: str  # "start" or "end"
    shift: int  # pixels to the side, away from the line it belongs to
    y: int
    text: str


@dataclass(frozen=True)
class Row:
    """A line of the table that says the same as the drawing."""

    on: date
    points: int
    note: str


@dataclass(frozen=True)
class Timeline:
    """The plot in user units, its labels, and the table with the same numbers."""

    counted: str  # path of the step line
    area: str  # the same, closed down to zero
    dots: str  # path of a point at each date on which something counted
    ahead: str  # path of the forecast; empty without one
    pace: str
    needed_y: int
    today_x: int | None
    labels: tuple[Label, ...]
    rows: tuple[Row, ...]
    total_height: int = HEIGHT + TOP + 4


@dataclass(frozen=True)
class _Plane:
    """Turns dates and points into user units."""

    start: date
    last: date
    top: int  # points at the upper edge

    def x(self, on: date) -> int:
        days = max(1, (self.last - self.start).days)
        return min(max((on - self.start).days, 0), days) * WIDTH // days

    def y(self, points: int) -> int:
        return HEIGHT - min(max(points, 0), self.top) * HEIGHT // max(1, self.top)

    def steps(self, points: Sequence[tuple[date, int]], until: date, before: int = 0) -> str:
        """A line that holds its height until the day on which the total changes."""
        drawn = [f"M0 {self.y(before)}"]
        for on, total in points:
            drawn.append(f"H{self.x(on)}V{self.y(total)}")
        return "".join([*drawn, f"H{self.x(until)}"])


def timeline(
    *,
    start: date,
    last: date,
    today: date,
    needed: int,
    steps: Sequence[tuple[date, int]],
    ahead: Sequence[tuple[date, int]] = (),
) -> Timeline:
    """The period from its first to its last day.

    `steps` are running totals of what counted. `ahead` are points of the forecast after today, joined by straight
    lines, the last of them on the last day: two points on one day make a step. Without `ahead` nothing is forecast.
    """
    counted = steps[-1][1] if steps else 0
    highest = max([needed, counted, *(total for _, total in ahead)])
    plane = _Plane(start, last, highest + highest // 12 or 1)
    until = min(max(today, start), last)
    line = plane.steps(steps, until)
    running = start <= today <= last
    return Timeline(
        counted=line,
        area=f"{line}V{HEIGHT}H0Z",
        dots="".join(f"M{plane.x(on)} {plane.y(total)}h0" for on, total in steps),
        ahead=_ahead(plane, until, counted, ahead),
        pace=f"M0 {HEIGHT}L{WIDTH} {plane.y(needed)}",
        needed_y=plane.y(needed),
        today_x=plane.x(today) if running else None,
        labels=_labels(plane, needed, counted, today if running else None, ahead),
        rows=_rows(start, last, today if running else None, steps, ahead),
    )


def _ahead(plane: _Plane, until: date, counted: int, ahead: Sequence[tuple[date, int]]) -> str:
    if not ahead:
        return ""
    return f"M{plane.x(until)} {plane.y(counted)}" + "".join(f"L{plane.x(on)} {plane.y(total)}" for on, total in ahead)


def _labels(
    plane: _Plane, needed: int, counted: int, today: date | None, ahead: Sequence[tuple[date, int]]
) -> tuple[Label, ...]:
    labels = [Label("0%", "start", 0, TOP + plane.y(needed) - 6, f"{show(needed)} needed")]
    if today:
        late = plane.x(today) * 2 > WIDTH
        labels.append(
            Label(
                at=share(plane.x(today), WIDTH),
                anchor="end" if late else "start",
                shift=-6 if late else 6,
                y=12,
                text=f"Today {show(counted)}",
            )
        )
    if ahead:
        total = ahead[-1][1]
        y = TOP + plane.y(total)
        crowded = y - TOP - plane.y(needed) < 28  # the line of what is needed runs just above
        below = total < needed and crowded and y + 20 < TOP + HEIGHT
        labels.append(Label("100%", "end", 0, y + 20 if below else y - 8, f"Forecast {show(total)}"))
    return tuple(labels)


def _rows(
    start: date, last: date, today: date | None, steps: Sequence[tuple[date, int]], ahead: Sequence[tuple[date, int]]
) -> tuple[Row, ...]:
    rows = [Row(start, 0, "Period begins")]
    rows += [Row(on, total, "Counted") for on, total in steps if not today or on <= today]
    if today:
        rows.append(Row(today, steps[-1][1] if steps else 0, "Today"))
    rows += [Row(on, total, "Forecast") for on, total in dict(ahead).items()]
    if not ahead and today != last:
        rows.append(Row(last, steps[-1][1] if steps else 0, "Period ends"))
    return tuple(rows)
