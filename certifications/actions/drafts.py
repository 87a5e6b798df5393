"""Writes about drafts of rule sets. Each locks the draft and says which state of it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from accounts import audit
from accounts.models import User

from ..models import Body, Certification, RuleDraft, RuleSet, RuleSetVersion
from ..rules.changed import changes
from ..rules.parsing import MOST_BYTES, DocumentError, parse
from .catalogue import take_turn

MOST_TOLD = 40  # of changed values in one audit event; the whole stands in the draft
_LONGEST = 300


class DraftExists(ValueError):
    """Somebody writes the next version of this rule set already; `draft` is that one."""

    def __init__(self, draft: RuleDraft):
        super().__init__(f"There is a draft of {draft.rule_set.name} already.")
        self.draft = draft


class DraftClosed(ValueError):
    """The draft was published or discarded meanwhile."""


class TooLong(ValueError):
    """More than any rule document has use for."""


class Conflict(ValueError):
    """Somebody else saved first. Nothing is lost: `mine` is the whole document as it would have become.

    `draft` is the row as it is now (`draft.raw` is theirs), `read` the lock version that mine was made from.
    """

    def __init__(self, draft: RuleDraft, mine: dict[str, Any], read: int):
        super().__init__(f"{draft.changed_by.name} changed this draft meanwhile.")
        self.draft, self.mine, self.read = draft, mine, read


def digest_of(raw: Mapping[str, Any]) -> str:
    """The digest of the document these values make; empty where they make none."""
    try:
        return parse(raw).digest()
    except DocumentError:
        return ""


@transaction.atomic
def start_draft(
    *, rule_set: RuleSet, raw: Mapping[str, Any], by: User, at: datetime, base: RuleSetVersion | None = None
) -> RuleDraft:
    """Begin the next version of a rule set with these values. Raises DraftExists: one at a time."""
    RuleSet.objects.select_for_update(no_key=True).get(pk=rule_set.pk)
    there = RuleDraft.objects.in_work().filter(rule_set=rule_set).first()
    if there:
        raise DraftExists(there)
    draft = RuleDraft.objects.create(
        rule_set=rule_set, base=base, raw=dict(raw), digest=digest_of(raw), author=by, made_at=at, changed_by=by,
        changed_at=at,
    )  # fmt: skip
    audit.record(
        verb="rule draft started", by=by, at=at, target=draft, label=str(draft),
        after={"from": str(base) if base else "nothing", "digest": draft.digest},
    )  # fmt: skip
    return draft


@transaction.atomic
def start_rule_set(
    *, body: Body, name: str, certifications: list[Certification], raw: Mapping[str, Any], by: User, at: datetime
) -> RuleDraft:
    """A rule set with its first draft. A form that is sent twice makes one."""
    take_turn()
    begun = RuleDraft.objects.in_work().filter(rule_set__body=body, rule_set__name=name, author=by, lock_version=1)
    for draft in begun.select_related("rule_set__body"):
        if draft.raw == _named(raw, draft.rule_set):
            return draft
    slug = _free_slug(slugify(name)[:60] or "rules")
    rule_set = RuleSet.objects.create(body=body, slug=slug, name=name)
    rule_set.certifications.set(certifications)
    audit.record(
        verb="rule set made", by=by, at=at, target=rule_set, label=name,
        after={"body": body.slug, "certifications": [one.slug for one in certifications]},
    )  # fmt: skip
    return start_draft(rule_set=rule_set, raw=_named(raw, rule_set), by=by, at=at)


def _free_slug(slug: str) -> str:
    taken = set(RuleSet.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(one for one in (slug, *(f"{slug}-{n}" for n in range(2, 1000))) if one not in taken)


def _named(raw: Mapping[str, Any], rule_set: RuleSet) -> dict[str, Any]:
    head = raw.get("rules")
    named = {"body": rule_set.body.slug if rule_set.body else "", "key": rule_set.slug}
    return {**raw, "rules": {**(head if isinstance(head, Mapping) else {}), **named}}


@transaction.atomic
def save_raw(
    *, draft: RuleDraft, raw: Mapping[str, Any], lock_version: int, by: User, at: datetime, how: str = "changed"
) -> RuleDraft:
    """Put these values in the place of the whole document. Valid or not: what is wrong is named beside it.

    Raises Conflict where another state than `lock_version` is stored, DraftClosed where the draft is over. Whatever
    was handed in or approved is so no longer. Saving what is stored already changes nothing. Raises TooLong.
    """
    # Only the draft's own row: joined tables cannot be locked where they may be missing.
    stored = RuleDraft.objects.select_for_update(no_key=True, of=("self",)).with_people().get(pk=draft.pk)
    mine = dict(raw)
    if len(json.dumps(mine)) > 2 * MOST_BYTES:
        raise TooLong("This is more than a rule document may hold.")
    if not stored.in_work:
        raise DraftClosed("This draft was published or discarded meanwhile.")
    if stored.raw == mine:
        return stored
    if stored.lock_version != lock_version:
        raise Conflict(stored, mine, lock_version)
    before, stored.raw, stored.digest = stored.raw, mine, digest_of(mine)
    stored.lock_version, stored.changed_by, stored.changed_at = stored.lock_version + 1, by, at
    stored.state = RuleDraft.State.OPEN
    stored.submitted_by = stored.submitted_at = stored.approved_by = stored.approved_at = None
    stored.submitted_digest = stored.approved_digest = ""
    stored.save()
    told = _told(before, mine)
    audit.record(
        verb=f"rule draft {how}", by=by, at=at, target=stored, label=str(stored),
        before=told[0], after={**told[1], "digest": stored.digest},
    )  # fmt: skip
    return stored


def _told(before: Any, after: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that differ, old and new, short enough to be kept for ever."""
    found = list(islice(changes(before, after), MOST_TOLD))
    return {one.path: _short(one.old) for one in found}, {one.path: _short(one.new) for one in found}


def _short(value: Any) -> Any:
    return value if value is None or len(str(value)) <= _LONGEST else f"{str(value)[:_LONGEST]} …"


def save_section(
    *, draft: RuleDraft, values: Mapping[str, Any], lock_version: int, by: User, at: datetime, how: str = "changed"
) -> RuleDraft:
    """Put these values in the place of the same keys of the document; None takes a key away. Raises like save_raw.

    `draft` is as it was read, so that a conflict carries the document that the writer had in mind.
    """
    mine = {**draft.raw, **values}
    mine = {key: value for key, value in mine.items() if value is not None}
    return save_raw(draft=draft, raw=mine, lock_version=lock_version, by=by, at=at, how=how)


@transaction.atomic
def discard(*, draft: RuleDraft, lock_version: int, by: User, at: datetime) -> RuleDraft:
    """Stop working on a draft. It is kept, and can be read in the audit trail. Raises like save_raw."""
    stored = RuleDraft.objects.select_for_update(no_key=True, of=("self",)).with_people().get(pk=draft.pk)
    if not stored.in_work:
        raise DraftClosed("This draft was published or discarded meanwhile.")
    if stored.lock_version != lock_version:
        raise Conflict(stored, draft.raw, lock_version)
    stored.state, stored.changed_by, stored.changed_at = RuleDraft.State.DISCARDED, by, at
    stored.save(update_fields=["state", "changed_by", "changed_at"])
    audit.record(
        verb="rule draft discarded", by=by, at=at, target=stored, label=str(stored), before={"digest": stored.digest}
    )
    return stored
