"""One held certification under two versions of its rules: what changes, and because of which rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from activities.queries import Question
from certifications.models import RuleSetVersion
from certifications.queries import Holding, under
from certifications.rules.document import Document
from certifications.rules.points import show
from certifications.rules.words import REASON_LABELS, STANDING_LABELS, Reason, StandingWord

from ..models import Change
from ..plans import Plan
from ..queries import Stand, stand_from

DUE_READY = "due-ready"
# What lists of changes call a standing; one that is due and complete is another one than one that is due and short.
WORDS = {
    **{word.value: label for word, label in STANDING_LABELS.items()}, StandingWord.DUE.value: "Due, short",
    DUE_READY: "Due, ready",
}  # fmt: skip
_BETTER_LAST = [StandingWord.LAPSED, StandingWord.DUE, StandingWord.AT_RISK, DUE_READY, StandingWord.ON_TRACK]
_REASONS = 3
_LONGEST = 300


@dataclass(frozen=True)
class Compared:
    """A held certification before and after. Where the change does not reach it, both are the same."""

    before: Stand
    after: Stand
    kept: int = 0  # points (hundredths) that a protection leaves

    @property
    def change(self) -> Change:
        return change_between(self.before, self.after)


def word_of(stand: Stand) -> str:
    """The standing, with "due and ready" apart from "due and short"."""
    return DUE_READY if stand.standing.ready else stand.standing.word.value


def change_between(before: Stand, after: Stand) -> Change:
    """Worse or better by standing first; then by points, and by what is left to do."""
    was, becomes = (_BETTER_LAST.index(word_of(one)) for one in (before, after))
    if was != becomes:
        return Change.WORSE if becomes < was else Change.BETTER
    old, new = before.standing, after.standing
    if new.counted < old.counted or new.to_go > old.to_go or (old.complete and not new.complete):
        return Change.FEWER
    if new.counted > old.counted or new.to_go < old.to_go or (new.complete and not old.complete):
        return Change.BETTER
    return Change.SAME


def compare(question: Question, plan: Plan, version: RuleSetVersion, *, keep: bool, advise: bool = False) -> Compared:
    """Count a question under its own rules and under another version; `keep` leaves what counted before.

    With `advise` each says as well what to do next, which one person wants to know and a simulation does not.
    """
    before = stand_from(question, plan, advise=advise)
    holding, kept = moved(before, version, keep=keep)
    return Compared(before, stand_from(question.under(holding), plan, advise=advise), kept)


def moved(before: Stand, version: RuleSetVersion, *, keep: bool) -> tuple[Holding, int]:
    """The holding as it is once the version reaches it, and the points that stay. Nothing is stored."""
    holding = under(before.holding, version)
    lost = 0
    if keep:
        counted = before.counted
        plain = counted.question.under(holding).counted()
        lost = max(0, before.standing.counted - plain.outcome.counted)
    if lost:
        kept = {"points": lost, "category": "", "topics": [], "periods": 1, "earned_on": None, "kept": True}
        holding.period.carried_in = [*holding.period.carried_in, kept]
    return holding, lost


def because(compared: Compared) -> str:
    """The rules that make the difference, the heaviest first; without numbers of the person, so that it groups."""
    before, after = compared.before, compared.after
    found = _needs(before, after) + _losses(before, after) + _worth(before, after) + _unmet(before, after)
    return "; ".join(list(dict.fromkeys(found))[:_REASONS])[:_LONGEST]


def _needs(before: Stand, after: Stand) -> list[str]:
    was, now = before.standing.needed, after.standing.needed
    return [f"{show(now)} needed instead of {show(was)}"] if was != now else []


def _losses(before: Stand, after: Stand) -> list[str]:
    """Points that a rule takes now and did not take before, or the other way round."""
    old, new = _lost(before), _lost(after)
    moves = {key: new.get(key, 0) - old.get(key, 0) for key in {**new, **old}}
    ordered = sorted((key for key in moves if moves[key]), key=lambda key: (-abs(moves[key]), key))
    # Where points are lost, what takes them is the cause; what takes fewer is not.
    worse = [key for key in ordered if moves[key] > 0]
    return [
        _named(after.counted.document, *key) if moves[key] > 0 else _named(before.counted.document, *key, gone=True)
        for key in worse or ordered
    ]


def _lost(stand: Stand) -> dict[tuple[str, str, int], int]:
    found: dict[tuple[str, str, int], int] = {}
    for line in stand.counted.outcome.lines:
        for loss in line.losses:
            key = (loss.reason.value, loss.rule, loss.limit or 0)
            found[key] = found.get(key, 0) + loss.points
    return found


def _named(document: Document, reason: str, rule: str, limit: int, *, gone: bool = False) -> str:
    cap = next((one for one in document.caps if one.key == rule), None)
    kind = next((one for one in document.kinds if one.key == rule), None)
    if cap:
        only = cap.select.one_category
        name = next((one.name for one in document.categories if one.key == only), cap.name)
        a_year = " a year" if Reason(reason) is Reason.YEARLY_CAP else ""
        said = f"{name} cap {show(limit)}{a_year}" if limit else cap.name
    else:
        label = REASON_LABELS[Reason(reason)]
        said = f"{kind.name}: {label.lower()}" if kind else label
    return f"{said} no longer takes as much" if gone else said


def _worth(before: Stand, after: Stand) -> list[str]:
    """Kinds of activity that bring more or less than before, whatever caps say."""
    old, new = _asked(before), _asked(after)
    names = {rule.key: rule.name for one in (before, after) for rule in one.counted.document.kinds}
    found = []
    for key in {**old, **new}:
        was, now = old.get(key, 0), new.get(key, 0)
        if was != now and key:
            found.append(f"{names.get(key, key)} counts {'less' if now < was else 'more'}")
    return sorted(found)


def _asked(stand: Stand) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in stand.counted.outcome.lines:
        found[line.rule] = found.get(line.rule, 0) + line.asked
    return found


def _unmet(before: Stand, after: Stand) -> list[str]:
    """What must hold now and is not met, and did not have to hold, or was met."""
    was = {one.key for one in before.standing.unmet}
    total = ("need", "total")
    return [one.name for one in after.standing.unmet if one.key not in was and one.key not in total]


def same(stand: Stand) -> Compared:
    """A held certification that the change does not reach."""
    return Compared(stand, replace(stand))
