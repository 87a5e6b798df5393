"""What the database refuses about versions of rule sets, past the ORM."""

import hashlib
from datetime import date

import pytest

from certifications.models import RuleSetVersion
from tests.factories.accounts import UserFactory
from tests.factories.certifications import RuleSetFactory, RuleSetVersionFactory
from tests.factories.employers import EmployerFactory
from tests.guards import accepted, copy, delete, refused, update

pytestmark = pytest.mark.django_db
VERSIONS = "certifications_rulesetversion"
OTHER = '{"format": 1}'
OTHER_DIGEST = hashlib.sha256(OTHER.encode()).hexdigest()


@pytest.fixture
def published() -> RuleSetVersion:
    return RuleSetVersionFactory()


@pytest.fixture
def draft() -> RuleSetVersion:
    return RuleSetVersionFactory(draft=True)


CHANGES = [
    {"canonical": OTHER, "digest": OTHER_DIGEST},
    {"number": 70},
    {"label": "another"},
    {"in_force_from": date(2019, 1, 1)},
    {"checked_on": date(2026, 10, 1)},
    {"confidence": "copy"},
    {"from_pack": False},
    {"protections": '{"keep": true}'},
    {"created_at": "2026-09-01 13:00+00"},
    {"published_at": "2026-09-02 13:00+00"},
]


@pytest.mark.parametrize("changes", CHANGES)
@pytest.mark.parametrize("status", ["published", "superseded", "withdrawn"])
def test_a_published_version_stays_as_it_is(status: str, changes: dict[str, object]) -> None:
    refused("version_published_stays", update(VERSIONS, RuleSetVersionFactory(status=status).pk, **changes))


def test_a_published_version_stays_in_its_rule_set(published: RuleSetVersion) -> None:
    refused("version_published_stays", update(VERSIONS, published.pk, rule_set_id=RuleSetFactory().pk))


def test_a_published_version_is_not_deleted(published: RuleSetVersion) -> None:
    refused("version_published_stays", delete(VERSIONS, published.pk))


@pytest.mark.parametrize("changes", CHANGES)
def test_a_draft_may_change(draft: RuleSetVersion, changes: dict[str, object]) -> None:
    accepted(update(VERSIONS, draft.pk, **changes))
    accepted(delete(VERSIONS, draft.pk))


STATUSES = ["draft", "published", "superseded", "withdrawn"]
STEPS = {
    ("draft", "published"), ("draft", "withdrawn"), ("published", "superseded"), ("published", "withdrawn"),
    ("superseded", "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize("old", STATUSES)
@pytest.mark.parametrize("new", STATUSES)
def test_a_status_only_steps_forward(old: str, new: str) -> None:
    version = RuleSetVersionFactory(status=old)
    step = update(VERSIONS, version.pk, status=new)
    if old == new or (old, new) in STEPS:
        accepted(step)
    else:
        refused("version_status_steps", step)


def test_a_draft_is_published_in_one_step(draft: RuleSetVersion) -> None:
    accepted(update(VERSIONS, draft.pk, status="published", published_at="2026-10-01 12:00+00"))
    refused("version_published_has_time", update(VERSIONS, draft.pk, status="published"))


@pytest.mark.parametrize("changes", [{"canonical": OTHER}, {"digest": OTHER_DIGEST}])
def test_text_and_hash_never_part(draft: RuleSetVersion, changes: dict[str, str]) -> None:
    refused("version_digest_of_content", update(VERSIONS, draft.pk, **changes))


def test_the_hash_is_of_the_text_as_utf8(draft: RuleSetVersion) -> None:
    text = '{"name": "Brandschutz Prüfer ☃"}'
    accepted(update(VERSIONS, draft.pk, canonical=text, digest=hashlib.sha256(text.encode()).hexdigest()))


def test_an_unknown_status_is_refused(draft: RuleSetVersion) -> None:
    copied = {"number": 71, "label": "71", "published_at": "2026-10-01 12:00+00"}
    refused("version_status_known", copy(VERSIONS, draft.pk, **copied, status="live"))


@pytest.mark.parametrize(
    ("guard", "changes"), [("version_number_once", {"label": "x"}), ("version_label_once", {"number": 71})]
)
def test_a_version_is_named_once(draft: RuleSetVersion, guard: str, changes: dict[str, object]) -> None:
    refused(guard, copy(VERSIONS, draft.pk, **changes))


def test_the_day_of_the_next_version_is_noted_until_it_comes(published: RuleSetVersion) -> None:
    accepted(update(VERSIONS, published.pk, superseded_on=date(2027, 1, 1)))
    accepted(update(VERSIONS, published.pk, superseded_on=date(2027, 1, 1), status="superseded"))
    done = RuleSetVersionFactory(status="superseded")
    refused("version_published_stays", update(VERSIONS, done.pk, superseded_on=date(2027, 1, 1)))


def test_a_version_is_not_superseded_before_it_starts(published: RuleSetVersion) -> None:
    early = {"status": "superseded", "superseded_on": date(2019, 12, 31)}
    refused("version_superseded_after_start", update(VERSIONS, published.pk, **early))


def test_one_version_of_a_rule_set_is_in_force_at_a_time(published: RuleSetVersion) -> None:
    following = {"number": 72, "label": "72", "in_force_from": date(2027, 1, 1)}
    refused("version_one_in_force", copy(VERSIONS, published.pk, **following))
    ends = update(VERSIONS, published.pk, superseded_on=date(2027, 1, 1))
    accepted(copy(VERSIONS, published.pk, **following), ends)
    refused("version_one_in_force", copy(VERSIONS, published.pk, **following, superseded_on=date(2027, 6, 1)))
    accepted(copy(VERSIONS, published.pk, **following, status="superseded"))


def test_a_body_s_rules_are_published_by_two(draft: RuleSetVersion) -> None:
    author, second = UserFactory(), UserFactory()
    own = {"from_pack": False, "status": "published", "published_at": "2026-10-01 12:00+00", "author_id": author.pk}
    approved = {"approved_by_id": second.pk, "approved_at": "2026-10-01 12:00+00"}
    accepted(update(VERSIONS, draft.pk, **own, **approved))
    refused("version_second_person", update(VERSIONS, draft.pk, **own))
    refused("version_second_person", update(VERSIONS, draft.pk, **own, **{**approved, "approved_by_id": author.pk}))
    refused("version_second_person", update(VERSIONS, draft.pk, **{**own, **approved, "author_id": None}))
    asked = {**own, "number": 73, "label": "73", "published_at": "2026-10-01 12:00+00"}
    refused("version_second_person", copy(VERSIONS, draft.pk, **asked))


def test_an_employer_publishes_its_own_rules_alone(draft: RuleSetVersion) -> None:
    in_house = RuleSetFactory(body=None, employer=EmployerFactory())
    own = {"from_pack": False, "status": "published", "published_at": "2026-10-01 12:00+00"}
    accepted(update(VERSIONS, draft.pk, **own, rule_set_id=in_house.pk))


def test_who_approves_does_so_at_some_time(draft: RuleSetVersion) -> None:
    second = UserFactory()
    refused("version_approved_with_time", update(VERSIONS, draft.pk, approved_by_id=second.pk))
    refused("version_approved_with_time", update(VERSIONS, draft.pk, approved_at="2026-10-01 12:00+00"))


def test_what_explains_a_version_is_short_and_stays(published: RuleSetVersion) -> None:
    copied = {"number": 74, "label": "74", "status": "superseded"}
    accepted(copy(VERSIONS, published.pk, **copied, explanation="e" * 1000))
    refused("version_explanation_fits", copy(VERSIONS, published.pk, **copied, explanation="e" * 1001))
    refused("version_published_stays", update(VERSIONS, published.pk, explanation="New."))
