"""Points, standings and charts in templates. Each component is told values and only draws them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template

from certifications.rules.points import show
from certifications.rules.results import CategoryTotal, Line, Outcome, YearCell
from certifications.rules.words import KINDS, REASON_LABELS, STANDING_LABELS, Reason, StandingWord
from renewals import charts

register = template.Library()


@register.filter
def points(value: int | None) -> str:
    """Hundredths as people read them: 1050 is "10.5"."""
    return "" if value is None else show(value)


@register.filter
def reason_label(reason: str) -> str:
    """ "Cap reached" for "over category cap"."""
    return REASON_LABELS[Reason(reason)]


@register.filter
def kind_label(kind: str) -> str:
    """ "Class or training" for "class"."""
    return KINDS[kind].label


@register.filter
def days_left(days: int) -> str:
    """ "181 days left", "Last day", "Ended 3 days ago"."""
    if days > 0:
        return f"{days:,} {'day' if days == 1 else 'days'} left"
    if days == 0:
        return "Last day"
    return f"Ended {-days:,} {'day' if days == -1 else 'days'} ago"


@register.inclusion_tag("components/standing_chip.html")
def standing_chip(word: str) -> dict[str, Any]:
    """The standing as a light tag: icon and word. Not a link."""
    return {"word": StandingWord(word).value, "label": STANDING_LABELS[StandingWord(word)]}


@register.inclusion_tag("components/total_bar.html")
def total_bar(counted: int, needed: int, forecast: int | None = None, labelled: bool = True) -> dict[str, Any]:
    """Counted of needed; with `forecast`, what is still to come is drawn dashed."""
    return {"bar": charts.total_bar(counted, needed, forecast), "needed": needed, "labelled": labelled}


@register.inclusion_tag("components/category_bars.html")
def category_bars(categories: Sequence[CategoryTotal], heading: str = "h3", needed: int = 0) -> dict[str, Any]:
    """One bar a category, all on one scale, with the years of yearly caps beneath."""
    bars = charts.category_bars(categories, needed)
    return {"bars": bars, "heading": heading, "has_over": any(bar.over for bar in bars)}


@register.inclusion_tag("components/year_cells.html")
def year_cells(years: Sequence[YearCell]) -> dict[str, Any]:
    """Small boxes, one a year: counted of the yearly cap, and what was over."""
    return {"years": years}


@register.inclusion_tag("components/timeline.html")
def timeline(
    start: date,
    last: date,
    today: date,
    needed: int,
    steps: Sequence[tuple[date, int]],
    ahead: Sequence[tuple[date, int]] = (),
) -> dict[str, Any]:
    """The period: what counted so far, the forecast, the need, an even pace; the same as a table."""
    drawing = charts.timeline(start=start, last=last, today=today, needed=needed, steps=steps, ahead=ahead)
    return {"drawing": drawing, "start": start, "last": last, "needed": needed}


@register.inclusion_tag("components/sum_sentence.html")
def sum_sentence(outcome: Outcome, href: str = "") -> dict[str, Any]:
    """ "You logged 99. 18 do not count: 8 cap reached, 6 yearly cap, 4 before period." """
    losses = [
        {"points": lost, "label": REASON_LABELS[reason].lower()} for reason, lost in outcome.lost_by_reason().items()
    ]
    return {"asked": outcome.asked, "not_counted": outcome.not_counted, "losses": losses, "href": href}


@register.inclusion_tag("components/ledger_row.html")
def ledger_row(
    line: Line,
    title: str,
    url: str = "",
    since: date | None = None,
    heading: str = "h3",
    place: str = "",
    rules: Sequence[Any] = (),
    rules_url: str = "",
) -> dict[str, Any]:
    """One claim: asked = counted + not counted, each loss with its reason, and the steps behind a disclosure.

    `rules` are what it rests on (name, anchor, check), on the page of rules at `rules_url`.
    """
    return {
        "line": line, "title": title, "url": url, "since": since, "heading": heading, "place": place, "rules": rules,
        "rules_url": rules_url,
    }  # fmt: skip
