"""What somebody sees first: one card for everything they hold, and what there is to finish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.templatetags.ui import url_or_nothing
from certifications.models import HeldCertification, RuleSetVersion
from certifications.queries import Holding
from certifications.rules.dates import written
from certifications.rules.next_steps import NextStep
from certifications.rules.standing import Standing
from certifications.rules.words import StandingWord

from .links import step_link
from .queries import Stand, Uncounted, overview


@dataclass(frozen=True)
class LastKnown:
    """A standing as it was when it could last be counted; days are counted from today."""

    word: StandingWord
    sub_line: str
    counted: int
    needed: int
    days_left: int
    ends_on: date | None
    never_ends: bool
    complete: bool
    next_step: NextStep


@dataclass(frozen=True)
class Card:
    """One certification on the home page."""

    held: HeldCertification
    standing: Standing | LastKnown | None  # None: it never could be counted
    unit: str = "points"
    met_by: str = ""
    stale: date | None = None
    action_label: str = ""
    action_url: str = ""
    stand: Stand | None = None  # the whole count, where there is one of today

    @property
    def title(self) -> str:
        return str(self.held)

    @property
    def url(self) -> str:
        return reverse("renewals:standing", args=[self.held.pk])

    @property
    def word(self) -> StandingWord | None:
        return self.standing.word if self.standing else None


@dataclass(frozen=True)
class ToFinish:
    """Something that is not urgent and still to do."""

    text: str
    action: str
    url: str


@dataclass(frozen=True)
class Home:
    """Everything on the home page."""

    heading: str
    cards: tuple[Card, ...]
    to_finish: tuple[ToFinish, ...]


def home_of(user: User, today: date) -> Home:
    """The home page of one person; the number of queries does not grow with what they hold."""
    stands, failed = overview(user, today)
    cards = [_card(stand) for stand in stands]
    for one in failed:
        cards.insert(_place(cards, one), _last_known(one, today))
    return Home(heading(cards), tuple(cards), tuple(_to_finish(stands, today)))


def _card(stand: Stand) -> Card:
    held = stand.holding.held
    label, url = step_link(stand.standing.next_step, held)
    return Card(
        held, stand.standing, stand.counted.document.unit.many, stand.counted.outcome.satisfied_by,
        action_label=label, action_url=url, stand=stand,
    )  # fmt: skip


def _last_known(one: Uncounted, today: date) -> Card:
    kept = one.snapshot
    if kept is None:
        return Card(one.holding.held, None)
    period = one.holding.period
    standing = LastKnown(
        word=StandingWord(kept.word), sub_line=kept.summary.get("sub_line", ""), counted=kept.counted,
        needed=kept.needed, days_left=(period.last_day - today).days, ends_on=kept.ends_on,
        never_ends=period.never_ends, complete=kept.complete, next_step=NextStep(""),
    )  # fmt: skip
    return Card(one.holding.held, standing, kept.summary.get("unit", "points"), stale=kept.counted_at.date())


def _place(cards: list[Card], one: Uncounted) -> int:
    """Where a card of an old result belongs among the others; one without any result comes last."""
    order = (StandingWord.LAPSED, StandingWord.DUE, StandingWord.AT_RISK, StandingWord.ON_TRACK)
    if one.snapshot is None:
        return len(cards)
    rank = order.index(StandingWord(one.snapshot.word))
    return sum(1 for card in cards if card.word and order.index(card.word) <= rank)


def heading(cards: Iterable[Card]) -> str:
    """The answer above everything: who needs action, in one line."""
    words = [card.word for card in cards if card.word]
    lapsed = words.count(StandingWord.LAPSED)
    needing = words.count(StandingWord.DUE) + words.count(StandingWord.AT_RISK)
    if lapsed:
        first = "1 certification has lapsed" if lapsed == 1 else f"{lapsed} certifications have lapsed"
        return f"{first}, {needing} more {'needs' if needing == 1 else 'need'} you" if needing else first
    if len(words) < 2:
        return "Your certification needs you" if needing else "Your certification is on track"
    if needing:
        return f"{needing} of {len(words)} certifications {'needs' if needing == 1 else 'need'} you"
    return f"All {len(words)} certifications are on track"


def _to_finish(stands: list[Stand], today: date) -> Iterable[ToFinish]:
    unproven = {activity for stand in stands for activity in without_evidence(stand)}
    if unproven:
        what = f"Add evidence to {len(unproven)} {'activity' if len(unproven) == 1 else 'activities'}"
        one = reverse("activities:evidence_add", args=[next(iter(unproven))])
        yield ToFinish(what, "Add", one if len(unproven) == 1 else f"{reverse('activities:list')}?show=unproven")
    for stand in stands:
        held = stand.holding.held
        url = url_or_nothing("renewals:manage", held.pk) or reverse("renewals:standing", args=[held.pk])
        yield from (ToFinish(text, action, url) for text, action in unanswered(stand))
    yield from _changes([stand.holding for stand in stands], today)


def without_evidence(stand: Stand) -> set[int]:
    """Ids of the activities that count here and have no evidence yet, though the rules want some."""
    found = set()
    for line in stand.counted.outcome.lines:
        claim = stand.counted.claim_of(line)
        if claim and line.counted and line.evidence and not getattr(claim, "proven", False):
            found.add(claim.activity_id)
    return found


def unanswered(stand: Stand) -> Iterable[tuple[str, str]]:
    """Questions of the rules without an answer, and things to tick that are not ticked: what, and what to do."""
    held = stand.holding.held
    missing = [fact for fact in stand.counted.document.facts if fact.key not in held.facts]
    if missing:
        count = "1 question" if len(missing) == 1 else f"{len(missing)} questions"
        yield f"Answer {count} about {held}", "Answer"
        return
    for one in stand.standing.unmet:
        if one.counts == "item":
            yield f"{one.name}, for {held}", "Tick"


def _changes(holdings: list[Holding], today: date) -> Iterable[ToFinish]:
    """New versions of the rules that are published and not in force yet."""
    rule_sets = {holding.version.rule_set_id for holding in holdings if holding.version}
    versions = RuleSetVersion.objects.live().filter(rule_set__in=rule_sets, in_force_from__gt=today)
    for version in versions.select_related("rule_set").order_by("in_force_from", "pk"):
        url = reverse("certifications:version", args=[version.rule_set.slug, version.number])
        yield ToFinish(f"{version.rule_set.name}: new rules from {written(version.in_force_from)}", "Read", url)
