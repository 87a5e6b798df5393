"""Who may do what on the way to a published version, and when it is too late."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import User
from certifications.actions.drafts import Conflict, DraftClosed, save_raw, start_draft
from certifications.models import RuleDraft, RuleSet, RuleSetVersion
from certifications.protections import Protections
from renewals.actions.publishing import NotReady, approve, hand_in, publish, send_back, set_terms
from renewals.actions.simulating import count_shard, shards_to_do, start_simulation
from renewals.impact.publication import readiness
from tests.factories.accounts import UserFactory
from tests.factories.packs import load_packs
from tests.factories.rule_changes import holders, lowered

pytestmark = pytest.mark.django_db
AT, TODAY = datetime(2026, 10, 1, 13, tzinfo=UTC), date(2026, 10, 1)


@pytest.fixture
def draft(rules_admin: User) -> RuleDraft:
    """Counted, and ready to be handed in."""
    load_packs("nicet")
    version = RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")
    holders(version, {"worse": 1})
    return counted(lowered(version, rules_admin, AT), date(2027, 1, 1))


def counted(draft: RuleDraft, starts_on: date) -> RuleDraft:
    terms = {"starts_on": starts_on, "protections": Protections(), "lock_version": draft.lock_version}
    draft = set_terms(draft=draft, by=draft.author, at=AT, **terms)
    for shard in shards_to_do(start_simulation(draft=draft, by=draft.author, at=AT, today=TODAY)):
        count_shard(shard_id=shard, at=AT)
    return draft


def facts(draft: RuleDraft, by: User) -> dict[str, Any]:
    return {"draft": draft, "digest": readiness(draft, TODAY).digest, "by": by, "at": AT, "today": TODAY}


def test_each_step_is_taken_once_and_by_the_right_person(draft: RuleDraft) -> None:
    second = UserFactory(rules_admin=True)
    with pytest.raises(NotReady, match="not handed in"):
        approve(**facts(draft, second))
    with pytest.raises(NotReady, match="A second person has to approve exactly this first"):
        publish(**facts(draft, draft.author))
    hand_in(**facts(draft, draft.author))
    for nobody in (draft.author, UserFactory()):
        with pytest.raises(NotReady, match="Somebody else approves it"):
            approve(**facts(draft, nobody))
    approve(**facts(draft, second))
    with pytest.raises(NotReady, match="approved already"):
        approve(**facts(draft, UserFactory(rules_admin=True)))
    asked = facts(draft, second)
    publish(**asked)
    with pytest.raises(DraftClosed):
        publish(**asked)


def test_whoever_changes_it_takes_the_approval_back(draft: RuleDraft) -> None:
    second, third = UserFactory(rules_admin=True), UserFactory(rules_admin=True)
    hand_in(**facts(draft, draft.author))
    approve(**facts(draft, second))
    draft.refresh_from_db()
    raw = {**draft.raw, "whole_points": True}
    changed = save_raw(draft=draft, raw=raw, lock_version=draft.lock_version, by=second, at=AT)
    assert (changed.state, changed.approved_by) == ("open", None)
    with pytest.raises(NotReady, match="The impact is out of date"):
        hand_in(**facts(changed, second))
    changed = counted(changed, date(2027, 1, 2))
    hand_in(**facts(changed, third))
    with pytest.raises(NotReady, match="Somebody else approves it"):
        approve(**facts(changed, third))  # who hands it in has decided already
    send_back(draft=changed, why="Look at the caps again.", by=second, at=AT)
    with pytest.raises(NotReady, match="not handed in"):
        send_back(draft=changed, why="", by=second, at=AT)
    with pytest.raises(Conflict):
        set_terms(
            draft=changed, starts_on=TODAY, protections=Protections(), lock_version=1, by=second, at=AT
        )  # fmt: skip


def test_who_changed_it_last_does_not_approve_it(draft: RuleDraft) -> None:
    second, third = UserFactory(rules_admin=True), UserFactory(rules_admin=True)
    raw = {**draft.raw, "whole_points": True}
    changed = save_raw(draft=draft, raw=raw, lock_version=draft.lock_version, by=second, at=AT)
    for shard in shards_to_do(start_simulation(draft=changed, by=draft.author, at=AT, today=TODAY)):
        count_shard(shard_id=shard, at=AT)
    hand_in(**facts(changed, draft.author))
    changed.refresh_from_db()
    with pytest.raises(NotReady, match="Somebody else approves it"):
        approve(**facts(changed, second))
    approve(**facts(changed, third))


def test_a_version_starts_after_the_one_before_it(draft: RuleDraft) -> None:
    early = counted(draft, date(2010, 1, 1))
    reasons = readiness(early, TODAY).in_the_way
    assert reasons == (
        "1 Jan 2010 is not ahead. Choose a later day, or say why it corrects what was wrong.",
        "Version 1 starts on 1 Nov 2010. Choose a later day.",
    )
    now = counted(early, TODAY)
    assert [one[:25] for one in readiness(now, TODAY).in_the_way] == ["1 Oct 2026 is not ahead. "]
    assert draft.base
    same = save_raw(
        draft=now, raw=draft.base.document.plain(), lock_version=now.lock_version, by=now.author, at=AT
    )  # fmt: skip
    assert "Nothing to publish: the draft says what the rules say now." in readiness(same, TODAY).in_the_way


def test_first_rules_that_hold_already_say_why(draft: RuleDraft) -> None:
    RuleSetVersion.objects.update(status="withdrawn")
    draft.starts_on = TODAY
    assert readiness(draft, TODAY).in_the_way[0] == (
        "1 Oct 2026 is not ahead. Choose a later day, or say why these first rules hold since then."
    )


def test_no_two_rule_sets_count_one_certification(draft: RuleDraft) -> None:
    raw = {**draft.raw, "rules": {**draft.raw["rules"], "key": "again", "name": "NICET again"}}
    again = RuleSet.objects.create(body=draft.rule_set.body, slug="again", name="NICET again")
    other = start_draft(rule_set=again, raw=raw, by=draft.author, at=AT)
    stops = readiness(other, TODAY).in_the_way
    [said] = [one for one in stops if "already" in one]
    assert said == (
        "NICET continuing professional development counts Bridge Safety Inspection; Construction Materials Testing, "
        "Asphalt; Construction Materials Testing, Concrete and 12 more already. Change that rule set, or leave out "
        "here what it counts for."
    )
    assert not any("already" in one for one in readiness(draft, TODAY).in_the_way)
