"""What a version of the rules means for one reader: the page, the mail and the notice say the same from here."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date

import structlog

from accounts.models import User
from activities.queries import Question, questions
from certifications.models import HeldCertification, RuleSetVersion
from certifications.protections import Protections
from certifications.queries import Holding, holdings, under
from certifications.rules.points import show

from ..models import RuleChange
from ..plans import Plan
from ..queries import Stand, planned_for, stand_from
from .comparing import Compared, because, compare, same
from .population import holders_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Personal:
    """What a version does to one thing that the reader holds. `compared` is None where it could not be worked out."""

    held: HeldCertification
    last_day: date
    never_ends: bool
    reached: bool
    compared: Compared | None

    @property
    def affects(self) -> bool:
        """Whether anything is different for the reader."""
        return self.reached and self.compared is not None and self.compared.change.value != "same"

    @property
    def unit(self) -> str:
        return self.compared.after.counted.document.unit.many if self.compared else ""

    @property
    def because(self) -> str:
        return because(self.compared) if self.compared and self.affects else ""

    @property
    def total(self) -> str:
        """ "Your total changes from 81 to 76 of 90." """
        if self.compared is None:
            return ""
        old, new = self.compared.before.standing, self.compared.after.standing
        if (old.counted, old.needed) == (new.counted, new.needed):
            return f"Your total stays at {show(new.counted)} of {show(new.needed)}."
        of = "" if old.needed == new.needed else f" of {show(old.needed)}"
        return f"Your total changes from {show(old.counted)}{of} to {show(new.counted)} of {show(new.needed)}."


def version_before(version: RuleSetVersion) -> RuleSetVersion | None:
    """The version that this one followed."""
    change = RuleChange.objects.filter(version=version).select_related("before").first()
    if change:
        return change.before
    earlier = RuleSetVersion.objects.live().filter(
        rule_set=version.rule_set_id, in_force_from__lt=version.in_force_from
    )
    return earlier.order_by("-in_force_from", "-number").first()


def personal(user: User, version: RuleSetVersion, before: RuleSetVersion | None, today: date) -> list[Personal]:
    """Everything the reader holds that this version is about, with both counts as of its first day, or of today.

    The version need not be stored: before it is published, this is what it would mean. `before` is the one it follows.
    """
    mine = holders_of(version.rule_set, version.document).filter(user=user)
    wanted = holdings(mine.select_related("certification", "level"))
    day = max(today, version.in_force_from)
    plans = planned_for([holding.held.pk for holding in wanted], day)
    return [
        _personal(question, plans.get(question.holding.held.pk, ()), version, before)
        for question in questions(wanted, day)
    ]


def _personal(question: Question, plan: Plan, version: RuleSetVersion, before: RuleSetVersion | None) -> Personal:
    holding, day = question.holding, question.case.as_of
    protections = Protections.of(version.protections)
    followed = version.pk is not None and holding.period.version_id == version.pk
    reached = followed or _will_reach(holding, version, protections, day)
    compared: Compared | None
    try:
        if followed:
            compared = Compared(_earlier(question, plan, before), stand_from(question, plan))
        elif reached:
            compared = compare(question, plan, version, keep=protections.keep, advise=True)
        else:
            compared = same(stand_from(question, plan))
    except Exception:
        # The rules themselves can still be read.
        log.exception("change not worked out", held=holding.held.pk, version=version.pk)
        compared = None
    return Personal(holding.held, holding.period.last_day, holding.period.never_ends, reached, compared)


def _will_reach(holding: Holding, version: RuleSetVersion, protections: Protections, day: date) -> bool:
    """Versions that came with a pack say by their own document which periods they count; these have not been moved."""
    return bool(version.protections) and protections.reach(holding.term.span, version.in_force_from, day)


def _earlier(question: Question, plan: Plan, before: RuleSetVersion | None) -> Stand:
    """The count as it would be, had the rules not changed: what was kept from before belongs to the change."""
    if before is None:
        return stand_from(question, plan)
    holding = under(question.holding, before)
    period = copy(holding.period)
    period.carried_in = [one for one in period.carried_in if not one.get("kept")]
    return stand_from(question.under(Holding(holding.held, period, before, before.document)), plan)
