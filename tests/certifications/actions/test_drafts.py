"""Drafts are begun once, saved by who read them last, and leave a trace of every value."""

from datetime import UTC, datetime

import pytest

from accounts.models import AuditEvent, User
from certifications.actions.drafts import (
    Conflict,
    DraftClosed,
    DraftExists,
    TooLong,
    discard,
    save_raw,
    save_section,
    start_draft,
    start_rule_set,
)
from certifications.models import RuleDraft
from certifications.rules.parsing import parse
from tests.factories.accounts import UserFactory
from tests.factories.certifications import BodyFactory, RuleSetVersionFactory
from tests.factories.drafts import make_draft
from tests.threads import at_once

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 14, tzinfo=UTC)


@pytest.fixture
def kim(db: None) -> User:
    return UserFactory(name="A. Kim", rules_admin=True)


@pytest.fixture
def draft(kim: User) -> RuleDraft:
    return make_draft(kim)


def save(draft: RuleDraft, by: User, lock_version: int = 1, **need: object) -> RuleDraft:
    return save_section(draft=draft, values={"need": need}, lock_version=lock_version, by=by, at=AT)


def test_a_draft_begins_with_its_version_and_there_is_one_at_a_time(draft: RuleDraft, kim: User) -> None:
    assert draft.base is not None
    assert (draft.digest, draft.lock_version) == (draft.base.digest, 1)
    with pytest.raises(DraftExists) as caught:
        start_draft(rule_set=draft.rule_set, raw={}, by=kim, at=AT)
    assert caught.value.draft == draft


def test_saving_counts_up_and_says_what_changed(draft: RuleDraft, kim: User) -> None:
    saved = save(draft, kim, points=81)
    assert (saved.lock_version, saved.raw["need"], saved.changed_at) == (2, {"points": 81}, AT)
    assert saved.digest == parse(saved.raw).digest() != draft.digest
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.actor) == ("rule draft changed", kim)
    assert event.data["before"] == {"need.points": 90}
    assert event.data["after"]["need.points"] == 81


def test_what_makes_no_sense_yet_is_kept_without_a_digest(draft: RuleDraft, kim: User) -> None:
    saved = save(draft, kim, points="many")
    assert (saved.raw["need"]["points"], saved.digest) == ("many", "")


def test_saving_the_same_changes_nothing(draft: RuleDraft, kim: User) -> None:
    events = AuditEvent.objects.count()
    assert save_raw(draft=draft, raw=draft.raw, lock_version=7, by=kim, at=AT).lock_version == 1
    assert AuditEvent.objects.count() == events


def test_the_second_of_two_gets_both_versions(draft: RuleDraft, kim: User) -> None:
    silva = UserFactory(rules_admin=True)
    save(draft, silva, points=80)
    with pytest.raises(Conflict) as caught:
        save(draft, kim, points=70)
    theirs, mine = caught.value.draft.raw, caught.value.mine
    assert (theirs["need"], mine["need"], caught.value.read) == ({"points": 80}, {"points": 70}, 1)
    assert caught.value.draft.changed_by == silva


def test_a_change_takes_back_that_it_was_handed_in_and_approved(draft: RuleDraft, kim: User) -> None:
    RuleDraft.objects.filter(pk=draft.pk).update(
        state="approved", submitted_by=kim, submitted_at=AT, submitted_digest="a" * 64,
        approved_by=UserFactory(), approved_at=AT, approved_digest="a" * 64,
    )  # fmt: skip
    saved = save(draft, kim, points=80)
    assert (saved.state, saved.submitted_by, saved.approved_by, saved.approved_digest) == ("open", None, None, "")


def test_a_discarded_draft_is_over(draft: RuleDraft, kim: User) -> None:
    with pytest.raises(Conflict):
        discard(draft=draft, lock_version=9, by=kim, at=AT)
    assert discard(draft=draft, lock_version=1, by=kim, at=AT).state == "discarded"
    for again in (lambda: save(draft, kim, points=1), lambda: discard(draft=draft, lock_version=1, by=kim, at=AT)):
        with pytest.raises(DraftClosed):
            again()
    assert make_draft(kim, base=draft.base).state == "open"


def test_no_document_is_that_long(draft: RuleDraft, kim: User) -> None:
    with pytest.raises(TooLong):
        save(draft, kim, note="x" * 1_100_000)


def test_a_rule_set_from_nothing_has_an_address_of_its_own(kim: User) -> None:
    RuleSetVersionFactory(rule_set__slug="guild-master")
    body = BodyFactory(slug="guild-body")
    draft = start_rule_set(body=body, name="Guild Master", certifications=[], raw={"format": 1}, by=kim, at=AT)
    assert draft.rule_set.slug == "guild-master-2"
    assert draft.raw["rules"] == {"body": "guild-body", "key": "guild-master-2"}
    assert (draft.base, draft.digest) == (None, "")


@pytest.mark.django_db(transaction=True)
def test_a_rule_set_is_begun_once_however_often_its_form_is_sent(kim: User) -> None:
    body = BodyFactory()

    def begin(raw: dict[str, object]) -> RuleDraft:
        return start_rule_set(body=body, name="Rigging", certifications=[], raw=raw, by=kim, at=AT)

    one, two = at_once(*[lambda: begin({"need": {"points": 30}})] * 2)
    assert one == two
    assert begin({"need": {"points": 40}}).rule_set.slug == "rigging-2"
    assert RuleDraft.objects.count() == 2
