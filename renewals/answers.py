"""What one activity did for each certification: points, the reason for any that do not count, and one thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from activities.amounts import written_amount
from activities.models import Activity, Claim
from certifications.rules.dates import Span, written, year_words
from certifications.rules.document import Document
from certifications.rules.points import show
from certifications.rules.results import CategoryTotal, Line, Loss, Outcome
from certifications.rules.words import REASON_LABELS, Reason

from .queries import Stand

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_NEARLY_FULL = 500  # points in hundredths


class Way(StrEnum):
    """What can be done about points that do not count; pages know where each of them leads."""

    FIX_DATE = "fix-date"
    COMPARE = "compare"
    EVIDENCE = "evidence"
    CHANGE_KIND = "change-kind"
    CHANGE_AMOUNT = "change-amount"
    CHANGE = "change"
    ROOM = "room"
    YEARS = "years"
    NOTHING = ""


@dataclass(frozen=True)
class Why:
    """One reason for points that do not count."""

    points: int
    reason: Reason
    text: str
    way: Way = Way.NOTHING

    @property
    def label(self) -> str:
        return REASON_LABELS[self.reason]


@dataclass(frozen=True)
class Answer:
    """The result of one activity for one certification. Points are hundredths."""

    claim: Claim
    stand: Stand
    asked: int
    counted: int
    category: str
    headline: str
    whys: tuple[Why, ...]
    note: str
    steps: tuple[str, ...]

    @property
    def lost(self) -> int:
        return self.asked - self.counted


def answers_for(activity: Activity, stands: list[Stand]) -> list[Answer]:
    """What an activity did for everything its person holds, in the order of the standings."""
    found = []
    for stand in stands:
        for line in stand.counted.outcome.lines:
            claim = stand.counted.claim_of(line)
            if claim and claim.activity_id == activity.pk:
                found.append(_answer(claim, line, stand))
    return found


def _answer(claim: Claim, line: Line, stand: Stand) -> Answer:
    document, outcome = stand.counted.document, stand.counted.outcome
    whys = tuple(
        _why(loss, line, stand, claim)
        for loss in sorted(line.losses, key=lambda one: -one.points)
        if loss.points or line.excluded
    )
    names = {category.key: category.name for category in document.categories}
    return Answer(
        claim=claim, stand=stand, asked=line.asked, counted=line.counted, category=names.get(line.category, ""),
        headline=_headline(line, document), whys=whys, note=_note(line, outcome, document), steps=line.steps,
    )  # fmt: skip


def _headline(line: Line, document: Document) -> str:
    unit = document.unit
    first = max(line.losses, key=lambda loss: loss.points, default=None)
    if first is None:
        return f"{show(line.counted)} {unit.one if line.counted == 100 else unit.many} counted"
    if line.counted == 0 and first.reason is Reason.BEFORE_PERIOD:
        return "Kept, but not counted"
    if line.counted == 0 and first.reason is Reason.AFTER_PERIOD:
        return "Kept for your next period"
    if line.counted == 0 and first.reason in (Reason.KIND, Reason.BELOW_LEVEL, Reason.NOT_RELEVANT):
        return "Not counted for this certification"
    if line.counted == 0 and first.reason is Reason.EVIDENCE:
        verb = "is" if line.asked == 100 else "are"
        return f"{show(line.asked)} {unit.one if line.asked == 100 else unit.many} {verb} waiting for evidence"
    return f"{show(line.counted)} of {show(line.asked)} {unit.many} counted"


def _why(loss: Loss, line: Line, stand: Stand, claim: Claim) -> Why:
    document, outcome = stand.counted.document, stand.counted.outcome
    unit = document.unit
    said = f"{show(loss.points)} {unit.one if loss.points == 100 else unit.many}"
    verb = "is" if loss.points == 100 else "are"
    match loss.reason:
        case Reason.CATEGORY_CAP if loss.limit is not None and line.counted == 0:
            text = f"{_reached(loss, loss.limit, stand)} {_rooms(outcome, line)}"
            return Why(loss.points, loss.reason, text.strip(), Way.ROOM)
        case Reason.CATEGORY_CAP if loss.limit is not None:
            text = f"{_subject(document, loss)} reached its cap of {show(loss.limit)} with this activity."
            return Why(loss.points, loss.reason, f"{text} {said} {verb} over the cap.", Way.ROOM)
        case Reason.YEARLY_CAP if loss.limit is not None and loss.year is not None:
            year = year_words(Span(loss.year[0], loss.year[1]))
            text = f"{_subject(document, loss)} counts up to {show(loss.limit)} a year. {said} for {year} {verb} over"
            return Why(loss.points, loss.reason, f"{text} the yearly cap and cannot move to another year.", Way.YEARS)
        case Reason.DUPLICATE:
            return _repeated(loss, stand, claim)
        case Reason.EVIDENCE:
            more = "A photo that shows your name, the date, the hours and the topic is enough."
            return Why(loss.points, loss.reason, f"{loss.text} {more}", Way.EVIDENCE)
        case Reason.BEFORE_PERIOD:
            return Why(loss.points, loss.reason, f"{loss.text} If the date is wrong, fix it.", Way.FIX_DATE)
        case Reason.NOT_YET:
            return Why(loss.points, loss.reason, loss.text, Way.FIX_DATE)
        case Reason.KIND:
            # Refused by a rule that takes the kind: only the amount is said in another unit than it counts.
            return Why(loss.points, loss.reason, loss.text, Way.CHANGE_AMOUNT if loss.rule else Way.CHANGE_KIND)
        case Reason.BELOW_LEVEL | Reason.NOT_RELEVANT | Reason.TOO_SHORT | Reason.NOT_CONFIRMED:
            return Why(loss.points, loss.reason, loss.text, Way.CHANGE)
    return Why(loss.points, loss.reason, loss.text)


def _repeated(loss: Loss, stand: Stand, claim: Claim) -> Why:
    """A repeat that looks the same can be kept beside the other; one that rules count once cannot."""
    other = stand.counted.claims.get(loss.other)
    entry = next((one for one in stand.counted.case.entries if one.key == str(claim.pk)), None)
    if other is None or entry is None or not entry.duplicate_of:
        return Why(loss.points, loss.reason, loss.text)
    activity = other.activity
    like = f'This looks like "{activity.title}", {written(activity.on)}, '
    like += f"{written_amount(activity.amount, activity.unit)}. We counted it once."
    return Why(loss.points, loss.reason, f"{like} If they are two different activities, keep both.", Way.COMPARE)


def _subject(document: Document, loss: Loss) -> str:
    """What a cap is about: a category by its name, else the cap by its own."""
    cap = next((one for one in document.caps if one.key == loss.rule), None)
    if cap is None:
        return "This"
    only = cap.select.one_category
    return next((one.name for one in document.categories if one.key == only), cap.name)


def _reached(loss: Loss, limit: int, stand: Stand) -> str:
    """How far a cap is; one that another cap keeps from being full has the ledger's sentence."""
    used = next((cap.used for cap in stand.counted.outcome.caps if cap.key == loss.rule), limit)
    if used < limit:
        return loss.text
    return f"{_subject(stand.counted.document, loss)} counts up to {show(limit)} and you are at {show(used)}."


def _rooms(outcome: Outcome, line: Line) -> str:
    """How many other categories still take points."""
    free = [one for one in outcome.categories if not one.full and not one.parent and one.key != line.category]
    if not free:
        return ""
    number = _NUMBERS[len(free)] if len(free) < len(_NUMBERS) else str(len(free))
    return f"{number} other {'category' if len(free) == 1 else 'categories'} still {_has(len(free))} room."


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _note(line: Line, outcome: Outcome, document: Document) -> str:
    """One early word when a category has little room left."""
    total: CategoryTotal | None = next((one for one in outcome.categories if one.key == line.category), None)
    if not line.counted or line.losses or total is None or total.room is None:
        return ""
    if total.room == 0:
        return f"{total.name} is full now."
    if total.room > max(_NEARLY_FULL, (total.cap or 0) // 10):
        return ""
    unit = document.unit.one if total.room == 100 else document.unit.many
    return f"{total.name} has room for {show(total.room)} more {unit}."
