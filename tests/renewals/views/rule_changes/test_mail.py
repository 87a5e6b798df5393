"""The words in which people are told of a change of rules: written, approved with it, and sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from certifications.models import RuleDraft, RuleSetVersion
from certifications.protections import Protections
from renewals.actions.publishing import NotReady, approve, explain, hand_in, publish, set_terms, withdraw_version
from renewals.actions.simulating import count_shard, shards_to_do, start_simulation
from renewals.impact.publication import readiness
from renewals.models import InAppNotice, Reminder, RuleChange
from renewals.reminding.mails import compose
from renewals.reminding.planner import plan
from renewals.reminding.sender import sweep
from tests.factories.accounts import UserFactory
from tests.factories.packs import AT
from tests.factories.rule_changes import holders, lowered

TODAY = date(2026, 10, 1)
WORDS = "Classes count less from now on.\n\nAsk <us> & read on,\nline by line."


@pytest.fixture
def draft(nicet: None, rules_admin: User, settings: Any) -> RuleDraft:
    """Counted on three people: one gets a worse standing, one fewer points."""
    settings.CLOCK_AT = AT
    version = RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")
    holders(version, {"worse": 1, "fewer": 1, "same": 1})
    draft = lowered(version, rules_admin, AT)
    terms = {"starts_on": date(2027, 1, 1), "protections": Protections(), "lock_version": draft.lock_version}
    draft = set_terms(draft=draft, by=rules_admin, at=AT, **terms)
    for shard in shards_to_do(start_simulation(draft=draft, by=rules_admin, at=AT, today=TODAY)):
        count_shard(shard_id=shard, at=AT)
    return draft


@pytest.fixture
def admin(rules_admin: User) -> Client:
    client = Client()
    client.force_login(rules_admin)
    return client


def page_of(draft: RuleDraft) -> str:
    return reverse("renewals:draft_mail", args=[draft.pk])


def save(client: Client, draft: RuleDraft, text: str, **more: str) -> Any:
    return client.post(page_of(draft), {"text": text, "lock_version": str(draft.lock_version), **more})


def approved(draft: RuleDraft, by: User) -> dict[str, Any]:
    facts = {"draft": draft, "digest": readiness(draft, TODAY).digest, "at": AT, "today": TODAY}
    hand_in(by=draft.author, **facts)
    approve(by=by, **facts)
    return facts


def test_the_words_are_written_seen_in_the_mail_and_put_back(admin: Client, draft: RuleDraft) -> None:
    page = admin.get(page_of(draft)).content.decode()
    assert "From 1 Jan 2027 new rules count" in page
    assert "What changes: Additional Education." in page
    assert "Subject: New rules: Fire Alarm Systems, Level II, from 1 Jan 2027" in page
    assert "Your total changes from 90 to 85 of 90." in page
    assert "Holder" not in page
    assert save(admin, draft, WORDS).status_code == 302
    draft.refresh_from_db()
    looks = admin.get(reverse("renewals:draft_mail_looks", args=[draft.pk])).content.decode()
    assert "Ask &lt;us&gt; &amp; read on,<br>line by line.</p>" in looks
    assert "1 person: fewer points" in admin.get(page_of(draft), {"change": "fewer"}).content.decode()
    check = admin.get(reverse("renewals:draft_publish", args=[draft.pk])).content.decode()
    assert "Classes count less from now on." in check
    event = AuditEvent.objects.get(verb="text of the rule mail changed")
    assert event.data["after"] == {"text": WORDS}
    assert save(admin, draft, WORDS).status_code == 302  # the same once more is no change
    assert AuditEvent.objects.filter(verb="text of the rule mail changed").count() == 1
    save(admin, draft, "", do="default")
    draft.refresh_from_db()
    assert (draft.explanation, draft.explained_digest) == ("", "")
    save(admin, draft, readiness(draft, TODAY).made_explanation)
    draft.refresh_from_db()
    assert draft.explanation == ""  # the default text goes on following the draft


def test_what_cannot_be_sent_stays_in_the_form(admin: Client, draft: RuleDraft) -> None:
    for text, said in (("", "Write a text"), ("Dear {name}", "Take out"), ("x" * 1001, "1,001")):
        answer = save(admin, draft, text)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f"{text}</textarea>" in answer.content.decode()
    assert admin.post(page_of(draft), {"text": "New."}).status_code == 422
    draft.refresh_from_db()
    assert draft.explanation == ""


def test_who_is_late_sees_both_texts_and_loses_neither(admin: Client, draft: RuleDraft) -> None:
    second = UserFactory(name="Max Silva", rules_admin=True)
    explain(draft=draft, text="Text of Max.", lock_version=draft.lock_version, by=second, at=AT, today=TODAY)
    answer = save(admin, draft, "Text of Kim.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Max Silva changed this draft first" in page
    assert "Text of Max." in page
    assert "Text of Kim.</textarea>" in page
    assert b"Read it again before" in admin.post(
        page_of(draft), {"do": "default", "lock_version": str(draft.lock_version)}, follow=True
    ).content  # fmt: skip
    draft.refresh_from_db()
    assert draft.explanation == "Text of Max."
    save(admin, draft, "Text of Kim.")
    draft.refresh_from_db()
    assert draft.explanation == "Text of Kim."


def test_another_text_takes_the_approval_back(admin: Client, draft: RuleDraft) -> None:
    second = UserFactory(rules_admin=True)
    facts = approved(draft, second)
    draft.refresh_from_db()
    assert b"Another text has to be handed in and approved again" in admin.get(page_of(draft)).content
    save(admin, draft, WORDS)
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == ("open", None)
    check = reverse("renewals:draft_publish", args=[draft.pk])
    answer = admin.post(check, {"do": "hand-in", "digest": facts["digest"]}, follow=True)
    assert b"The draft changed after you opened this page" in answer.content  # the digest is of the text too


def test_a_text_of_an_older_draft_is_read_again(admin: Client, draft: RuleDraft) -> None:
    save(admin, draft, WORDS)
    draft.refresh_from_db()
    later = {"starts_on": date(2027, 2, 1), "protections": readiness(draft, TODAY).content.protections}  # type: ignore[union-attr]
    draft = set_terms(draft=draft, lock_version=draft.lock_version, by=draft.author, at=AT, **later)
    told = "The text of the mail was written before the draft changed."
    assert any(one.startswith(told) for one in readiness(draft, TODAY).in_the_way)
    assert b"once the impact of this draft is counted" in admin.get(page_of(draft)).content
    save(admin, draft, WORDS)
    draft.refresh_from_db()
    assert not any(one.startswith(told) for one in readiness(draft, TODAY).in_the_way)


def test_the_words_reach_people_and_so_does_their_end(admin: Client, draft: RuleDraft) -> None:
    save(admin, draft, WORDS)
    draft.refresh_from_db()
    second = UserFactory(rules_admin=True)
    change = publish(by=second, **approved(draft, second))
    assert change.version.explanation == WORDS
    assert admin.get(page_of(draft)).status_code == 302
    sweep(at=AT)
    notices = InAppNotice.objects.filter(subject__startswith="New rules: ")
    assert notices.count() == 2
    assert all("Classes count less from now on." in one.text for one in notices)
    reader = Client()
    reader.force_login(notices[0].user)
    page = reader.get(reverse("renewals:rule_changes", args=["nicet-cpd", change.version.number])).content.decode()
    assert "Ask &lt;us&gt; &amp; read on,<br>line by line." in page
    admin.post(reverse("renewals:rule_change", args=[change.version_id]), {"why": "Too soon."})
    row = Reminder.objects.filter(stage__endswith="-withdrawn").select_related("user", "period").first()
    ended = row and compose(row.user, [row], TODAY)
    assert ended
    assert "<h1" in ended.html
    assert "The new rules from 1 Jan 2027 are withdrawn" in ended.html
    assert "See what changed" not in ended.text
    sweep(at=AT + timedelta(days=1))  # one mail a day for each person
    ends = InAppNotice.objects.filter(subject__startswith="Withdrawn: the new rules of Fire Alarm Systems, Level II")
    assert {one.user_id for one in ends} == {one.user_id for one in notices}
    assert "your rules and your total stay as they are" in ends[0].text
    assert RuleChange.objects.get().state == "withdrawn"


def test_who_was_not_told_yet_hears_nothing_of_a_withdrawal(draft: RuleDraft) -> None:
    second = UserFactory(rules_admin=True)
    change = publish(by=second, **approved(draft, second))
    withdraw_version(change=change, why="", by=second, at=AT, today=TODAY)
    assert set(Reminder.objects.values_list("state", flat=True)) == {"dropped"}
    sweep(at=AT)
    assert not InAppNotice.objects.exists()
    assert mail.outbox == []


def test_who_is_affected_hears_once_more_before_it_starts(draft: RuleDraft) -> None:
    second = UserFactory(rules_admin=True)
    change = publish(by=second, **approved(draft, second))
    soon = Reminder.objects.filter(stage=f"rules-{change.version_id}-soon")
    sweep(at=AT)
    plan(at=datetime(2026, 12, 1, 13, tzinfo=UTC))
    assert not soon.exists()
    for _ in range(2):
        plan(at=datetime(2026, 12, 2, 13, tzinfo=UTC))
    assert soon.count() == 2
    sweep(at=datetime(2026, 12, 2, 13, tzinfo=UTC))
    told = InAppNotice.objects.filter(subject__startswith="New rules soon: Fire Alarm Systems, Level II, from 1 Jan")
    assert told.count() == 2
    withdraw_version(change=change, why="", by=second, at=AT, today=TODAY)
    assert Reminder.objects.filter(stage=f"rules-{change.version_id}-withdrawn").count() == 2


def test_what_was_published_within_the_month_is_told_of_once(draft: RuleDraft) -> None:
    second = UserFactory(rules_admin=True)
    change = publish(by=second, **approved(draft, second))
    RuleChange.objects.update(published_at=datetime(2026, 12, 5, tzinfo=UTC))
    plan(at=datetime(2026, 12, 20, 13, tzinfo=UTC))
    assert not Reminder.objects.filter(stage=f"rules-{change.version_id}-soon").exists()


def test_what_moved_on_after_it_was_approved_is_handed_in_again(admin: Client, draft: RuleDraft) -> None:
    second = UserFactory(rules_admin=True)
    facts = approved(draft, second)
    RuleDraft.objects.update(submitted_digest="a" * 64, approved_digest="a" * 64)  # of other rules before it
    check = reverse("renewals:draft_publish", args=[draft.pk])
    assert b"What was handed in is not what stands here now" in admin.get(check).content
    with pytest.raises(NotReady, match="A second person has to approve exactly this first"):
        publish(by=second, **facts)
    admin.post(check, {"do": "hand-in", "digest": facts["digest"]})
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_digest, draft.approved_by) == ("submitted", facts["digest"], None)
