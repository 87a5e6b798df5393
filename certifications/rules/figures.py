"""The figures of worked examples in words, and words read back as figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .dates import written
from .document import Document
from .points import hundredths, plain, show, signed_hundredths
from .sense import CARRIED
from .words import REASON_LABELS, STANDING_LABELS, Reason, StandingWord

FIGURES = {
    "counted": "Counted", "needed": "Needed", "by_category": "Counted by category", "not_counted": "Not counted",
    "lost_to_caps": "Over a cap", "lost_by_category": "Over a cap, by category",
    "excluded": "Activities that bring nothing", "compliant": "Everything is met", "short": "Still missing",
    "satisfied_by": "All met by", "carry_out": "Goes into the next period",
    "carried_out": "What goes into the next period", "consequence": "What follows", "fees": "Fees",
    "standing": "Standing", "forecast": "Forecast",
}  # fmt: skip
DAYS = {
    "starts": "Period begins", "ends": "Period ends", "earns_from": "Activities count from",
    "last_earning_day": "Last day that counts", "submit_by": "Submit by", "exam_by": "Pass the exam by",
    "suspended_until": "Suspended until", "next_starts": "Next period begins", "next_ends": "Next period ends",
    "window_opens": "Renewal opens", "window_closes": "Renewal closes", "renew_from": "Renewal is possible from",
    "reinstate_until": "Reinstatement until", "reinstatement": "Reinstatement, each way until",
    "nested": "Parts of the period end",
}  # fmt: skip
NUMBERS = ("counted", "needed", "lost_to_caps", "carry_out", "forecast")
TABLES = ("by_category", "not_counted", "lost_by_category", "short", "fees")
NOTHING = ("nothing", "none", "-")


def shown(document: Document, what: str, value: Any) -> str:
    """A figure in words: names instead of keys, activities numbered from 1."""
    if value is None:
        return "too early to say" if what == "forecast" else "nothing"
    if what == "compliant":
        return "yes" if value else "no"
    if what == "standing":
        return STANDING_LABELS[StandingWord(value)]
    if what == "fees":
        return _listed(
            {key: f"{cents // 100:,}.{cents % 100:02d}" for key, cents in value.items()}, names_for(document, what)
        )
    if what == "excluded":
        return ", ".join(str(place + 1) for place in value) or "none"
    if what in ("satisfied_by", "consequence"):
        return names_for(document, what).get(value, value) or "nothing"
    if what == "carried_out":
        return "; ".join(_carried(one) for one in value) or "nothing"
    if isinstance(value, Mapping):
        return _listed({key: show(points) for key, points in value.items()}, names_for(document, what))
    return show(value)


def shown_day(value: Any) -> str:
    """A day, several of them, or days by name, as people write them."""
    if isinstance(value, date):
        return written(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {shown_day(one)}" for key, one in sorted(value.items())) or "none"
    return ", ".join(shown_day(one) for one in value) if value else "none"


def _listed(texts: Mapping[str, str], names: Mapping[str, str]) -> str:
    return "; ".join(f"{names.get(key, key)} {text}" for key, text in sorted(texts.items())) or "nothing"


def _carried(one: Any) -> str:
    points, category, topics, day = (
        one if isinstance(one, tuple) else (one.points, one.category, one.topics, one.earned_on)
    )
    return ", ".join(filter(None, [show(points), category or "", *sorted(topics), str(day or "")]))


def names_for(document: Document, what: str) -> dict[str, str]:
    """What the keys of a figure are called, by key. Where two share a name, each goes by its key."""
    if what == "not_counted":
        return {reason.value: REASON_LABELS[reason] for reason in Reason}
    parts: dict[str, tuple[Iterable[Any], ...]] = {
        "satisfied_by": (document.alternatives, document.events), "consequence": (document.escalations,),
        "fees": (document.money.fees if document.money else (),),
        "short": (
            document.minimums, *(one.minimums for one in document.alternatives),
            *(one.minimums for one in document.events),
        ),
    }  # fmt: skip
    named = [(one.key, one.name) for part in parts.get(what, (document.categories,)) for one in part]
    names = [name.lower() for _, name in named]
    own = {"short": {"total": "The total"}}.get(what, {CARRIED: "Carried over"} if what not in parts else {})
    return own | {key: name for key, name in named if names.count(name.lower()) == 1 and not set(name) & set(";\n")}


def read_figure(document: Document, what: str, text: str) -> Any:
    """What somebody wrote for a figure, as the plain value of a document. Raises ValueError with what to write.

    Reads what `shown` says: "40.5"; "Additional Education 40; Practice 36"; "1, 3" for numbers of activities.
    """
    text = text.strip()
    if what in NUMBERS:
        reads = signed_hundredths if what == "carry_out" else hundredths
        return plain(reads(text.replace(",", "")))
    if what == "excluded":
        return _places(text)
    if text.lower() in NOTHING:
        return {}
    keys = {name.lower(): key for key, name in names_for(document, what).items()}
    found: dict[str, Any] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[;\n]", text))):
        name, _, number = part.rpartition(" ")
        name = name.strip().removesuffix(":")
        if not name:
            raise ValueError('write a name and a number, like "Class 8", with ; between several')
        points = hundredths(number.replace(",", ""))
        found[keys.get(name.lower(), name)] = points if what == "fees" else plain(points)
    return found


def _places(text: str) -> list[int]:
    if text.lower() in NOTHING:
        return []
    numbers = re.split(r"[\s,;]+", text)
    if not all(re.fullmatch(r"[1-9][0-9]{0,2}", one) for one in numbers):
        raise ValueError('write the numbers of activities, like "1, 3"')
    return sorted(int(one) - 1 for one in numbers)
