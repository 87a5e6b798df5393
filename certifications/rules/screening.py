"""Which rule an entry falls under, whether it may count at all, and which entries repeat others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .cases import Case, Entry
from .dates import add_months, written
from .document import Document, KindRule, Relief
from .needing import applies
from .period_dates import exam_by, reliefs
from .points import ONE
from .selecting import Below, Matcher, selects
from .words import KINDS, Group, Reason
from .worth import Worth, measures

# What does not count for what it is; anything else was done, whatever it is worth and wherever its days lie.
_NOT_DONE = frozenset(
    {
        Reason.NOT_RELEVANT, Reason.DUPLICATE, Reason.BELOW_LEVEL, Reason.WAITING, Reason.NOT_CONFIRMED,
        Reason.EVIDENCE,
    }
)  # fmt: skip


@dataclass
class Draft:
    """A ledger line in the making: what was asked, what is lost already, and the steps so far."""

    entry: Entry
    rule: KindRule | None = None
    value: Worth | None = None
    asked: int = 0
    lost: list[tuple[Reason, int, str, str]] = field(default_factory=list)  # reason, points, text, rule or other key
    steps: list[str] = field(default_factory=list)
    excluded: bool = False
    carried: bool = False
    repeats: bool = False  # another taking of it counts instead
    pieces: list[int] = field(default_factory=list)

    def refuse(self, reason: Reason, text: str, points: int | None = None, rule: str = "") -> None:
        self.lost.append((reason, self.asked if points is None else points, text, rule))
        self.steps.append(text)


class Screen:
    """The rules of a document as they stand for one case: which kinds apply, which days count."""

    def __init__(self, document: Document, case: Case, below: Below) -> None:
        self.document, self.case, self.below = document, case, below
        self.step = ONE if document.whole_points else 1
        self.kinds = [rule for rule in document.kinds if applies(rule.when, case.facts)]
        self._of_kind: dict[str, list[KindRule]] = {}
        self._matchers = {rule.key: Matcher(rule.select, below) for rule in self.kinds}
        # Whether a day has a limit, so that a course over several days must be laid on each of them.
        self.daily = any(cap.window == "day" and applies(cap.when, case.facts) for cap in document.caps)
        self.reliefs = reliefs(document, case.term.span)
        self.exam_by = exam_by(document, case.term.span)

    def rule_for(self, entry: Entry) -> KindRule | None:
        """The first kind rule that fits the entry, in document order.

        Without a kind, rules that name the entry's category come before those that name one around it, and rules that
        are made for its unit before others.
        """
        if entry.kind not in self._of_kind:
            self._of_kind[entry.kind] = [one for one in self.kinds if not one.kind or entry.kind in one.kind]
        rules = self._of_kind[entry.kind]
        if entry.category and not entry.kind:
            rules = sorted(
                self.kinds, key=lambda one: (entry.category not in one.category, not measures(one, entry.unit))
            )
        for rule in rules:
            if entry.category and not any(entry.category in self.below[name] for name in rule.category):
                continue
            if (rule.from_ or rule.until) and not self.in_force(rule, entry):
                continue
            if self._matchers[rule.key].means(entry, entry.category or rule.category[0]):
                return rule
        return None

    def in_force(self, rule: KindRule, entry: Entry) -> bool:
        """Whether a kind rule is for activities, or applications, of this day."""
        day = entry.on
        if self.document.rules.decided_by == "submission":
            # PTCB refused in-service hours in applications from 2018 on, whenever they were earned.
            day = entry.submitted_on or self.case.as_of
        return not ((rule.from_ and day < rule.from_) or (rule.until and day >= rule.until))

    def day_of(self, entry: Entry, rule: KindRule | None) -> date:
        """The day an entry belongs to that is not work over time."""
        first = rule is not None and rule.counts_on == "first-day" and entry.since is not None
        return entry.since or entry.on if first else entry.on

    def outside(self, day: date, entry: Entry, category: str = "") -> tuple[Reason, str] | None:
        """Why a day of an entry does not count for the period, or None when it does."""
        earns, span = self.case.term.earns, self.case.term.span
        if day < earns.start:
            days = (earns.start - day).days
            text = f"{written(day)} is {days} day{'s' * (days != 1)} before this period began on {written(span.start)}."
            return Reason.BEFORE_PERIOD, text
        if day >= earns.end and not self.case.term.never_ends and not self._relieved(day, entry, category):
            text = f"{written(day)} is after {written(earns.last)}. It is kept for your next period."
            return Reason.AFTER_PERIOD, text
        if day > self.case.as_of:
            return Reason.NOT_YET, f"{written(day)} has not come yet."
        return None

    def _relieved(self, day: date, entry: Entry, category: str) -> bool:
        return any(
            day <= add_months(self.case.term.span.last, relief.extra_months) and self._meant(relief, entry, category)
            for relief in self.reliefs
        )

    def _meant(self, relief: Relief, entry: Entry, category: str) -> bool:
        return selects(relief.select, entry, entry.category or category, self.below)

    def inside(self, day: date) -> date:
        """Days of early-earning, grace and relief belong to the period's first and last day."""
        span = self.case.term.span
        return day if self.case.term.never_ends else min(max(day, span.start), span.last)

    def happened_on(self, draft: Draft) -> date | None:
        """The day in the period on which an entry stands, whatever it is worth; None where it does not stand.

        It may bring no points and may be of a kind without any. Exams may be sat as long as the rules allow.
        """
        if draft.carried or draft.entry.on > self.case.as_of:
            return None
        if draft.excluded and any(reason in _NOT_DONE for reason, *_ in draft.lost):
            return None
        day = self.day_of(draft.entry, draft.rule)
        if self.outside(day, draft.entry, _first_category(draft)) is None:
            return self.inside(day)
        kind = KINDS.get(draft.entry.kind)
        is_exam = kind is not None and kind.group is Group.EXAM
        return self.inside(day) if is_exam and self.case.term.earns.end <= day <= self.exam_by else day

    def is_to_come(self, draft: Draft) -> bool:
        """Whether an entry lies wholly after the day of the count, or after the days that earn."""
        entry, rule = draft.entry, draft.rule
        first = entry.since if rule and entry.since and spreads(rule, entry) else self.day_of(entry, rule)
        found = self.outside(first, entry, _first_category(draft))
        return found is not None and found[0] is not Reason.BEFORE_PERIOD

    def barred(self, draft: Draft) -> bool:
        """Whether the entry may not count whatever its day and the caps; writes the reason."""
        entry, rule = draft.entry, draft.rule
        if rule is None:
            return True
        if not entry.relevant:
            draft.refuse(Reason.NOT_RELEVANT, "Marked as not related to this field.")
        elif entry.duplicate_of:
            text = "Looks the same as another activity. It is counted once."
            draft.refuse(Reason.DUPLICATE, text, rule=entry.duplicate_of)
        elif rule.above_level and entry.above_level is False:
            level = self.case.facts.get("level", "")
            draft.refuse(Reason.BELOW_LEVEL, f"Training must be above Level {level} to count here.", rule=rule.key)
        elif rule.confirmed and entry.confirmed is None:
            draft.refuse(Reason.WAITING, "This counts once it is confirmed.", rule=rule.key)
        elif rule.confirmed and entry.confirmed is False:
            draft.refuse(Reason.NOT_CONFIRMED, "It was not confirmed.", rule=rule.key)
        elif rule.evidence == "to-count" and not entry.evidence:
            draft.refuse(Reason.EVIDENCE, f"{rule.name} counts only with evidence.", rule=rule.key)
        else:
            return False
        return True


def _first_category(draft: Draft) -> str:
    return draft.entry.category or (draft.rule.category[0] if draft.rule else "")


def alike(text: str) -> str:
    """A title or course code as repetitions are told by it: capitals and blanks make no difference."""
    return " ".join(text.casefold().split())


def spreads(rule: KindRule, entry: Entry) -> bool:
    """Whether this is work over time, laid on its days; anything else belongs to one day."""
    return entry.since is not None and (rule.over_time or rule.per == "month" or rule.for_whole_period)


def repeats(drafts: list[Draft], screen: Screen) -> dict[int, int]:
    """Drafts that repeat another one under a rule "once", by place, with the place of the one that counts.

    Of several takings of one course the one that is worth most counts, of equal ones the oldest: so a short first try
    never costs a full second one. What was counted before the period stays counted; what is to come repeats nothing
    yet, and a taking in the next period does not undo one in this.
    """
    start = screen.case.term.earns.start
    groups: dict[tuple[str, str], list[int]] = {}
    for place, draft in enumerate(drafts):
        rule = draft.rule
        if rule is None or not (rule.once or rule.once_months or rule.one_claim):
            continue
        if not _worth(draft) or screen.is_to_come(draft):
            continue
        name = "" if rule.one_claim else alike(draft.entry.course) or alike(draft.entry.title)
        if name or rule.one_claim:
            groups.setdefault((rule.key if rule.one_claim else "", name), []).append(place)
    found: dict[int, int] = {}
    for places in groups.values():
        kept: list[int] = []
        places.sort(key=lambda place: (drafts[place].entry.on >= start, -_worth(drafts[place]), place))
        for place in places:
            other = next((one for one in kept if _repeats(drafts[place], drafts[one], start)), None)
            if other is None:
                kept.append(place)
            else:
                found[place] = other
    return found


def _worth(draft: Draft) -> int:
    return draft.value.points if draft.value else 0


def _repeats(draft: Draft, other: Draft, start: date) -> bool:
    rule, day, before = draft.rule, draft.entry.on, other.entry.on
    if rule is None:
        return False
    if rule.once == "ever" or ((rule.once == "period" or rule.one_claim) and min(day, before) >= start):
        return True
    return bool(rule.once_months) and add_months(min(day, before), rule.once_months or 0) > max(day, before)
