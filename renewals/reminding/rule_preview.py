"""The mail about a change of rules as somebody would get it, before anything is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import User

from ..impact.publication import Readiness
from ..models import Change, Simulation, SimulationRow
from .mails import Mail, about_rules
from .rule_changes import changes_after

_HIT = (Change.WORSE, Change.FEWER, Change.BETTER)


@dataclass(frozen=True)
class Preview:
    """One mail, and for which kind of change; `kinds` are those of which there are people."""

    mail: Mail
    change: Change
    kinds: tuple[tuple[Change, int], ...]


def preview(ready: Readiness, reader: User, today: date, change: str = "") -> Preview | None:
    """How one person whom the draft affects would read it; None where nobody is known to be affected.

    `reader` looks at it and need not see any names: the mail says none, and what stands below it is the reader's own.
    """
    simulation, content = ready.simulation, ready.content
    if content is None or simulation is None or not ready.fresh or simulation.state != Simulation.State.DONE:
        return None
    kinds = tuple((one, many) for one in _HIT if (many := simulation.summary.get(one, 0)))
    wanted = next((one for one, _ in kinds if one == change), kinds[0][0] if kinds else None)
    row = wanted and SimulationRow.objects.filter(simulation=simulation, change=wanted).order_by("pk").first()
    if wanted is None or not row:
        return None
    version = content.version(ready.draft)
    version.number, version.explanation = ready.number, ready.explanation
    changes = changes_after(ready.before, row.held.user, version, [row.held_id], today)
    return Preview(about_rules(reader, changes), wanted, kinds) if changes else None
