"""The standing as it was said on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from activities.queries import question_of
from certifications.models import HeldCertification, RuleSetVersion
from certifications.queries import Holding, document_for, others_held

from ..plans import plan_of
from ..queries import Stand, stand_from
from .rewinding import known


@dataclass(frozen=True)
class PastStanding:
    """What was said, by which version, and how much has changed in the record since."""

    stand: Stand
    later: int

    @property
    def version(self) -> RuleSetVersion | None:
        return self.stand.holding.version


def standing_on(held: HeldCertification, *, day: date, known_at: datetime) -> PastStanding | None:
    """The standing on a day from what was known by `known_at`; None where the certification was not in the record.

    Nothing is stored. The rules are those that counted the period then, not the ones that do now.
    """
    found = known(held, known_at, day)
    if found is None:
        return None
    period = found.period
    period.further = others_held(found.held, known_at=known_at)  # type: ignore[attr-defined]
    holding = Holding(found.held, period, period.version, document_for(period))
    question = question_of(holding, found.claims, day, settled=found.settled)
    plan = plan_of([row for row in found.planned if row.on >= day], day)
    return PastStanding(stand_from(question, plan), found.later)
