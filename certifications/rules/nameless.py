"""A person's record as a worked example that names nobody: what rules look at stays, all other words go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .cases import Case, Entry
from .document import Document, Select
from .points import plain
from .screening import alike

# What every holder has; anything else is known only where the rules ask for it.
USUAL = ("level", "period-number", "first-period", "further-certifications")


def nameless(document: Document, case: Case, say: str) -> dict[str, Any]:
    """An example for this case, without what it expects. Titles, codes and words of the person's own become numbers.

    Activities that repeat another one are left out, as they count once; those of closed periods stand there where the
    rules look back to them. The day of birth is kept by its month, and only where the period depends on it.
    """
    span, entries = case.term.span, [entry for entry in (*case.past, *case.entries) if not entry.duplicate_of]
    known = _words(document)
    titles = _numbered("Activity", (entry.title for entry in entries))
    courses = _numbered("course", (entry.course for entry in entries))
    found: dict[str, Any] = {
        "say": say, "starts": span.start.isoformat(), "ends": span.last.isoformat(), "as_of": case.as_of.isoformat(),
    }  # fmt: skip
    facts = _facts(document, case.facts)
    rows = [_row(document, entry, titles, courses, known, facts.get("level")) for entry in entries]
    carried = [
        {"points": plain(one.points), **({"category": one.category} if one.category else {}),
         **({"earned_on": one.earned_on.isoformat()} if one.earned_on else {}),
         **({"topics": sorted(one.topics & known)} if one.topics & known else {}),
         **({"periods": one.periods} if one.periods > 1 else {})}
        for one in case.carried if one.points > 0
    ]  # fmt: skip
    owed = -sum(one.points for one in case.carried if one.points < 0)
    parts = {"facts": facts, "activities": rows, "carried": carried, "owed": plain(owed)}
    return found | {key: value for key, value in parts.items() if value}


def _numbered(word: str, texts: Iterable[str]) -> dict[str, str]:
    """The same words get the same number: a rule may ask whether something was done twice."""
    different = dict.fromkeys(filter(None, map(alike, texts)))
    return {text: f"{word} {number}" for number, text in enumerate(different, 1)}


def _row(
    document: Document, entry: Entry, titles: Mapping[str, str], courses: Mapping[str, str], known: frozenset[str],
    level: Any,
) -> dict[str, Any]:  # fmt: skip
    share = {} if entry.share == 100 else {"share": entry.share}
    days = {"since": entry.since, "submitted_on": entry.submitted_on}
    words = {
        "kind": entry.kind, "title": titles.get(alike(entry.title), ""), "category": entry.category,
        "type": entry.type if entry.type in known else "", "format": entry.format, "role": entry.role,
        "reach": entry.reach, "course": courses.get(alike(entry.course), ""),
        "level": _level(document, entry.above_level, level),
    }  # fmt: skip
    topics = sorted(entry.topics & known)
    return {
        "on": entry.on.isoformat(),
        **{key: day.isoformat() for key, day in days.items() if day},
        **{key: word for key, word in words.items() if word},
        "amount": _amount(entry.amount), "unit": entry.unit, **share,
        **({"topics": topics} if topics else {}),
        **({"shared": True} if entry.shared else {}),
        **{key: False for key in ("evidence", "relevant") if not getattr(entry, key)},
        **({} if entry.confirmed is None else {"confirmed": entry.confirmed}),
    }  # fmt: skip


def _amount(amount: Fraction) -> int | str:
    return amount.numerator if amount.denominator == 1 else str(amount)


def _level(document: Document, above: bool | None, held: Any) -> str:
    """A level that stands above the one held, or does not: the only thing rules ask of it."""
    ladder = document.rules.levels
    if above is None or held not in ladder:
        return ""
    place = ladder.index(held) + (1 if above else 0)
    return ladder[place] if place < len(ladder) else ""


def _facts(document: Document, facts: Mapping[str, Any]) -> dict[str, Any]:
    period = document.period
    asked = {fact.key for fact in document.facts} | set(USUAL)
    if period.starts == "award" or period.lifelong_if_issued_before or period.early_from == "award":
        asked.add("awarded")
    found = {key: value for key, value in facts.items() if key in asked and value not in ("", None)}
    birth = facts.get("birth")
    if isinstance(birth, date) and period.asks_birth:
        found["birth"] = birth.replace(day=1)
    return {key: _value(value) for key, value in found.items()}


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _words(document: Document) -> frozenset[str]:
    """Types and topics that the rules themselves speak of."""
    found: set[str] = set()
    selects: list[Select | None] = [
        *(rule.select for rule in document.kinds), *(cap.select for cap in document.caps),
        *(one.select for one in document.every_minimum), *(event.select for event in document.events),
        *(relief.select for relief in document.period.relief),
        *([document.carry_over.select] if document.carry_over else []),
    ]  # fmt: skip
    for select in selects:
        while select:
            found |= {*select.topic, *select.type}
            select = select.except_
    found |= {part.topic for rule in document.kinds for part in rule.topic_parts}
    return frozenset(found | {choice for fact in document.facts for choice in fact.choices})
