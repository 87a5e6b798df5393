"""Reads over several tables: which rules count a held certification, and who holds what."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User

from .models import Certification, HeldCertification, Level, RenewalPeriod, RuleSet, RuleSetVersion
from .protections import Protections
from .rules.cases import Term
from .rules.dates import Span, add_months, whole_months
from .rules.document import Document
from .rules.periods import FOREVER, Dates, Holder, begins_first, dates_of, first_period, next_period
from .rules.plain import plain_document


@dataclass(frozen=True)
class Holding:
    """A held certification with its open period and the rules that count it: all that a count needs of this app."""

    held: HeldCertification
    period: RenewalPeriod
    version: RuleSetVersion | None
    document: Document

    @property
    def term(self) -> Term:
        period = self.period
        return Term(
            Span(period.start, period.end), Span(period.earns_from, period.earns_until), never_ends=period.never_ends
        )

    @property
    def dates(self) -> Dates:
        """The days around the period: submit by, window opens, suspension."""
        return dates_of(self.document, self.term.span, holder_of(self.held), ordinal=self.period.ordinal)

    @property
    def facts(self) -> dict[str, Any]:
        """What conditions in the rules may ask about the holder and this period."""
        held, awarded = self.held, self.held.awarded_on
        days = {"awarded": awarded, "birth": held.user.birth_date}
        further = getattr(self.period, "further", None)
        if further is None and self.document.counts_others:
            further = self.period.further = others_held(held)  # type: ignore[attr-defined]
        return {
            **({} if further is None else {"further-certifications": further}),
            **{fact: day for fact, day in days.items() if day},
            **held.facts,
            "level": held.level.code if held.level else "",
            "period-number": self.period.ordinal,
            "first-period": self.period.ordinal == 1
            and awarded is not None
            and begins_first(self.document, awarded, self.period.start),
        }


@dataclass(frozen=True)
class Trade:
    """The certifications of one trade, as the catalogue shows them."""

    name: str
    certifications: list[Certification]


def catalogue_by_trade(words: str = "") -> list[Trade]:
    """The catalogue, or what of it matches these words, by trade."""
    found = (
        Certification.objects.catalogue()
        .matching(words)
        .select_related("body")
        .order_by("body__trade", "body__name", "name")
    )
    trades: dict[str, list[Certification]] = {}
    for certification in found:
        trades.setdefault(certification.body.trade if certification.body else "", []).append(certification)
    return [Trade(name, certifications) for name, certifications in trades.items()]


def as_the_catalogue_spells(words: str) -> str:
    """These words with each that the catalogue lacks as the nearest it has: "fire alrm" as "fire alarm".

    Empty where some word is near to none, or all are there already.
    """
    said = Certification.objects.catalogue().values_list(
        "name", "short", "field", "specialty", "body__name", "body__full_name", "body__trade"
    )
    known = {word.strip(",.()").lower() for row in said for part in row if part for word in part.split()}
    given = words.lower().split()[:8]
    near = [word if word in known else next(iter(get_close_matches(word, known, 1, 0.75)), "") for word in given]
    return " ".join(near) if all(near) and near != given else ""


def holder_of(held: HeldCertification) -> Holder:
    """The dates about the person that period rules may ask for."""
    return Holder(awarded=held.awarded_on, birth=held.user.birth_date)


def following_span(holding: Holding, renewed_on: date, *, months: int | None = None) -> Span:
    """The renewal period after the open one, if the body renews on that day. Raises ValueError where a date is missing.

    `months` is given where the way of renewing gives another length than the usual one. Without rules it is as long as
    the one before. Where so much time has passed that the next period is over as well,
    the certification starts anew with the renewal.
    """
    span = holding.term.span
    if holding.version is None:
        return Span(span.end, add_months(span.end, whole_months(span.start, span.end) or 12))
    holder = holder_of(holding.held)
    following = next_period(holding.document, span, holder, renewed_on=renewed_on, months=months)
    if following.end <= renewed_on:
        return first_period(holding.document, Holder(awarded=renewed_on, birth=holder.birth))
    return following


def holdings_of(user: User) -> list[Holding]:
    """Everything this person holds now, with period and rules, in a fixed number of queries."""
    return _holdings(RenewalPeriod.objects.open().filter(user=user, held__removed_at=None))


def holdings(held_certifications: QuerySet[HeldCertification] | Iterable[HeldCertification | int]) -> list[Holding]:
    """Holdings for held certifications, or their ids; those without an open period are left out."""
    held = held_certifications
    if isinstance(held, QuerySet):
        # Asked for by themselves: inside the other question PostgreSQL, with so many tables to join, begins with
        # everybody's periods and comes to these few in the end.
        held = list(held.values_list("pk", flat=True))
    return _holdings(RenewalPeriod.objects.open().filter(held__in=held))


def _holdings(periods: QuerySet[RenewalPeriod]) -> list[Holding]:
    mine = HeldCertification.objects.in_use().filter(
        user=OuterRef("user"), certification__body=OuterRef("held__certification__body")
    )
    others = mine.exclude(pk=OuterRef("held")).order_by().values("user").annotate(number=Count("pk")).values("number")
    found = (
        periods.select_related("held__certification__body", "held__level", "held__user", "version__rule_set")
        .annotate(further=Coalesce(Subquery(others), 0))
        .order_by("held__added_at", "held_id")
    )
    return [Holding(period.held, period, period.version, document_for(period)) for period in found]


def others_held(held: HeldCertification, *, known_at: datetime | None = None) -> int:
    """How many other certifications of the same body the person holds, or held as was known at a moment."""
    others = HeldCertification.objects.filter(user=held.user_id, certification__body=held.certification.body_id)
    others = others.exclude(pk=held.pk).exclude(certification__body=None)
    if known_at is None:
        return others.in_use().count()
    return others.filter(added_at__lte=known_at).exclude(removed_at__lte=known_at).count()


def document_for(period: RenewalPeriod) -> Document:
    """The rules of a period: its version's, or a plain need without caps where there are no rules yet."""
    if period.version:
        return period.version.document
    held = period.held
    return plain_document(name=held.certification.name, need=held.plain_need or 0, never_ends=period.never_ends)


def earning_days(version: RuleSetVersion | None, held: HeldCertification, span: Span, ordinal: int) -> Span:
    """The days that count for a period: its own, and those of early earning and of grace."""
    if version is None or span.end >= FOREVER:
        return span
    earns = dates_of(version.document, span, holder_of(held), ordinal=ordinal).term.earns
    return Span(min(earns.start, span.start), max(earns.end, span.end))


def under(holding: Holding, version: RuleSetVersion) -> Holding:
    """The same period under another version: its dates stay, the days that count for it follow. Nothing is stored."""
    period = copy(holding.period)
    earns = earning_days(version, holding.held, holding.term.span, period.ordinal)
    period.version, period.earns_from, period.earns_until = version, earns.start, earns.end
    return Holding(holding.held, period, version, version.document)


def rule_sets_for(certification: Certification, level: Level | None) -> list[RuleSet]:
    """The rule sets that speak of this certification at this level."""
    found = []
    for rule_set in certification.rule_sets.filter(employer=None).prefetch_related("versions").order_by("slug"):
        levels = {code for version in _live(rule_set) for code in version.document.rules.levels}
        if not levels or level is None or level.code in levels:
            found.append(rule_set)
    return found


def version_for(
    certification: Certification, level: Level | None, span: Span | None, day: date
) -> RuleSetVersion | None:
    """The version that counts a period, by the date the rules themselves say decides; None where there are no rules.

    Where the period is older than every version, the oldest one speaks. `day` stands for the submission. A version
    that no longer names the certification leaves it to the versions that do.
    """
    candidates = [version for rule_set in rule_sets_for(certification, level) for version in _live(rule_set)]
    candidates = [version for version in candidates if _fits(version, level)]
    named = [version for version in candidates if certification.slug in version.document.rules.certifications]
    candidates = named or candidates
    candidates.sort(key=lambda version: (version.in_force_from, version.number))
    fitting = [version for version in candidates if counts_for(version, span, day)]
    return fitting[-1] if fitting else next(iter(candidates), None)


def _live(rule_set: RuleSet) -> Iterable[RuleSetVersion]:
    live = (RuleSetVersion.Status.PUBLISHED, RuleSetVersion.Status.SUPERSEDED)
    return [version for version in rule_set.versions.all() if version.status in live]


def _fits(version: RuleSetVersion, level: Level | None) -> bool:
    levels = version.document.rules.levels
    return not levels or level is None or level.code in levels


def counts_for(version: RuleSetVersion, span: Span | None, day: date) -> bool:
    """Whether a version counts a period, asked on `day`: by what was decided when it was published, else by itself."""
    if version.protections and span is not None:
        return Protections.of(version.protections).reach(span, version.in_force_from, day)
    return version.in_force_from <= _deciding(version, span, day)


def _deciding(version: RuleSetVersion, span: Span | None, day: date) -> date:
    if span is None or version.document.rules.decided_by == "submission":
        return day
    return span.last if version.document.rules.decided_by == "period-end" else span.start
