"""What the database refuses about drafts of rule sets, past the ORM."""

import pytest

from certifications.models import RuleDraft
from tests.factories.accounts import UserFactory
from tests.factories.certifications import RuleSetVersionFactory
from tests.factories.drafts import make_draft
from tests.guards import Statement, accepted, copy, refused, update

pytestmark = pytest.mark.django_db
DRAFTS = "certifications_ruledraft"
AT = "2026-10-01 13:00+00"
DIGEST, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def draft() -> RuleDraft:
    return make_draft()


def handed_in(draft: RuleDraft, **changes: object) -> Statement:
    """The draft as the author hands it in, with some changes."""
    values = {"state": "submitted", "submitted_by_id": draft.author_id, "submitted_at": AT, "submitted_digest": DIGEST}
    return update(DRAFTS, draft.pk, **{**values, **changes})


def approved(draft: RuleDraft, **changes: object) -> Statement:
    """The draft as a second person approves it, with some changes."""
    second = {"state": "approved", "approved_by_id": UserFactory().pk, "approved_at": AT, "approved_digest": DIGEST}
    return handed_in(draft, **{**second, **changes})


def test_a_draft_is_in_a_known_state(draft: RuleDraft) -> None:
    accepted(update(DRAFTS, draft.pk, state="discarded"))
    # The state of a draft that is over is known by the names, not by what is filled in.
    refused("draft_state_known", approved(draft, state="forgotten"))


def test_a_rule_set_has_one_draft_in_work(draft: RuleDraft) -> None:
    refused("draft_one_at_a_time", copy(DRAFTS, draft.pk))
    accepted(update(DRAFTS, draft.pk, state="discarded"), copy(DRAFTS, draft.pk, state="open"))


def test_who_handed_in_what_and_when_is_known(draft: RuleDraft) -> None:
    accepted(handed_in(draft))
    for missing in ({"submitted_by_id": None}, {"submitted_at": None}, {"submitted_digest": ""}):
        refused("draft_submitted_whole", handed_in(draft, **missing))


def test_another_person_approves_exactly_what_was_handed_in(draft: RuleDraft) -> None:
    accepted(approved(draft))
    for wrong in (
        {"approved_by_id": draft.author_id}, {"approved_by_id": None}, {"approved_at": None},
        {"approved_digest": OTHER},
    ):  # fmt: skip
        refused("draft_approved_by_second", approved(draft, **wrong))


def test_a_published_draft_names_its_version(draft: RuleDraft) -> None:
    version = RuleSetVersionFactory()
    accepted(approved(draft, state="published", version_id=version.pk))
    refused("draft_published_as_version", approved(draft, state="published"))
    refused("draft_published_as_version", update(DRAFTS, draft.pk, version_id=version.pk))


def test_states_of_a_draft_are_counted_from_one(draft: RuleDraft) -> None:
    refused("draft_lock_counts", update(DRAFTS, draft.pk, lock_version=0))


def test_what_was_handed_in_changes_only_when_it_is_taken_back(draft: RuleDraft) -> None:
    waiting = handed_in(draft)
    for changes in (
        {"raw": "{}"}, {"starts_on": "2030-01-01"}, {"protections": '{"keep": true}'},
        {"explanation": "New.", "explained_digest": DIGEST},
    ):  # fmt: skip
        refused("draft_handed_in_stays", waiting, update(DRAFTS, draft.pk, **changes))
        accepted(waiting, update(DRAFTS, draft.pk, state="open", **changes))


def test_what_explains_a_change_is_short_and_of_a_content(draft: RuleDraft) -> None:
    accepted(update(DRAFTS, draft.pk, explanation="é" * 1000, explained_digest=DIGEST))
    refused("draft_explanation_fits", update(DRAFTS, draft.pk, explanation="e" * 1001, explained_digest=DIGEST))
    for values in ({"explanation": "New."}, {"explained_digest": DIGEST}):
        refused("draft_explains_a_content", update(DRAFTS, draft.pk, **values))
