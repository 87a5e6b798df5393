"""From an amount to points: rates, conversions, rounding, the limit of one activity."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .cases import Entry, Term
from .dates import DAY, Span
from .document import KindRule, Rounding
from .points import ONE, show
from .words import AMOUNT_UNITS, Reason


@dataclass(frozen=True)
class Worth:
    """What one activity asks for, and what it loses before any shared cap. Points are hundredths."""

    asked: int
    points: int
    lost: tuple[tuple[Reason, int, str], ...] = ()
    step: str = ""
    refused: str = ""  # why the amount cannot be read by this rule at all
    exact: Fraction | None = None  # `points` before they were cut to hundredths, where nothing else took from them


# By identity of the rule, which is kept so that its identity stays its own. A process counts under few rules, so
# thousands are only reached where documents are read anew all the time; then all is forgotten.
_known: dict[int, tuple[KindRule, dict[tuple[object, ...], Worth]]] = {}
_MOST_RULES, _MOST_AMOUNTS = 2_000, 1_000
_HOURS = ("hour", "minute")


class Worths:
    """What entries are worth under their rules. People log the same few amounts over and over, so answers are kept."""

    def __init__(self, term: Term, needed: int) -> None:
        self.term, self.needed = term, needed

    def of(self, rule: KindRule, entry: Entry) -> Worth:
        """The worth of an entry."""
        if entry.since is not None or rule.for_whole_period:  # the term matters
            return worth(rule, entry, needed=self.needed, term=self.term)
        known = _answers(rule)
        amount = entry.amount
        question = (amount.numerator, amount.denominator, entry.unit, entry.role, entry.share, self.needed)
        found = known.get(question)
        if found is None:
            found = known[question] = worth(rule, entry, needed=self.needed, term=self.term)
        return found


def _answers(rule: KindRule) -> dict[tuple[object, ...], Worth]:
    """What was worked out under this very rule before."""
    kept = _known.get(id(rule))
    if kept is None or kept[0] is not rule or len(kept[1]) >= _MOST_AMOUNTS:
        if len(_known) >= _MOST_RULES:
            _known.clear()
        kept = _known[id(rule)] = (rule, {})
    return kept[1]


def worth(rule: KindRule, entry: Entry, *, needed: int, term: Term) -> Worth:
    """The points of an entry under its kind rule.

    NICET's portal rounds one activity, never the sum, and so do all sources that say (reference: Sprinkler Age on
    NICET; NASBA/AICPA Standard 16; HRCI).
    """
    if entry.unit == "point" and rule.stated and (rule.per != "point" or rule.points is None):
        return _limited(rule, entry.amount * ONE, f"{number(entry.amount)} stated on the certificate.", needed)
    if rule.points is None:
        return Worth(0, 0, refused="These rules count the points stated on the certificate. Enter those.")
    amount = _in_rate_units(rule, entry)
    if amount is None:
        wanted = AMOUNT_UNITS[rule.per].many
        return Worth(0, 0, refused=f"These rules count {wanted} here, not {AMOUNT_UNITS[entry.unit].many}.")
    raw = _raw(rule, entry, amount, term)
    asked = int(raw)
    short = _too_short(rule, amount, raw)
    if short:
        return Worth(asked, 0, ((Reason.TOO_SHORT, asked, short),), step=f"{_amount(entry)}: too short.")
    return _limited(rule, raw, f"{_amount(entry)} at {rate(rule)}.", needed)


def measures(rule: KindRule, unit: str) -> bool:
    """Whether a rule is made for amounts in this unit; "each time" takes anything once, but is made for times."""
    if unit == "point":
        return rule.stated or rule.per == "point"
    if "each" in (unit, rule.per):
        return unit == rule.per
    if unit in (rule.per, *rule.hours_in):
        return True
    return unit in _HOURS and rule.per in (*_HOURS, *rule.hours_in)


def _too_short(rule: KindRule, amount: Fraction, raw: Fraction) -> str:
    """Why an amount is too short to count at all; empty where it is not."""
    if amount < rule.minimum:
        unit = AMOUNT_UNITS[rule.per]
        words = unit.one if rule.minimum == 1 else unit.many
        return f"Shorter than the least that counts, {number(rule.minimum)} {words}."
    if rule.rounding and raw < rule.rounding.first_full * ONE:
        return f"It comes to {show(int(raw))}. Only from {number(rule.rounding.first_full)} on it counts."
    return ""


def _raw(rule: KindRule, entry: Entry, amount: Fraction, term: Term) -> Fraction:
    """Points (hundredths) before rounding and limits, for an amount in the units of the rate."""
    points = rule.points or 0
    if rule.for_whole_period:
        raw = min(Fraction(1), amount / term.span.months()) * points
    else:
        raw = amount / rule.every * points
    for multiplier in rule.multiply:
        if entry.role in multiplier.role:
            raw *= multiplier.times
    return raw


def enough(rule: KindRule, entry: Entry, term: Term) -> Fraction | None:
    """The least amount, in the entry's unit, that counts at all or counts a step more; None where none is known."""
    amount = _in_rate_units(rule, entry) if rule.points else None
    if not amount:
        return None
    raw, rounding = _raw(rule, entry, amount, term), rule.rounding
    needs = [rule.minimum / amount]
    if rounding:
        steps = raw // (rounding.step * ONE)
        half = Fraction(1, 2) if rounding.mode == "nearest" else Fraction(1)
        needs += [rounding.first_full * ONE / raw, (steps + half) * rounding.step * ONE / raw]
    if raw >= 1 and needs[0] <= 1 and (len(needs) < 2 or needs[1] <= 1):
        return entry.amount * needs[-1] if needs[-1] > 1 else None
    return entry.amount * max(needs[:2])


def rate(rule: KindRule) -> str:
    """A rule's rate in words: "2 points a month", "1 for each 7 hours"."""
    if rule.points is None:
        return "the points stated on the certificate"
    unit = AMOUNT_UNITS[rule.per]
    if rule.for_whole_period:
        return f"{show(rule.points)} for the whole period"
    if rule.per == "each":
        return f"{show(rule.points)} each time"
    if rule.every == 1:
        return f"{show(rule.points)} {'an' if unit.one[0] in 'aeiouh' else 'a'} {unit.one}"
    return f"{show(rule.points)} for each {number(rule.every)} {unit.many}"


def rounded(points: Fraction, rounding: Rounding) -> int:
    """Points (hundredths, exact) rounded to the step of the rule."""
    steps = points / (rounding.step * ONE)
    whole = steps.numerator // steps.denominator
    rest = steps - whole
    up = {"down": False, "up": rest > 0, "nearest": rest >= Fraction(1, 2), "half-down": rest > Fraction(1, 2)}
    return int((whole + up[rounding.mode]) * rounding.step * ONE)


def _limited(rule: KindRule, raw: Fraction, step: str, needed: int) -> Worth:
    points = rounded(raw, rule.rounding) if rule.rounding else int(raw)
    points = max(points, rule.least)
    asked = max(int(raw), points)
    lost: list[tuple[Reason, int, str]] = []
    if points < asked:
        size = number(rule.rounding.step) if rule.rounding else "0.01"
        lost.append((Reason.ROUNDING, asked - points, f"Points are rounded to steps of {size}."))
    limits = [limit for limit in (rule.most, _percent(rule, needed)) if limit is not None]
    if limits and points > min(limits):
        most = min(limits)
        lost.append((Reason.ACTIVITY_CAP, points - most, f"One activity of this kind counts up to {show(most)}."))
        points = most
    exact = raw if points == int(raw) else None
    return Worth(asked, points, tuple(lost), step=f"{step} {show(asked)} asked.", exact=exact)


def _percent(rule: KindRule, needed: int) -> int | None:
    return None if rule.most_percent is None else needed * rule.most_percent // 100


def _in_rate_units(rule: KindRule, entry: Entry) -> Fraction | None:
    if rule.per == "each":
        return entry.amount if entry.unit == "each" else Fraction(1)
    if entry.unit == rule.per and not (rule.per == "month" and entry.since):
        return entry.amount * entry.share / 100 if rule.over_time else entry.amount
    if rule.per == "month":
        return _months(entry)
    hours = _hours(rule, entry)
    if hours is None:
        return None
    if rule.per == "hour":
        return hours
    if rule.per == "minute":
        return hours * rule.hour_minutes
    length = _hours_in(rule, rule.per)
    return hours / length if length else None


def _hours_in(rule: KindRule, unit: str) -> Fraction | None:
    return next((hours for key, hours in rule.hours_in.items() if key == unit), None)


def _months(entry: Entry) -> Fraction | None:
    if entry.since is None:
        return None
    return Span(entry.since, entry.on + DAY).months() * entry.share / 100


def _hours(rule: KindRule, entry: Entry) -> Fraction | None:
    if entry.unit == "hour":
        return entry.amount
    if entry.unit == "minute":
        return entry.amount / rule.hour_minutes
    length = _hours_in(rule, entry.unit)
    return entry.amount * length if length else None


def _amount(entry: Entry) -> str:
    unit = AMOUNT_UNITS[entry.unit]
    return f"{number(entry.amount)} {unit.one if entry.amount == 1 else unit.many}"


def number(value: Fraction) -> str:
    """An exact decimal where there is one within four places, else the fraction itself."""
    scaled = value * 10_000
    if scaled.denominator != 1:
        return str(value)
    whole, rest = divmod(scaled.numerator, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
