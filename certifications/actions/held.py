"""Writes about who holds what and its renewal periods.

Each first locks the person whose record it is, then anything else: two at once wait for each other in one order.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.models import User

from ..models import Certification, HeldCertification, Level, RenewalPeriod, RuleSetVersion
from ..queries import earning_days, holder_of, version_for
from ..rules.cases import Carried
from ..rules.dates import DAY, Span, add_months
from ..rules.periods import FOREVER, Holder, endless, first_period, next_period, period_ending, period_on

# Most renewal periods take three years; where no rules say, the person is shown the dates and may change them.
UNKNOWN_MONTHS = 36


class AlreadyHeld(ValueError):
    """The person holds this certification already; upgrade it instead."""


class DatesMissing(ValueError):
    """The period cannot be worked out from what is known; the message says what is missing."""


class PeriodsOverlap(ValueError):
    """Another renewal period of the same certification has some of these days."""


class PeriodClosed(ValueError):
    """The period was closed, and a closed period never changes."""


@transaction.atomic
def add_own_certification(*, name: str, nonce: UUID, by: User, at: datetime) -> Certification:
    """Add a certification that the catalogue lacks, for this person alone; one for each form (`nonce`)."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    slug = f"own-{nonce.hex}"
    before = Certification.objects.filter(owner=by, slug=slug).first()
    if before:
        return before
    certification = Certification.objects.create(owner=by, slug=slug, name=name, short=_initials(name))
    audit.record(verb="certification added", by=by, at=at, target=certification, label=name, subject=by)
    return certification


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isalnum())[:6].upper() or "OWN"


@transaction.atomic
def hold(
    *,
    certification: Certification,
    level: Level | None,
    span: Span,
    by: User,
    at: datetime,
    today: date,
    awarded_on: date | None = None,
    number: str = "",
    facts: dict[str, Any] | None = None,
    plain_need: int | None = None,
) -> RenewalPeriod:
    """The person holds a certification; its running period is opened. Raises AlreadyHeld."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if HeldCertification.objects.of(by).in_use().filter(certification=certification).exists():
        raise AlreadyHeld(f"You hold {certification.name} already.")
    held = HeldCertification.objects.create(
        user=by, certification=certification, level=level, number=number, awarded_on=awarded_on,
        facts=facts or {}, plain_need=plain_need, added_at=at,
    )  # fmt: skip
    version = version_for(certification, level, span, today)
    period = open_period(held=held, span=span, version=version, ordinal=_ordinal(version, held, span))
    audit.record(
        verb="certification held", by=by, at=at, target=held, label=str(held), subject=by,
        after={"level": level.code if level else "", "start": span.start, "last_day": span.last},
    )  # fmt: skip
    return period


def _ordinal(version: RuleSetVersion | None, held: HeldCertification, span: Span) -> int:
    """Which period this is, counted from the award; 1 where the award is not known."""
    if version is None or held.awarded_on is None or not version.document.period.months:
        return 1
    months = version.document.period.months
    if not version.document.period.rolling:
        try:
            return period_on(version.document, holder_of(held), span.start)[1]
        except ValueError:
            pass  # the day of birth is missing; whole lengths from the award come near
    number, start = 1, held.awarded_on
    while add_months(start, months) <= span.start and number < 200:
        number, start = number + 1, add_months(held.awarded_on, months * number)
    return number


def open_period(
    *,
    held: HeldCertification,
    span: Span,
    version: RuleSetVersion | None,
    ordinal: int,
    carried: list[Carried] | None = None,
) -> RenewalPeriod:
    """Open a renewal period, with the days that count for it as the rules say."""
    earns = earning_days(version, held, span, ordinal)
    return RenewalPeriod.objects.create(
        user_id=held.user_id, held=held, version=version, ordinal=ordinal, start=span.start, end=span.end,
        earns_from=earns.start, earns_until=earns.end, never_ends=span.end >= FOREVER,
        carried_in=[
            {
                "points": one.points, "category": one.category, "topics": sorted(one.topics), "periods": one.periods,
                "earned_on": one.earned_on.isoformat() if one.earned_on else None,
            }
            for one in carried or []
        ],
    )  # fmt: skip


@transaction.atomic
def close_period(
    *, period: RenewalPeriod, result: dict[str, Any], renewed_on: date | None, reference: str, by: User, at: datetime
) -> RenewalPeriod:
    """Freeze a period with its result. The database refuses any change of it from here on."""
    period.result = result
    period.result_hash = hashlib.sha256(json.dumps(result, sort_keys=True).encode()).hexdigest()
    period.closed_at, period.renewed_on, period.reference = at, renewed_on, reference
    period.save(update_fields=["result", "result_hash", "closed_at", "renewed_on", "reference"])
    audit.record(
        verb="renewal recorded" if renewed_on else "period closed", by=by, at=at, target=period, label=str(period),
        subject=period.held.user, after={"renewed_on": renewed_on, "reference": reference, "hash": period.result_hash},
    )  # fmt: skip
    return period


@transaction.atomic
def upgrade(*, held: HeldCertification, level: Level, by: User, at: datetime, today: date) -> HeldCertification:
    """The person reached another level. The running period goes on, under the rules of that level."""
    User.objects.select_for_update(no_key=True).get(pk=held.user_id)
    before = held.level.code if held.level else ""
    held.level = level
    held.save(update_fields=["level"])
    period = RenewalPeriod.objects.open().select_for_update(no_key=True).filter(held=held).first()
    if period:
        period.version = version_for(held.certification, level, Span(period.start, period.end), today)
        period.save(update_fields=["version"])
    audit.record(
        verb="level changed", by=by, at=at, target=held, label=str(held), subject=held.user,
        before={"level": before}, after={"level": level.code},
    )  # fmt: skip
    return held


@transaction.atomic
def amend_held(
    *, held: HeldCertification, number: str, awarded_on: date | None, facts: dict[str, Any], by: User, at: datetime
) -> HeldCertification:
    """Correct the number, the award date, or the answers that the rules ask for."""
    User.objects.select_for_update(no_key=True).get(pk=held.user_id)
    before = {"number": held.number, "awarded_on": held.awarded_on, "facts": held.facts}
    held.number, held.awarded_on, held.facts = number, awarded_on, facts
    held.save(update_fields=["number", "awarded_on", "facts"])
    after = {"number": number, "awarded_on": awarded_on, "facts": facts}
    audit.record(
        verb="certification corrected", by=by, at=at, target=held, label=str(held), subject=held.user,
        before=before, after=after,
    )  # fmt: skip
    return held


@transaction.atomic
def move_period(*, period: RenewalPeriod, span: Span, by: User, at: datetime, today: date) -> RenewalPeriod:
    """Correct the dates of an open period; rules version and earning days follow.

    Raises PeriodsOverlap, and PeriodClosed where a renewal was recorded meanwhile.
    """
    User.objects.select_for_update(no_key=True).get(pk=period.user_id)
    if not RenewalPeriod.objects.open().filter(pk=period.pk).exists():
        raise PeriodClosed("This period was closed meanwhile. A closed period never changes.")
    before = {"start": period.start, "last_day": period.last_day}
    held = period.held
    others = RenewalPeriod.objects.filter(held=held).exclude(pk=period.pk)
    if others.filter(start__lt=span.end, end__gt=span.start).exists():
        raise PeriodsOverlap("An earlier renewal period has some of these days.")
    version = version_for(held.certification, held.level, span, today)
    if not others.exists():
        period.ordinal = _ordinal(version, held, span)
    earns = earning_days(version, held, span, period.ordinal)
    period.version, period.start, period.end, period.never_ends = version, span.start, span.end, span.end >= FOREVER
    period.earns_from, period.earns_until = earns.start, earns.end
    period.save(update_fields=["version", "ordinal", "start", "end", "earns_from", "earns_until", "never_ends"])
    audit.record(
        verb="period corrected", by=by, at=at, target=period, label=str(period), subject=held.user,
        before=before, after={"start": span.start, "last_day": span.last},
    )  # fmt: skip
    return period


@transaction.atomic
def remove_held(*, held: HeldCertification, by: User, at: datetime) -> HeldCertification:
    """The person no longer follows this certification. Its history is kept and it can be brought back."""
    User.objects.select_for_update(no_key=True).get(pk=held.user_id)
    held.removed_at = at
    held.save(update_fields=["removed_at"])
    audit.record(verb="certification removed", by=by, at=at, target=held, label=str(held), subject=held.user)
    return held


@transaction.atomic
def restore_held(*, held: HeldCertification, by: User, at: datetime) -> HeldCertification:
    """Bring a removed certification back. Raises AlreadyHeld if it was added again meanwhile."""
    User.objects.select_for_update(no_key=True).get(pk=held.user_id)
    if HeldCertification.objects.of(held.user).in_use().filter(certification=held.certification).exists():
        raise AlreadyHeld(f"You hold {held.certification.name} already.")
    held.removed_at = None
    held.save(update_fields=["removed_at"])
    audit.record(verb="certification brought back", by=by, at=at, target=held, label=str(held), subject=held.user)
    return held


def span_from_card(
    *,
    certification: Certification,
    level: Level | None,
    expiry: date | None,
    awarded_on: date | None,
    birth: date | None,
    today: date,
) -> tuple[Span, RuleSetVersion | None]:
    """The running period by the expiry date on a card, else by the award date. Raises DatesMissing.

    Where only the award is known, the period that holds today is found by going on from the first one.
    """
    version = version_for(certification, level, None, today)
    holder = Holder(awarded=awarded_on, birth=birth)
    if version is None:
        if expiry is None:
            raise DatesMissing("Enter the end date.")
        start = add_months(expiry + DAY, -UNKNOWN_MONTHS)
        return Span(awarded_on if awarded_on and start < awarded_on < expiry else start, expiry + DAY), None
    if endless(version.document, holder):
        return Span(awarded_on or today, FOREVER), version
    try:
        span = period_ending(version.document, expiry, holder) if expiry else first_period(version.document, holder)
        while not expiry and span.end <= today and version.document.need.points:
            span = next_period(version.document, span, holder)
    except ValueError as error:
        raise DatesMissing(f"To work out the period, {error}.") from None
    return span, version_for(certification, level, span, today)
