"""Whom a version of a rule set could reach, and what it does to each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import structlog
from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.queries import questions
from certifications.content import as_version
from certifications.models import HeldCertification, RenewalPeriod, RuleSet, RuleSetVersion
from certifications.protections import Protections
from certifications.queries import Holding, holdings
from certifications.rules.document import Document

from ..models import Change, Simulation, SimulationRow
from ..queries import planned_for, stand_from
from .comparing import Compared, because, compare, same, word_of

log = structlog.get_logger(__name__)


def holders_of(rule_set: RuleSet, document: Document) -> QuerySet[HeldCertification]:
    """Everybody who holds what this document is about, at a level it is about, with a period that runs."""
    found = HeldCertification.objects.in_use().filter(
        Exists(RenewalPeriod.objects.open().filter(held=OuterRef("pk"))),
        certification__body=rule_set.body_id, certification__slug__in=document.rules.certifications,
    )  # fmt: skip
    if document.rules.levels:
        found = found.filter(Q(level=None) | Q(level__code__in=document.rules.levels))
    return found


def version_of(simulation: Simulation) -> RuleSetVersion:
    """The version that was simulated, not stored."""
    protections = Protections.of(simulation.protections)
    return as_version(simulation.draft, simulation.canonical, simulation.starts_on, protections)


@dataclass(frozen=True)
class Result:
    """What a version does to one held certification; `compared` is None where it could not be counted."""

    holding: Holding
    compared: Compared | None


def results(found: Iterable[Holding], version: RuleSetVersion, day: date) -> Iterator[Result]:
    """Count each holding under its own rules and under the version, if that reaches it. Two queries for all."""
    wanted = list(found)
    protections = Protections.of(version.protections)
    plans = planned_for([holding.held.pk for holding in wanted], day)
    for question in questions(wanted, day):
        holding = question.holding
        plan = plans.get(holding.held.pk, ())
        try:
            if protections.reach(holding.term.span, version.in_force_from, day):
                yield Result(holding, compare(question, plan, version, keep=protections.keep))
            else:
                yield Result(holding, same(stand_from(question, plan, advise=False)))
        except Exception:
            # One that cannot be counted is told apart; it must not hide what happens to all others.
            log.exception("simulation failed", held=holding.held.pk)
            yield Result(holding, None)


def rows(simulation: Simulation, first: int, last: int) -> Iterator[SimulationRow]:
    """The rows of some held certifications, by id, both ends included."""
    version = version_of(simulation)
    held = holders_of(simulation.draft.rule_set, version.document).filter(pk__gte=first, pk__lte=last)
    for result in results(holdings(held), version, simulation.day):
        yield _row(simulation, result)


def _row(simulation: Simulation, result: Result) -> SimulationRow:
    held, compared = result.holding.held, result.compared
    if compared is None:
        return SimulationRow(simulation=simulation, held=held, change=Change.FAILED)
    before, after, change = compared.before, compared.after, compared.change
    return SimulationRow(
        simulation=simulation, held=held, change=change, was=word_of(before), becomes=word_of(after),
        counted_before=before.standing.counted, counted_after=after.standing.counted,
        needed_before=before.standing.needed, needed_after=after.standing.needed, kept=compared.kept,
        because="" if change == Change.SAME else because(compared),
    )  # fmt: skip
