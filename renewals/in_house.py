"""What employers ask of their people beside the certifying body, counted with the same engine over the same record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import structlog
from django.db.models import Q, QuerySet

from accounts.models import Employer, Membership, User
from activities.models import Claim
from activities.queries import claims_of, entries_of
from certifications.models import Adjustment, HeldCertification, InHouseRequirement, RuleSetVersion
from certifications.rules.cases import Case, Term
from certifications.rules.checking import describe
from certifications.rules.dates import Span
from certifications.rules.document import Document
from certifications.rules.in_house import eased, longer, span_on
from certifications.rules.standing import Standing, judge

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class InHouse:
    """One requirement of an employer, for one held certification, as it stands today."""

    held: HeldCertification
    requirement: InHouseRequirement
    version: RuleSetVersion
    document: Document
    span: Span
    adjustments: tuple[Adjustment, ...]
    standing: Standing | None  # None for somebody who is exempt

    @property
    def employer(self) -> Employer:
        return self.requirement.employer

    @property
    def exempt(self) -> bool:
        return self.standing is None

    @property
    def met(self) -> bool:
        return self.standing is None or self.standing.complete

    @property
    def word(self) -> str:
        """What stands in the matrix and on the chip."""
        if self.standing is None:
            return "Exempt"
        if self.standing.complete:
            return "Met"
        return "On course" if self.standing.on_course else "Behind"

    @property
    def unit(self) -> str:
        return self.document.unit.many

    @property
    def unmet(self) -> list[str]:
        """What is missing besides the total."""
        found = self.standing.unmet if self.standing else ()
        return [describe(one, self.unit) for one in found if one.key != "total"]


def running(employer: Employer, today: date) -> QuerySet[InHouseRequirement]:
    """What an employer asks for today."""
    return _on(today).filter(employer=employer).order_by("certification__name", "level__position", "pk")


def for_team(employer: Employer, helds: Iterable[HeldCertification], today: date) -> dict[int, InHouse]:
    """What an employer asks for, by held certification. Four queries, however many; one where it asks for nothing."""
    return {one.held.pk: one for one in _count(list(running(employer, today)), list(helds), today)}


def for_person(user: User, held: HeldCertification, today: date) -> list[InHouse]:
    """What the employers of a person ask for in one certification."""
    works_at = Membership.objects.of(user).on(today).values("employer")
    found = _on(today).filter(employer__in=works_at, certification=held.certification_id).order_by("employer", "pk")
    return [one for employer in _by_employer(found) for one in _count(employer, [held], today)]


def _by_employer(found: Iterable[InHouseRequirement]) -> list[list[InHouseRequirement]]:
    rows: dict[int, list[InHouseRequirement]] = {}
    for one in found:
        rows.setdefault(one.employer_id, []).append(one)
    return list(rows.values())


def _on(today: date) -> QuerySet[InHouseRequirement]:
    return (
        InHouseRequirement.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), since__lte=today)
        .select_related("employer", "certification", "level", "rule_set")
        .prefetch_related("rule_set__versions")
    )


def _count(
    requirements: Sequence[InHouseRequirement], helds: Sequence[HeldCertification], today: date
) -> list[InHouse]:
    asked = [(held, one) for held in helds if (one := _fitting(requirements, held)) is not None]
    if not asked:
        return []
    ids = [held.pk for held, _ in asked]
    claims = claims_of(ids)
    eases: dict[int, list[Adjustment]] = {}
    employer = requirements[0].employer_id
    for row in Adjustment.objects.filter(held__in=ids, membership__employer=employer, ended_at=None).order_by("pk"):
        eases.setdefault(row.held_id, []).append(row)
    found = []
    for held, requirement in asked:
        try:
            counted = _one(held, requirement, claims.get(held.pk, []), tuple(eases.get(held.pk, ())), today)
        except Exception:
            # Whatever is wrong with one employer's rules, the page must be shown.
            log.exception("in-house count failed", held=held.pk, requirement=requirement.pk)
            continue
        if counted:
            found.append(counted)
    return found


def _fitting(requirements: Sequence[InHouseRequirement], held: HeldCertification) -> InHouseRequirement | None:
    """The requirement for this level, else the one for any level."""
    fitting = [
        one for one in requirements
        if one.certification_id == held.certification_id and one.level_id in (None, held.level_id)
    ]  # fmt: skip
    return max(fitting, key=lambda one: one.level_id is not None, default=None)


def version_on(requirement: InHouseRequirement, today: date) -> RuleSetVersion | None:
    """The version that is in force on a day."""
    live = (RuleSetVersion.Status.PUBLISHED, RuleSetVersion.Status.SUPERSEDED)
    found = [one for one in requirement.rule_set.versions.all() if one.status in live and one.in_force_from <= today]
    return max(found, key=lambda one: (one.in_force_from, one.number), default=None)


def _one(
    held: HeldCertification, requirement: InHouseRequirement, claims: Sequence[Claim],
    eases: tuple[Adjustment, ...], today: date,
) -> InHouse | None:  # fmt: skip
    version = version_on(requirement, today)
    if version is None:
        return None
    months = version.document.period.months or 12
    span = _span(months, requirement.since, eases, today)
    document = version.document
    for one in eases:
        document = eased(document, one.percent)
    exempt = any(one.kind == Adjustment.Kind.EXEMPTION for one in eases)
    standing = None if exempt else _judged(held, document, span, claims, today)
    return InHouse(held, requirement, version, document, span, eases, standing)


def _span(months: int, since: date, eases: Iterable[Adjustment], today: date) -> Span:
    """The running period; one that was made longer goes on until its later end."""
    for one in eases:
        made_on = max(since, one.made_at.date())
        extended = longer(span_on(months, since, made_on), one.extra_months)
        if one.extra_months and extended.start <= today < extended.end:
            return extended
    return span_on(months, since, today)


def _judged(held: HeldCertification, document: Document, span: Span, claims: Sequence[Claim], today: date) -> Standing:
    keyed: Mapping[str, Claim] = {str(claim.pk): claim for claim in claims}
    facts = {**held.facts, "level": held.level.code if held.level else ""}
    return judge(document, Case(Term(span, span), today, entries_of(keyed, chosen=False), facts=facts))
