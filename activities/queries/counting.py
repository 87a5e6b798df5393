"""From rows to what the engine counts: entries for many held certifications in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef

from certifications.models import RenewalPeriod
from certifications.queries import Holding
from certifications.rules.cases import Carried, Case, Entry
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.results import Line, Outcome
from certifications.rules.words import KINDS

from ..models import Activity, Claim, Confirmation, EvidenceLink

_State = Confirmation.State


@dataclass(frozen=True)
class Counted:
    """A held certification's count: the question and the answer."""

    holding: Holding
    case: Case
    outcome: Outcome
    claims: Mapping[str, Claim]  # by the engine's key of the line
    settled: Mapping[str, Claim] = field(default_factory=dict)  # of closed periods: no lines of this one

    @property
    def question(self) -> Question:
        """What this is the answer to."""
        return Question(self.holding, self.case, self.claims, self.settled)

    @property
    def document(self) -> Document:
        return self.holding.document

    def claim_of(self, line: Line) -> Claim | None:
        """The claim a line is about; None for carried points."""
        return self.claims.get(line.key)


def count_holdings(holdings: Iterable[Holding], as_of: date) -> list[Counted]:
    """Count held certifications as of a day: two queries, however many there are."""
    return [question.counted() for question in questions(holdings, as_of)]


@dataclass(frozen=True)
class Question:
    """A held certification, ready to be counted."""

    holding: Holding
    case: Case
    claims: Mapping[str, Claim]
    settled: Mapping[str, Claim] = field(default_factory=dict)  # of closed periods

    def under(self, holding: Holding) -> Question:
        """The same claims on the same day, where other rules or another period hold."""
        case = replace(
            self.case, term=holding.term, carried=carried_into(holding.period), facts=holding.facts,
            past=_looked_back_to(holding, self.settled),
        )  # fmt: skip
        return Question(holding, case, self.claims, self.settled)

    def counted(self) -> Counted:
        return Counted(self.holding, self.case, count(self.holding.document, self.case), self.claims, self.settled)


def questions(holdings: Iterable[Holding], as_of: date) -> list[Question]:
    """What is to be counted, read in two queries: who counts one after the other can go on where one count fails."""
    wanted = list(holdings)
    claims = claims_of([holding.held.pk for holding in wanted])
    found = []
    for holding in wanted:
        own: dict[str, Claim] = {}
        settled: dict[str, Claim] = {}
        for claim in claims.get(holding.held.pk, []):
            (settled if _settled(claim, holding.period) else own)[str(claim.pk)] = claim
        found.append(question_of(holding, own, as_of, settled=settled))
    return found


def question_of(
    holding: Holding, claims: Mapping[str, Claim], as_of: date, *, settled: Mapping[str, Claim]
) -> Question:
    """What is to be counted of these claims; `settled` are those of closed periods, which have their lines there."""
    case = replace(case_of(holding, claims, as_of), past=_looked_back_to(holding, settled))
    return Question(holding, case, claims, settled)


def _looked_back_to(holding: Holding, settled: Mapping[str, Claim]) -> tuple[Entry, ...]:
    """What closed periods held, where these rules ask for it: ethics once in three years, a course once ever."""
    if not settled or not holding.document.looks_back:
        return ()
    return tuple(entry for entry in entries_of(settled) if entry.on < holding.term.earns.start)


def _settled(claim: Claim, period: RenewalPeriod) -> bool:
    """Whether a closed period has its line already, counted or not, and nothing of it reaches into this one."""
    in_closed = claim.period_id not in (None, period.pk)
    if in_closed and first_day_at_work(claim.activity) is None:
        return True
    told: bool = in_closed or getattr(claim, "told", False)
    return told and claim.activity.on < period.start


def claims_of(held_ids: list[int]) -> dict[int, list[Claim]]:
    """Claims with their activities by held certification, oldest first; deleted activities are left out."""
    proof = EvidenceLink.objects.filter(activity=OuterRef("activity"), evidence__removed_at=None)
    said = Confirmation.objects.filter(activity=OuterRef("activity"), version=OuterRef("activity__version"))
    confirmed, refused = (said.filter(state=state) for state in (_State.CONFIRMED, _State.CHANGE))
    closed_since = RenewalPeriod.objects.filter(held=OuterRef("held"), closed_at__gte=OuterRef("activity__changed_at"))
    rows = (
        Claim.objects.filter(held__in=held_ids, activity__deleted_at=None)
        .select_related("activity")
        .annotate(proven=Exists(proof), told=Exists(closed_since), confirmed=Exists(confirmed), refused=Exists(refused))
        .order_by("activity__on", "activity_id")
    )
    found: dict[int, list[Claim]] = {}
    for claim in rows:
        found.setdefault(claim.held_id, []).append(claim)
    return found


def case_of(holding: Holding, claims: Mapping[str, Claim], as_of: date) -> Case:
    """The engine's question for one held certification."""
    return Case(holding.term, as_of, entries_of(claims), carried_into(holding.period), facts=holding.facts)


def entries_of(claims: Mapping[str, Claim], *, chosen: bool = True) -> tuple[Entry, ...]:
    """What is claimed, as the engine reads it. The category that somebody chose is one of the certifying body's:
    rules of others leave it out (`chosen`)."""
    repeated = repeats([claim.activity for claim in claims.values()])
    by_activity = {claim.activity_id: key for key, claim in claims.items()}
    entries = []
    for key, claim in claims.items():
        entry = entry_of(claim.activity, key)
        original = repeated.get(claim.activity_id)
        entry = replace(
            entry,
            category=claim.chosen_category if chosen else "",
            relevant=claim.relevant,
            evidence=bool(getattr(claim, "proven", False)),
            confirmed=_confirmed(claim),
            duplicate_of=by_activity.get(original, "") if original else "",
        )
        entries.append(entry)
    return tuple(entries)


def _confirmed(claim: Claim) -> bool | None:
    """What employers say of the activity as it is now: one that confirms it is enough. None where none answered."""
    if getattr(claim, "confirmed", False):
        return True
    return False if getattr(claim, "refused", False) else None


def carried_into(period: RenewalPeriod) -> tuple[Carried, ...]:
    """The points that came over from the period before, or that it was short of."""
    return tuple(
        Carried(
            one["points"], one["category"], frozenset(one["topics"]),
            earned_on=date.fromisoformat(one["earned_on"]) if one.get("earned_on") else None,
            periods=one.get("periods", 1), kept=one.get("kept", False),
        )
        for one in period.carried_in
    )  # fmt: skip


def entry_of(activity: Activity, key: str) -> Entry:
    """An activity as the engine's entry, without what its claim says."""
    return Entry(
        key=key, on=activity.on, amount=Fraction(activity.amount, 100), unit=activity.unit, kind=activity.kind,
        since=activity.since, share=activity.share, title=activity.title, type=activity.type,
        format=activity.format, role=activity.role, reach=activity.reach, topics=frozenset(activity.topics),
        course=activity.course, above_level=activity.above_level,
    )  # fmt: skip


def first_day_at_work(activity: Activity) -> date | None:
    """The first day of work done over time. Everything else counts on its last day, however many days it took."""
    return activity.since if KINDS[activity.kind].over_time else None


def repeats(activities: Iterable[Activity]) -> dict[int, int]:
    """Activities that look the same as an earlier one (kind, day, amount, title), by id, with the id of that one.

    An activity whose owner said "keep both" is never a repeat.
    """
    first: dict[tuple[object, ...], int] = {}
    found: dict[int, int] = {}
    for activity in sorted(activities, key=lambda one: one.pk):
        sign = (
            activity.kind, activity.since, activity.on, activity.amount, activity.unit, activity.share,
            " ".join(activity.title.casefold().split()),
        )  # fmt: skip
        if sign in first and not activity.keep_both:
            found[activity.pk] = first[sign]
        else:
            first.setdefault(sign, activity.pk)
    return found
