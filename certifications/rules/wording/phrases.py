"""Words for the small things rules are made of: points, windows, selections, conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from ..dates import written
from ..document import Condition, Document, Limit, Select, window_months
from ..points import ONE, show
from ..words import FORMATS, KINDS, REACHES, ROLES

WINDOWS = {
    "period": "in a period",
    "year": "a year",
    "calendar-year": "a calendar year",
    "day": "a day",
    "activity": "for one activity",
    "ever": "in all",
}
_MONTH_WINDOWS = {
    "last": "in the last {months} of the period",
    "first": "in the first {months} of the period",
    "each": "in each {months} of the period",
    "rolling": "in any {months}",
}


def points(document: Document, hundredths: int) -> str:
    """ "24 points", "1 CEC"."""
    return f"{show(hundredths)} {document.unit.one if hundredths == ONE else document.unit.many}"


def number(value: Fraction | int) -> str:
    """An exact number as people write it: 0.75, or 1/3 where no decimal is exact."""
    exact = Fraction(value)
    scaled = exact * 10_000
    if scaled.denominator != 1:
        return str(exact)
    whole, rest = divmod(scaled.numerator, 10_000)
    return f"{whole:,}.{rest:04d}".rstrip("0").rstrip(".")


def several(count: int, one: str, many: str = "") -> str:
    """ "1 month", "36 months"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def months(count: int) -> str:
    """A length in months; whole years are said as years."""
    return several(count // 12, "year") if count % 12 == 0 and count >= 24 else several(count, "month")


def window(name: str) -> str:
    """ "a year", "in the last 12 months of the period"."""
    found = window_months(name)
    return _MONTH_WINDOWS[found[0]].format(months=several(found[1], "month")) if found else WINDOWS[name]


def limit(document: Document, rule: Limit) -> str:
    """A number of points, or a share of what is required or counted."""
    if rule.points is not None:
        return points(document, rule.points)
    of = "what counts" if getattr(rule, "percent_of", "required") == "counted" else "what is required"
    return f"{part(rule.percent or Fraction(0))} of {of}"


def part(percent: Fraction) -> str:
    """A part in percent, "50%" or "12.5%"; one without a short decimal as a fraction, "1/3"."""
    text = show(int(percent * 100))
    return f"{text}%" if percent * 100 == int(percent * 100) else str(percent / 100)


def listed(words: Iterable[str], join: str = "or") -> str:
    """ "one, two or three"."""
    found = list(dict.fromkeys(words))
    return " ".join(filter(None, [", ".join(found[:-1]), join if len(found) > 1 else "", found[-1] if found else ""]))


def lower(name: str) -> str:
    """A name inside a sentence; a short form such as CPE keeps its capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def categories(document: Document, keys: Iterable[str]) -> list[str]:
    """Names of categories by their keys."""
    names = {category.key: category.name for category in document.categories}
    return [names.get(key, key) for key in keys]


def kinds(keys: Iterable[str]) -> str:
    """Kinds of activity by their labels, which may hold an "or" of their own: "Class or training; Exam passed"."""
    return "; ".join(KINDS[key].label if key in KINDS else key for key in keys)


def selection(document: Document, select: Select) -> str:
    """What a selection means, in words; empty where it means everything."""
    parts = []
    if select.kind:
        parts.append(kinds(select.kind))
    if select.category:
        parts.append(f"in {listed(categories(document, select.category))}")
    dimensions: tuple[tuple[str, tuple[str, ...], Mapping[str, str]], ...] = (
        ("of the type", select.type, {}), ("where the format is", select.format, FORMATS),
        ("where the role is", select.role, ROLES), ("where the reach is", select.reach, REACHES),
        ("on the topic", select.topic, {}),
    )  # fmt: skip
    parts += [f"{what} {listed(_label(one, words) for one in values)}" for what, values, words in dimensions if values]
    if select.shared is not None:
        parts.append(f"{'' if select.shared else 'not '}shared with another certification")
    if select.carried is not None:
        parts.append("carried over" if select.carried else "not carried over")
    said = ", ".join(parts)
    if select.except_ is not None:
        said = f"{said or 'everything'}, except {selection(document, select.except_)}"
    return said


def only(document: Document, select: Select) -> str:
    """A selection as a restriction: "Only on the topic ethics"; empty where it means everything."""
    if select.except_ is not None and select.model_copy(update={"except_": None}).everything:
        return f"Everything except {selection(document, select.except_)}"
    said = selection(document, select)
    return f"Only {said}" if said else ""


def _label(value: str, words: Mapping[str, str]) -> str:
    return lower(words[value]) if value in words else value


def when(document: Document, conditions: Iterable[Condition]) -> str:
    """ "if you answer yes to ...": when a rule applies; empty where it always does."""
    return " and ".join(condition(document, one) for one in conditions)


def condition(document: Document, one: Condition) -> str:
    """One condition in words."""
    if one.fact == "level" and (one.is_ or one.one_of):
        return f"for {listed(f'Level {level}' for level in (one.one_of or (str(one.is_),)))}"
    if one.fact == "first-period" and one.is_ is not None:
        return "in a first period" if one.is_ else "after the first period"
    if one.fact == "period-number" and one.every:
        return f"in every {one.every}. period" + (f", beginning with number {one.remainder}" if one.remainder else "")
    asked = next((f'"{fact.ask}"' for fact in document.facts if fact.key == one.fact), one.fact.replace("-", " "))
    return f"if {asked} {_answer(one)}"


def _answer(one: Condition) -> str:
    tests = []
    if one.is_ is not None:
        tests.append(
            "is answered yes" if one.is_ is True else "is answered no" if one.is_ is False else f"is {one.is_}"
        )
    if one.one_of:
        tests.append(f"is {listed(one.one_of)}")
    if one.at_least is not None:
        tests.append(f"is at least {one.at_least}")
    if one.less_than is not None:
        tests.append(f"is less than {one.less_than}")
    if one.every is not None:
        tests.append(f"is {one.remainder or one.every} of every {one.every}")
    if one.on_or_after:
        tests.append(f"is {written(one.on_or_after)} or later")
    if one.before:
        tests.append(f"is before {written(one.before)}")
    return " and ".join(tests)


def between(start: date | None, end: date | None) -> str:
    """ "from 1 Jan 2024 until 31 Dec 2024"; `end` is the first day outside. Empty without either."""
    said = [f"from {written(start)}"] if start else []
    return " ".join([*said, f"before {written(end)}"] if end else said)
