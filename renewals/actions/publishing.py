"""Writes on the way from a draft to a version in force: terms, handing in, approval, publication, withdrawal."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from certifications.actions.drafts import Conflict, DraftClosed
from certifications.content import Content
from certifications.drafting import SENT_BACK
from certifications.models import Certification, RuleDraft, RuleSet, RuleSetVersion
from certifications.protections import Protections

from ..impact.explanation import objections
from ..impact.publication import Readiness, may_approve, readiness
from ..models import Reminder, RuleChange, Simulation, SimulationRow
from ..reminding.planner import announce
from ..reminding.rule_changes import SOON, WITHDRAWN

_State = RuleDraft.State
_Status = RuleSetVersion.Status


class NotReady(ValueError):
    """Something stands in the way; `reasons` says what."""

    def __init__(self, *reasons: str):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def set_terms(
    *, draft: RuleDraft, starts_on: date, protections: Protections, lock_version: int, by: User, at: datetime
) -> RuleDraft:
    """Decide the first day in force and whom the change spares. Takes back that the draft was handed in or approved.

    Raises Conflict where the draft changed meanwhile, DraftClosed where it is over.
    """
    stored = _locked(draft)
    if stored.lock_version != lock_version:
        raise Conflict(stored, stored.raw, lock_version)
    before = {"starts_on": stored.starts_on, "for_whom": Protections.of(stored.protections).said}
    after = {"starts_on": starts_on, "for_whom": protections.said}
    if (stored.starts_on, stored.protections) == (starts_on, protections.stored()):
        return stored
    differ = [name for name in after if after[name] != before[name]]
    stored.starts_on, stored.protections = starts_on, protections.stored()
    stored.lock_version, stored.changed_by, stored.changed_at = stored.lock_version + 1, by, at
    _take_back(stored)
    stored.save()
    audit.record(
        verb="rule draft terms changed", by=by, at=at, target=stored, label=str(stored),
        before={name: before[name] for name in differ}, after={name: after[name] for name in differ},
    )  # fmt: skip
    return stored


@transaction.atomic
def explain(*, draft: RuleDraft, text: str, lock_version: int, by: User, at: datetime, today: date) -> RuleDraft:
    """Say in these words what changes, to those whom it affects; "" or the words made from the changes for those.

    Takes back that the draft was handed in or approved. Raises Conflict where the draft changed meanwhile,
    DraftClosed where it is over, NotReady where the text cannot be sent or there is no whole draft to explain.
    """
    stored = _locked(draft)
    ready = readiness(stored, today)
    content = ready.content
    problems = objections(text) if content else ["The draft is not whole yet. Finish its rules first."]
    if content is None or problems:
        raise NotReady(*problems)
    if stored.lock_version != lock_version:
        raise Conflict(stored, stored.raw, lock_version)
    words = "" if text == ready.made_explanation else text
    before, was_for = stored.explanation, stored.explained_digest
    stored.explanation, stored.explained_digest = words, content.digest if words else ""
    if (before, was_for) == (stored.explanation, stored.explained_digest):
        return stored
    stored.lock_version, stored.changed_by, stored.changed_at = stored.lock_version + 1, by, at
    _take_back(stored)
    stored.save()
    audit.record(
        verb="text of the rule mail changed", by=by, at=at, target=stored, label=str(stored),
        before={"text": before or "made from the changes"}, after={"text": words or "made from the changes"},
    )  # fmt: skip
    return stored


@transaction.atomic
def hand_in(*, draft: RuleDraft, digest: str, by: User, at: datetime, today: date) -> RuleDraft:
    """Ask a second person to read exactly the content with this digest. Raises NotReady, DraftClosed."""
    stored = _locked(draft)
    _same(readiness(stored, today), digest)
    stored.state, stored.submitted_by, stored.submitted_at = _State.SUBMITTED, by, at
    stored.submitted_digest, stored.approved_by, stored.approved_at, stored.approved_digest = digest, None, None, ""
    stored.save()
    audit.record(verb="rule draft handed in", by=by, at=at, target=stored, label=str(stored), after={"digest": digest})
    return stored


@transaction.atomic
def approve(*, draft: RuleDraft, digest: str, by: User, at: datetime, today: date) -> RuleDraft:
    """A second person agrees to exactly the content with this digest. Raises NotReady, DraftClosed."""
    stored = _locked(draft)
    _same(readiness(stored, today), digest)
    if stored.state != _State.SUBMITTED or stored.submitted_digest != digest:
        raise NotReady("This was not handed in for approval, or was approved already.")
    if not may_approve(stored, by):
        raise NotReady("Somebody else approves it: you wrote or handed in this draft.")
    stored.state, stored.approved_by, stored.approved_at, stored.approved_digest = _State.APPROVED, by, at, digest
    stored.save()
    audit.record(verb="rule draft approved", by=by, at=at, target=stored, label=str(stored), after={"digest": digest})
    return stored


@transaction.atomic
def send_back(*, draft: RuleDraft, why: str, by: User, at: datetime) -> RuleDraft:
    """It needs more work before it is approved or published. Raises NotReady, DraftClosed."""
    stored = _locked(draft)
    if stored.state == _State.OPEN:
        raise NotReady("This draft was not handed in.")
    _take_back(stored)
    stored.save()
    audit.record(verb=SENT_BACK, by=by, at=at, target=stored, label=str(stored), after={"why": why})
    return stored


@transaction.atomic
def publish(*, draft: RuleDraft, digest: str, by: User, at: datetime, today: date) -> RuleChange:
    """Make the approved content the next version, in force from its day, and tell everybody whom it affects.

    What is published is byte for byte what was simulated and approved. Raises NotReady, DraftClosed.
    """
    RuleSet.objects.select_for_update(no_key=True).get(pk=draft.rule_set_id)
    stored = _locked(draft)
    ready = readiness(stored, today)
    content, simulation = _same(ready, digest)
    if stored.state != _State.APPROVED or stored.approved_digest != digest:
        raise NotReady("A second person has to approve exactly this first.")
    version = _keep_version(stored, content, ready, at)
    stored.state, stored.version = _State.PUBLISHED, version
    stored.save(update_fields=["state", "version"])
    change = RuleChange.objects.create(
        version=version, before=ready.before, simulation=simulation, starts_on=content.starts_on, published_by=by,
        published_at=at,
    )  # fmt: skip
    change.told = _tell_affected(change, today, at)
    change.save(update_fields=["told"])
    audit.record(
        verb="rules published", by=by, at=at, target=version, label=str(version),
        before={"version": ready.before.number if ready.before else None},
        after={
            "version": version.number, "starts_on": content.starts_on, "for_whom": content.protections.said,
            "told": change.told, "text": version.explanation, "approved_by": str(stored.approved_by),
            "digest": version.digest, "content": digest,
        },
    )  # fmt: skip
    return change


@transaction.atomic
def withdraw_version(*, change: RuleChange, why: str, by: User, at: datetime, today: date) -> RuleChange:
    """Take back a scheduled version before its day, and tell those who heard of it. NotReady once it is in force."""
    RuleSet.objects.select_for_update(no_key=True).get(pk=change.version.rule_set_id)
    kept = (
        RuleChange.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version", "before")
        .get(pk=change.pk)
    )
    if kept.state != RuleChange.State.SCHEDULED or kept.starts_on <= today:
        raise NotReady("This version is in force. A newer one can replace it.")
    RuleSetVersion.objects.filter(pk=kept.version_id).update(status=_Status.WITHDRAWN)
    if kept.before:
        RuleSetVersion.objects.filter(pk=kept.before.pk, status=_Status.PUBLISHED).update(superseded_on=None)
    kept.state = RuleChange.State.WITHDRAWN
    kept.save(update_fields=["state"])
    _tell_withdrawn(kept, today, at)
    audit.record(verb="rules withdrawn", by=by, at=at, target=kept.version, label=str(kept.version), after={"why": why})
    return kept


def stage_of(version: RuleSetVersion) -> str:
    """What the notice about a version is called among reminders."""
    return f"rules-{version.pk}"


def _locked(draft: RuleDraft) -> RuleDraft:
    stored = RuleDraft.objects.select_for_update(no_key=True, of=("self",)).with_people().get(pk=draft.pk)
    if not stored.in_work:
        raise DraftClosed("This draft was published or discarded meanwhile.")
    return stored


def _same(ready: Readiness, digest: str) -> tuple[Content, Simulation]:
    """What is decided about: whoever decides has seen this content, and nothing stands in its way."""
    if ready.in_the_way or ready.simulation is None:
        raise NotReady(*ready.in_the_way)
    if ready.content is None or ready.digest != digest:
        raise NotReady("The draft changed after you opened this page. Read it again.")
    return ready.content, ready.simulation


def _keep_version(draft: RuleDraft, content: Content, ready: Readiness, at: datetime) -> RuleSetVersion:
    """Store the content as the next version; the one before it knows on which day it ends."""
    version, head = content.version(draft), content.document.rules
    version.number, version.label, version.status = ready.number, head.version, _Status.PUBLISHED
    version.checked_on, version.confidence = head.checked_on, head.confidence
    version.author, version.created_at, version.published_at = draft.author, draft.made_at, at
    version.explanation = ready.explanation
    version.approved_by, version.approved_at = draft.approved_by, draft.approved_at
    if ready.before:
        ended = RuleSetVersion.objects.filter(pk=ready.before.pk, status=_Status.PUBLISHED)
        ended.update(superseded_on=content.starts_on)
    version.save(force_insert=True)
    draft.rule_set.certifications.add(*_covered(version))
    return version


def _take_back(draft: RuleDraft) -> None:
    draft.state = _State.OPEN
    draft.submitted_by = draft.submitted_at = draft.approved_by = draft.approved_at = None
    draft.submitted_digest = draft.approved_digest = ""


def _covered(version: RuleSetVersion) -> list[Certification]:
    named = version.document.rules.certifications
    return list(Certification.objects.filter(body=version.rule_set.body_id, slug__in=named))


def _tell_affected(change: RuleChange, today: date, at: datetime) -> int:
    """One row for each certification for which something changes; how many people hear of it."""
    affected = SimulationRow.objects.filter(simulation=change.simulation_id).affected()
    periods = affected.filter(held__periods__closed_at=None).values_list("held__periods", flat=True)
    announce(stage=stage_of(change.version), periods=periods, due_on=today, at=at)
    return affected.people()


def _tell_withdrawn(change: RuleChange, today: date, at: datetime) -> int:
    """Who has heard of it, by mail or only in the product, hears that it does not come; nobody else hears anything."""
    stage = stage_of(change.version)
    said = Reminder.objects.filter(stage__in=[stage, f"{stage}-{SOON}"])
    told = list(said.exclude(state=Reminder.State.PENDING).values_list("period", flat=True))
    unsent = [Reminder.State.PENDING, Reminder.State.RETRY]
    said.filter(state__in=unsent).update(state=Reminder.State.DROPPED)
    return announce(stage=f"{stage}-{WITHDRAWN}", periods=told, due_on=today, at=at)
