"""What the database refuses about activities, claims and evidence, past the ORM."""

import uuid
from datetime import date

import pytest
from django.db import DataError, transaction

from accounts.models import User
from activities.models import Activity, Claim, Evidence, EvidenceLink
from tests.factories.activities import ActivityFactory, ClaimFactory, EvidenceFactory, EvidenceLinkFactory
from tests.factories.certifications import HeldCertificationFactory, RenewalPeriodFactory
from tests.guards import accepted, copy, delete, drop, foreign_key, refused, run, update

pytestmark = pytest.mark.django_db
ACTIVITIES, CLAIMS = "activities_activity", "activities_claim"
EVIDENCE, LINKS = "activities_evidence", "activities_evidencelink"
HASH = "a" * 64


@pytest.fixture
def activity(technician: User) -> Activity:
    return ActivityFactory(user=technician)


@pytest.fixture
def claim() -> Claim:
    return ClaimFactory()


@pytest.fixture
def stored(technician: User) -> Evidence:
    return EvidenceFactory(user=technician)


@pytest.mark.parametrize(
    ("guard", "changes"),
    [
        ("activity_amount_sane", {"amount": 0}),
        ("activity_amount_sane", {"amount": 10_000_01}),
        ("activity_share_percent", {"share": 0}),
        ("activity_share_percent", {"share": 101}),
        ("activity_date_sane", {"on": date(1949, 12, 31)}),
        ("activity_date_sane", {"on": date(2200, 1, 1)}),
        ("activity_date_sane", {"on": "infinity"}),
        ("activity_ends_after_start", {"since": date(2026, 3, 13)}),
        ("activity_ends_after_start", {"since": date(1949, 12, 31)}),
        ("activity_kind_known", {"kind": "holiday"}),
        ("activity_unit_known", {"unit": "parsec"}),
        ("activity_titled", {"title": ""}),
    ],
)
def test_an_activity_is_sane(activity: Activity, guard: str, changes: dict[str, object]) -> None:
    refused(guard, update(ACTIVITIES, activity.pk, **changes))


@pytest.mark.parametrize("amount", [-1, -800])
def test_an_amount_is_never_negative(activity: Activity, amount: int) -> None:
    drop("activity_amount_sane")
    refused("activities_activity_amount_check", update(ACTIVITIES, activity.pk, amount=amount))


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "8.5.1", "1e999", str(2**31)])
def test_an_amount_is_a_number(activity: Activity, amount: str) -> None:
    with pytest.raises(DataError), transaction.atomic():
        run(update(ACTIVITIES, activity.pk, amount=amount))


@pytest.mark.parametrize("column", ["asked", "counted"])
def test_points_of_a_claim_are_never_negative(claim: Claim, column: str) -> None:
    changes = {"asked": 0, "counted": 0, column: -1}
    if column == "asked":
        drop("claim_counts_at_most_what_it_asks")
    refused(f"activities_claim_{column}_check", update(CLAIMS, claim.pk, **changes))


def test_a_form_is_stored_once(activity: Activity, stranger: User) -> None:
    refused("activity_form_stored_once", copy(ACTIVITIES, activity.pk))
    accepted(copy(ACTIVITIES, activity.pk, nonce=uuid.uuid4()))
    accepted(copy(ACTIVITIES, activity.pk, user_id=stranger.pk))


@pytest.mark.parametrize(("asked", "counted"), [(800, 801), (0, 1)])
def test_a_claim_counts_at_most_what_it_asks(claim: Claim, asked: int, counted: int) -> None:
    refused("claim_counts_at_most_what_it_asks", update(CLAIMS, claim.pk, asked=asked, counted=counted))


def test_asking_for_less_takes_the_count_along(claim: Claim) -> None:
    refused("claim_counts_at_most_what_it_asks", update(CLAIMS, claim.pk, asked=799))
    accepted(update(CLAIMS, claim.pk, asked=799, counted=799))


def test_nobody_asks_for_a_million_points(claim: Claim) -> None:
    refused("claim_asked_sane", update(CLAIMS, claim.pk, asked=1_000_000_01))


def test_what_counts_counts_in_a_period(claim: Claim) -> None:
    refused("claim_counts_in_a_period", update(CLAIMS, claim.pk, period_id=None))
    accepted(update(CLAIMS, claim.pk, period_id=None, counted=0))


def test_an_activity_is_claimed_once_for_a_certification(claim: Claim) -> None:
    """So it also counts once in a period: a period is of one held certification."""
    refused("claim_once_for_a_certification", copy(CLAIMS, claim.pk, category="practice"))


def test_everything_of_a_claim_belongs_to_one_person(claim: Claim) -> None:
    other = ClaimFactory()
    refused("claim_activity_of_same_user", update(CLAIMS, claim.pk, activity_id=ActivityFactory().pk))
    refused("claim_activity_of_same_user", update(ACTIVITIES, claim.activity_id, user_id=other.user_id))
    without = ClaimFactory(without_period=True, held=HeldCertificationFactory())
    refused("claim_held_by_same_user", update(CLAIMS, without.pk, held_id=other.held_id))
    refused("claim_period_of_same_user_and_held", update(CLAIMS, claim.pk, period_id=other.period_id))


def test_a_claim_counts_in_a_period_of_its_own_certification(claim: Claim) -> None:
    """Not even in another certification of the same person."""
    other = RenewalPeriodFactory(held=HeldCertificationFactory(user=claim.user))
    refused("claim_period_of_same_user_and_held", update(CLAIMS, claim.pk, period_id=other.pk))


def test_a_file_proves_what_its_owner_did(technician: User, stranger: User) -> None:
    link: EvidenceLink = EvidenceLinkFactory(user=technician)
    refused("link_evidence_of_same_user", update(LINKS, link.pk, evidence_id=EvidenceFactory(user=stranger).pk))
    refused("link_activity_of_same_user", update(LINKS, link.pk, activity_id=ActivityFactory(user=stranger).pk))


def test_a_file_is_linked_once(technician: User) -> None:
    refused("evidence_linked_once", copy(LINKS, EvidenceLinkFactory(user=technician).pk))


@pytest.mark.parametrize(
    "changes", [{"sha256": ""}, {"sha256": "A" * 64}, {"sha256": "a" * 63}, {"size": 0}, {"sha256": "", "size": 0}]
)
def test_a_stored_file_has_bytes(technician: User, changes: dict[str, object]) -> None:
    staged = EvidenceFactory(user=technician, staged=True)
    whole = {"state": "stored", "sha256": HASH, "size": 12}
    accepted(update(EVIDENCE, staged.pk, **whole))
    refused("evidence_stored_has_bytes", update(EVIDENCE, staged.pk, **{**whole, **changes}))


def test_a_size_is_never_negative(technician: User) -> None:
    staged = EvidenceFactory(user=technician, staged=True)
    refused("activities_evidence_size_check", update(EVIDENCE, staged.pk, size=-1))


def test_a_file_is_staged_or_stored(technician: User) -> None:
    staged = EvidenceFactory(user=technician, staged=True)
    refused("evidence_state_known", update(EVIDENCE, staged.pk, state="lost", sha256=HASH, size=12))


@pytest.mark.parametrize(
    "changes",
    [
        {"sha256": HASH},
        {"size": 13},
        {"media_type": "image/png"},
        {"uploaded_at": "2026-03-13 12:00+00"},
        {"state": "staged"},
        {"state": "staged", "sha256": "", "size": 0},
    ],
)
def test_a_stored_file_stays_as_it_is(stored: Evidence, changes: dict[str, object]) -> None:
    refused("evidence_stored_stays", update(EVIDENCE, stored.pk, **changes))


def test_a_stored_file_keeps_its_owner(stored: Evidence, stranger: User) -> None:
    refused("evidence_stored_stays", update(EVIDENCE, stored.pk, user_id=stranger.pk))


def test_a_stored_file_may_be_renamed_and_taken_away(stored: Evidence) -> None:
    accepted(update(EVIDENCE, stored.pk, name="NFPA 72.pdf", removed_at="2026-04-01 12:00+00"))


@pytest.mark.parametrize(
    ("table", "column", "target", "also"),
    [
        (CLAIMS, "activity_id", ACTIVITIES, "claim_activity_of_same_user"),
        (CLAIMS, "period_id", "certifications_renewalperiod", "claim_period_of_same_user_and_held"),
        (LINKS, "evidence_id", EVIDENCE, "link_evidence_of_same_user"),
        (LINKS, "activity_id", ACTIVITIES, "link_activity_of_same_user"),
    ],
)
def test_what_is_pointed_at_stays(table: str, column: str, target: str, also: str) -> None:
    row = ClaimFactory() if table == CLAIMS else EvidenceLinkFactory()
    gone = delete(target, getattr(row, column))
    refused(also, (f'ALTER TABLE {table} DROP CONSTRAINT "{foreign_key(table, column)}"', []), gone)
    drop(also)
    refused(foreign_key(table, column), gone)
