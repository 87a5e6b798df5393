"""The standing page of one certification: the answer, its reasons, the ledger and what could be done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from accounts.templatetags.ui import url_or_nothing
from certifications.models import HeldCertification, RuleSetVersion
from certifications.rules.document import Document
from certifications.rules.points import show
from certifications.rules.results import CategoryTotal, Outcome, Requirement
from certifications.rules.standing import Standing
from certifications.rules.words import KINDS, Group

from .explaining import MOST_REASONS, OwnLost, Row, arranged, lost_of, rows_of
from .home import without_evidence
from .links import Link, step_link
from .outlook import Outlook, outlook_of, room_left, surplus
from .queries import Stand


@dataclass(frozen=True)
class Check:
    """A requirement besides the total, with its numbers in words."""

    text: str
    met: bool
    advice: bool = False
    action_label: str = ""
    action_url: str = ""


@dataclass(frozen=True)
class StandingPage:
    """Everything on the page but the planner."""

    stand: Stand
    outlook: Outlook | None
    lost: tuple[OwnLost, ...]
    more_lost: int  # reasons that are left out of `lost`
    rows: tuple[Row, ...]
    activities: int
    checks: tuple[Check, ...]
    no_longer: tuple[str, ...]
    surplus: str
    rules_url: str
    step: Link
    logs_field_time: bool

    @property
    def held(self) -> HeldCertification:
        return self.stand.holding.held

    @property
    def version(self) -> RuleSetVersion | None:
        return self.stand.holding.version

    @property
    def standing(self) -> Standing:
        return self.stand.standing

    @property
    def outcome(self) -> Outcome:
        return self.stand.counted.outcome

    @property
    def document(self) -> Document:
        return self.stand.counted.document

    @property
    def categories(self) -> tuple[CategoryTotal, ...]:
        """The categories worth a bar: none where a single one without a cap would only repeat the total."""
        found = self.outcome.categories
        return () if not self.standing.needed or (len(found) == 1 and found[0].cap is None) else found

    @property
    def unsure(self) -> bool:
        """Whether not all of these rules were read on the certifying body's own pages."""
        return self.version is not None and (
            not self.version.from_body or any(source.origin != "body" for source in self.document.sources)
        )


def page_of(stand: Stand, show_only: str, sort: str) -> StandingPage:
    """The page, with the ledger filtered and sorted as asked for."""
    rows = rows_of(stand)
    lost = lost_of(rows)
    version, document = stand.holding.version, stand.counted.document
    return StandingPage(
        stand=stand, outlook=outlook_of(stand), lost=tuple(lost[:MOST_REASONS]),
        more_lost=max(0, len(lost) - MOST_REASONS), rows=tuple(arranged(rows, show_only, sort)), activities=len(rows),
        checks=(*(_check(one, stand) for one in _besides_total(stand)), *_evidence(stand)),
        no_longer=tuple(room_left(stand.counted.outcome)), surplus=surplus(document, stand.counted.outcome),
        rules_url=reverse("certifications:version", args=[version.rule_set.slug, version.number]) if version else "",
        step=step_link(stand.standing.next_step, stand.holding.held),
        logs_field_time=any(KINDS[kind].group is Group.FIELD_TIME for rule in document.kinds for kind in rule.kind),
    )  # fmt: skip


def _besides_total(stand: Stand) -> list[Requirement]:
    return [one for one in stand.counted.outcome.requirements if one.key != "total"]


def _check(one: Requirement, stand: Stand) -> Check:
    """A requirement in words: what is asked and what there is."""
    unit = stand.counted.document.unit.many
    name = f"Or {one.name}" if ": " in one.key else one.name
    have, needed = (show(one.have), show(one.needed)) if one.counts == "points" else (str(one.have), str(one.needed))
    match one.counts:
        case "categories":
            text = f"{name} (you have {have})"
        case "points":
            text = f"{name}: {have} of {needed} {unit}"
        case "fact":
            text = f"{name}: {have} of {needed}"
        case _:
            text = name if one.needed == 1 else f"{name}: {have} of {needed}"
    asked = one.counts in ("item", "fact") and not one.met
    url = url_or_nothing("renewals:manage", stand.holding.held.pk) if asked else ""
    return Check(text, one.met, one.advisory, "Answer" if url else "", url)


def _evidence(stand: Stand) -> list[Check]:
    """Whether everything that counts and wants evidence has some: for the renewal, not for the count."""
    wanting = [line for line in stand.counted.outcome.lines if line.counted and line.evidence and not line.carried]
    if not wanting:
        return []
    missing = sorted(without_evidence(stand))
    if not missing:
        return [Check("Evidence for the renewal: all there", met=True)]
    one = reverse("activities:evidence_add", args=[missing[0]])
    url = one if len(missing) == 1 else f"{reverse('activities:list')}?show=unproven&cert={stand.holding.held.pk}"
    return [Check(f"Evidence for the renewal: {len(missing)} missing", False, False, "Add", url)]
