"""The days around a renewal period: earning, the renewal window, grace, suspension, reinstatement, inner rhythms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .cases import Term
from .dates import DAY, Span, add_months
from .document import Document, Period, Relief

# Periods of certifications that never lapse end here.
FOREVER = date(2200, 1, 1)


@dataclass(frozen=True)
class Holder:
    """The dates about a person that period rules may ask for."""

    awarded: date | None = None
    birth: date | None = None


@dataclass(frozen=True)
class Dates:
    """A period with the days around it that matter."""

    term: Term
    submit_by: date
    exam_by: date
    suspended_until: date | None
    reinstate_until: date | None
    window_opens: date
    window_closes: date | None
    renew_from: date | None  # first day on which the points alone allow renewal
    reinstatement: tuple[tuple[str, date], ...]  # what is still possible (key of the document), and until when
    nested: tuple[tuple[str, tuple[Span, ...]], ...]

    @property
    def lapses_after(self) -> date:
        """The last day on which it still can be renewed."""
        return max(self.submit_by, self.exam_by)


def dates_of(document: Document, span: Span, holder: Holder, *, ordinal: int = 1) -> Dates:
    """Everything around a period. `ordinal` is its number: only the first one may have an early-earning window."""
    rules = document.period
    last = span.last
    earn_end = max([last, *(after(last, g.months, g.days) for g in rules.grace if g.allows == "earn")])
    for relief in reliefs(document, span):
        if relief.select.everything:
            earn_end = max(earn_end, add_months(last, relief.extra_months))
    return Dates(
        term=Term(span, Span(_earns_from(rules, span, holder, ordinal), earn_end + DAY), span.end >= FOREVER),
        submit_by=_grace(rules, last, ("earn", "submit", "late-fee")),
        exam_by=exam_by(document, span),
        suspended_until=after(last, rules.suspended_months) if rules.suspended_months else None,
        reinstate_until=_reinstate_until(rules, last),
        window_opens=max(_before(last, rules.opens_months, rules.window_days), span.start),
        window_closes=_closes(rules, last),
        renew_from=add_months(span.start, rules.renew_from_months) if rules.renew_from_points else None,
        reinstatement=tuple((tier.key, after(last, tier.months, tier.days)) for tier in rules.reinstatement),
        nested=tuple((one.key, tuple(_parts(span, one.months))) for one in rules.nested),
    )


def exam_by(document: Document, span: Span) -> date:
    """The last day on which an exam still meets the requirement of a period."""
    return _grace(document.period, span.last, ("earn", "exam"))


def reliefs(document: Document, span: Span) -> list[Relief]:
    """The temporary reliefs that reach this period."""
    return [relief for relief in document.period.relief if relief.ends_from <= span.last <= relief.ends_until]


def _grace(rules: Period, last: date, allows: tuple[str, ...]) -> date:
    return max([last, *(after(last, one.months, one.days) for one in rules.grace if one.allows in allows)])


def after(day: date, months: int, days: int = 0) -> date:
    """So many months, and then days, after a day."""
    return add_months(day, months) + timedelta(days=days)


def _before(day: date, months: int, days: int) -> date:
    return add_months(day, -months) - timedelta(days=days)


def _closes(rules: Period, last: date) -> date | None:
    if not rules.window_closes_months and not rules.window_closes_days:
        return None
    return _before(last, rules.window_closes_months, rules.window_closes_days)


def _reinstate_until(rules: Period, last: date) -> date | None:
    ends = [after(last, tier.months, tier.days) for tier in rules.reinstatement]
    if rules.reinstate_months:
        ends.append(after(last, rules.reinstate_months))
    return max(ends, default=None)


def _parts(span: Span, months: int) -> list[Span]:
    """A period cut into parts of so many months; the last may be shorter."""
    if span.end >= FOREVER:
        return []
    parts, start, number = [], span.start, 0
    while start < span.end:
        number += 1
        end = min(add_months(span.start, months * number), span.end)
        parts.append(Span(start, end))
        start = end
    return parts


def _earns_from(rules: Period, span: Span, holder: Holder, ordinal: int) -> date:
    if ordinal != 1 or holder.awarded is None:
        return span.start
    if rules.early_from == "award":
        return min(holder.awarded, span.start)
    if rules.early_from == "january" and (holder.awarded.year == span.start.year or rules.starts == "next-january"):
        return min(date(holder.awarded.year, 1, 1), span.start)
    return span.start
