"""Writes about what an employer asks of its people beside the certifying body, and what it eases for one of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import Employer, Membership, User
from accounts.problems import EmployerProblem
from certifications.models import (
    Adjustment,
    Certification,
    HeldCertification,
    InHouseRequirement,
    Level,
    RuleSet,
    RuleSetVersion,
)
from certifications.rules.document import Document


class AlreadyAsked(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("There is a requirement for this certification already. Change that one.")


class ChangedMeanwhile(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("Somebody changed this requirement meanwhile. Look at it again before you save.")


class AlreadyEased(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("There is an adjustment of this kind already. End it first.")


class NotForYourself(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("Nobody adjusts their own requirement. Somebody else at your employer can.")


@transaction.atomic
def ask_in_house(
    *, employer: Employer, certification: Certification, level: Level | None, document: Document, since: date,
    by: User, at: datetime,
) -> InHouseRequirement:  # fmt: skip
    """Begin a requirement with version 1 of its rules. Raises AlreadyAsked."""
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    asked = InHouseRequirement.objects.filter(employer=employer, certification=certification, level=level)
    if asked.filter(ended_on=None).exists():
        raise AlreadyAsked
    number = RuleSet.objects.filter(employer=employer).count() + 1
    rule_set = RuleSet.objects.create(
        employer=employer, slug=f"in-house-{employer.pk}-{number}", name=document.rules.name
    )
    requirement = InHouseRequirement.objects.create(
        employer=employer, certification=certification, level=level, rule_set=rule_set, since=since
    )
    _publish(rule_set, document, 1, since, by, at)
    _tell("requirement made", requirement, by, at, {"since": since, "digest": document.digest()})
    return requirement


@transaction.atomic
def change_in_house(
    *, requirement: InHouseRequirement, document: Document, seen: int, by: User, at: datetime, today: date
) -> RuleSetVersion:
    """Publish new rules from today on. `seen` is the number of the version they replace. Raises ChangedMeanwhile."""
    kept = _locked(requirement)
    last = kept.rule_set.versions.order_by("-number").first()
    if last is None or last.number != seen or kept.ended_on is not None:
        raise ChangedMeanwhile
    if last.digest == document.digest():
        return last
    RuleSetVersion.objects.filter(rule_set=kept.rule_set, status=RuleSetVersion.Status.PUBLISHED).update(
        status=RuleSetVersion.Status.SUPERSEDED
    )
    RuleSet.objects.filter(pk=kept.rule_set_id).update(name=document.rules.name)
    version = _publish(kept.rule_set, document, last.number + 1, today, by, at)
    _tell("requirement changed", kept, by, at, {"version": version.number, "digest": version.digest})
    return version


@transaction.atomic
def end_in_house(*, requirement: InHouseRequirement, by: User, at: datetime, today: date) -> InHouseRequirement:
    """Ask for it no longer, from today on. What it was stays on record."""
    kept = _locked(requirement)
    if kept.ended_on is None:
        kept.ended_on = max(kept.since, today)
        kept.save(update_fields=["ended_on"])
        _tell("requirement ended", kept, by, at, {"ended_on": kept.ended_on})
    return kept


@transaction.atomic
def ease(
    *, membership: Membership, held: HeldCertification, kind: str, percent: int, extra_months: int, reason: str,
    by: User, at: datetime,
) -> Adjustment:  # fmt: skip
    """Ease a requirement for one person, who reads the reason. Raises NotForYourself and AlreadyEased."""
    if membership.user_id == by.pk:
        raise NotForYourself
    Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if Adjustment.objects.filter(membership=membership, held=held, kind=kind, ended_at=None).exists():
        raise AlreadyEased
    adjustment = Adjustment.objects.create(
        membership=membership, held=held, kind=kind, percent=percent, extra_months=extra_months, reason=reason,
        made_by=by, made_at=at,
    )  # fmt: skip
    after = {"kind": kind, "percent": percent, "extra_months": extra_months, "reason": reason}
    audit.record(
        verb="requirement eased", by=by, at=at, target=adjustment, label=str(adjustment), subject=membership.user,
        after=after,
    )  # fmt: skip
    return adjustment


@transaction.atomic
def end_ease(*, adjustment: Adjustment, by: User, at: datetime) -> Adjustment:
    """End an adjustment; it stays on record. Raises NotForYourself."""
    kept = (
        Adjustment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("membership__user", "held")
        .get(pk=adjustment.pk)
    )
    if kept.membership.user_id == by.pk:
        raise NotForYourself
    if kept.ended_at is None:
        kept.ended_at = at
        kept.save(update_fields=["ended_at"])
        audit.record(verb="adjustment ended", by=by, at=at, target=kept, label=str(kept), subject=kept.membership.user)
    return kept


def _locked(requirement: InHouseRequirement) -> InHouseRequirement:
    Employer.objects.select_for_update(no_key=True).get(pk=requirement.employer_id)
    return InHouseRequirement.objects.select_related("employer", "certification", "level", "rule_set").get(
        pk=requirement.pk
    )


def _publish(rule_set: RuleSet, document: Document, number: int, day: date, by: User, at: datetime) -> RuleSetVersion:
    return RuleSetVersion.objects.create(
        rule_set=rule_set, number=number, label=str(number), status=RuleSetVersion.Status.PUBLISHED, in_force_from=day,
        checked_on=day, canonical=document.canonical(), digest=document.digest(), author=by, created_at=at,
        published_at=at,
    )  # fmt: skip


def _tell(verb: str, requirement: InHouseRequirement, by: User, at: datetime, after: dict[str, Any]) -> None:
    label = f"{requirement.rule_set.name}, {requirement.employer.name}"
    audit.record(verb=verb, by=by, at=at, target=requirement, label=label, after=after)
