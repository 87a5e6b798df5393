"""What follows when a period ended short, and earlier ones did as well."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .cases import Case
from .dates import add_months
from .document import Document, Escalation
from .results import Outcome


def consequence(document: Document, case: Case, outcome: Outcome, failures: Iterable[date] = ()) -> Escalation | None:
    """The heaviest consequence of a period that is over and was not met; None where there is none.

    `failures` are the last days of earlier periods that were missed; each consequence looks back its own months.
    """
    if outcome.compliant or case.as_of <= case.term.earns.last:
        return None
    earlier = list(failures)
    found = [one for one in document.escalations if _reached(one, case.term.span.last, earlier)]
    return max(found, key=lambda one: one.failures, default=None)


def _reached(escalation: Escalation, last: date, earlier: list[date]) -> bool:
    since = add_months(last, -escalation.within_months)
    return 1 + sum(1 for day in earlier if since < day < last) >= escalation.failures
