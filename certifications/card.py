"""What must be asked of a person before the renewal period of a certification can be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import User

from .models import Certification, Level, RenewalPeriod
from .queries import version_for
from .rules.dates import written
from .rules.document import Document

_MONTH_ON_CARD = ("month-start", "month-end", "birth-month-end")


@dataclass(frozen=True)
class Asks:
    """Which dates to ask for, by all rules that may count the certification at one of its levels."""

    rules: bool  # whether there are any
    expiry: bool  # false where nothing ever ends
    day: bool  # whether the day on the card matters, or its month is enough
    month_is_out: bool  # whether the card shows the first month in which it is out
    award_because: str  # why the award date matters even with an expiry date; empty if it does not
    award_required: bool
    birth: bool  # whether the birth date is needed and not known yet


def asks(certification: Certification, user: User, today: date) -> Asks:
    """What to ask this person about this certification."""
    levels: list[Level | None] = [*certification.levels.all()] or [None]
    versions = {version.pk: version for level in levels if (version := version_for(certification, level, None, today))}
    documents = [version.document for version in versions.values()]
    periods = [document.period for document in documents]
    birth = any(period.asks_birth for period in periods)
    return Asks(
        rules=bool(documents),
        expiry=not documents or not all(period.never_ends for period in periods),
        day=not documents or any(period.ends not in _MONTH_ON_CARD for period in periods),
        month_is_out=bool(periods) and all(period.ends == "month-start" for period in periods),
        award_because=next(filter(None, map(_award_because, documents)), ""),
        award_required=any(period.end_parity == "licence-year" for period in periods),
        birth=birth and user.birth_date is None,
    )


def _award_because(document: Document) -> str:
    period = document.period
    if period.end_parity == "licence-year":
        return "It decides in which years the licence ends."
    if period.lifelong_if_issued_before:
        return f"What was issued before {written(period.lifelong_if_issued_before)} does not lapse."
    if document.need.first_period or document.need.first_period_exempt:
        return "The first period may need less."
    return "Points from before the first period may count." if period.early_from != "none" else ""


def shared_end(certification: Certification, user: User) -> RenewalPeriod | None:
    """The open period of something else from the same body that ends on one day with this, where rules say so."""
    if certification.body_id is None:
        return None
    periods = RenewalPeriod.objects.open().of(user).filter(held__removed_at=None, never_ends=False)
    others = periods.filter(held__certification__body=certification.body_id).exclude(held__certification=certification)
    for period in others.select_related("version", "held__certification").order_by("-end"):
        if period.version and period.version.document.period.shared_end:
            return period
    return None
