"""Writes about what a person holds, each with a recount in the same transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.actions import keep_birth_date
from accounts.models import User
from activities.actions import Facts, claim_everything
from certifications.actions import (
    add_own_certification,
    amend_held,
    hold,
    move_period,
    remove_held,
    restore_held,
    upgrade,
)
from certifications.models import Certification, HeldCertification, Level, RenewalPeriod
from certifications.rules.dates import Span

from ..models import Standing
from .counting import recount
from .logged import log


@transaction.atomic
def take_up(*, period: RenewalPeriod, at: datetime, today: date) -> None:
    """After a certification was added or brought back: claim what was logged before, and recount."""
    claim_everything(held=period.held)
    recount(user=period.held.user, at=at, today=today)


@transaction.atomic
def start_holding(
    *,
    certification: Certification,
    level: Level | None,
    span: Span,
    by: User,
    at: datetime,
    today: date,
    awarded_on: date | None = None,
    birth: date | None = None,
    number: str = "",
    facts: dict[str, Any] | None = None,
    plain_need: int | None = None,
) -> RenewalPeriod:
    """The person holds a certification: open its period and count for it what was logged before. Raises AlreadyHeld."""
    if birth:
        keep_birth_date(by=by, at=at, birth_date=birth)
    period = hold(
        certification=certification, level=level, span=span, by=by, at=at, today=today, awarded_on=awarded_on,
        number=number, facts=facts, plain_need=plain_need,
    )  # fmt: skip
    take_up(period=period, at=at, today=today)
    return period


@transaction.atomic
def start_own(
    *, name: str, nonce: UUID, span: Span, plain_need: int | None, by: User, at: datetime, today: date
) -> RenewalPeriod:
    """The person holds something the catalogue lacks. The same form (`nonce`) adds it once."""
    certification = add_own_certification(name=name, nonce=nonce, by=by, at=at)
    before = RenewalPeriod.objects.open().filter(held__certification=certification).first()
    return before or start_holding(
        certification=certification, level=None, span=span, plain_need=plain_need, by=by, at=at, today=today
    )


@transaction.atomic
def correct(
    *,
    held: HeldCertification,
    level: Level | None,
    number: str,
    awarded_on: date | None,
    facts: dict[str, Any],
    by: User,
    at: datetime,
    today: date,
    birth: date | None = None,
) -> None:
    """Correct what was entered wrong about a held certification, and recount."""
    follows = bool(birth) or awarded_on != held.awarded_on
    if birth:
        keep_birth_date(by=by, at=at, birth_date=birth)
    amend_held(held=held, number=number, awarded_on=awarded_on, facts=facts, by=by, at=at)
    if level and level != held.level:
        upgrade(held=held, level=level, by=by, at=at, today=today)
    period = RenewalPeriod.objects.open().filter(held=held).first()
    if period and follows:  # earning days and the number of the period follow the award
        move_period(period=period, span=Span(period.start, period.end), by=by, at=at, today=today)
    recount(user=held.user, at=at, today=today)


@transaction.atomic
def move(*, period: RenewalPeriod, span: Span, by: User, at: datetime, today: date) -> None:
    """Correct the dates of an open period, and recount. Raises PeriodsOverlap."""
    move_period(period=period, span=span, by=by, at=at, today=today)
    recount(user=period.held.user, at=at, today=today)


@transaction.atomic
def step_up(
    *,
    held: HeldCertification,
    level: Level,
    passed_on: date,
    log_it: bool,
    nonce: UUID,
    by: User,
    at: datetime,
    today: date,
) -> None:
    """The person passed another level: it is held from now on, and logged as an activity if they say so.

    The activity is about this certification alone.
    """
    upgrade(held=held, level=level, by=by, at=at, today=today)
    if log_it:
        title = f"{held.certification.name}, {level.name} passed"[:200]
        facts = Facts(kind="upgrade", title=title, on=passed_on, amount=100, unit="each")
        others = HeldCertification.objects.of(held.user).in_use().exclude(pk=held.pk)
        not_for = frozenset(others.values_list("pk", flat=True))
        log(facts=facts, nonce=nonce, by=by, at=at, today=today, not_for=not_for)
    recount(user=held.user, at=at, today=today)


@transaction.atomic
def give_up(*, held: HeldCertification, by: User, at: datetime) -> None:
    """The person no longer follows this certification. It can be taken back with all that belongs to it."""
    if held.removed_at is None:
        remove_held(held=held, by=by, at=at)
        Standing.objects.filter(held=held).delete()


@transaction.atomic
def take_back(*, held: HeldCertification, by: User, at: datetime, today: date) -> None:
    """Follow a certification again that was given up. Raises AlreadyHeld if it was added again meanwhile."""
    if held.removed_at is None:
        return
    restore_held(held=held, by=by, at=at)
    period = RenewalPeriod.objects.open().select_related("held__user").get(held=held)
    take_up(period=period, at=at, today=today)
