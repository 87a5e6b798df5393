"""What the database refuses about claims and their periods: outside them, and in closed ones. Past the ORM."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from activities.models import Claim
from certifications.models import RenewalPeriod
from tests.factories.activities import ActivityFactory, ClaimFactory, EvidenceFactory, EvidenceLinkFactory
from tests.factories.certifications import RESULT, RenewalPeriodFactory
from tests.guards import accepted, copy, delete, insert, refused, run, update

pytestmark = pytest.mark.django_db
ACTIVITIES, CLAIMS, PERIODS = "activities_activity", "activities_claim", "certifications_renewalperiod"
EVIDENCE, LINKS = "activities_evidence", "activities_evidencelink"
CLOSING = {"closed_at": datetime(2027, 3, 1, 12, tzinfo=UTC), "result": RESULT, "result_hash": "a" * 64}


@pytest.fixture
def period() -> RenewalPeriod:
    """1 Apr 2024 to 31 Mar 2027, open."""
    return RenewalPeriodFactory()


@pytest.fixture
def claim(period: RenewalPeriod) -> Claim:
    """A class on 12 Mar 2026."""
    return ClaimFactory(period=period)


@pytest.fixture
def closed(claim: Claim) -> Claim:
    RenewalPeriod.objects.filter(pk=claim.period_id).update(**CLOSING)
    return claim


def new_claim(period: RenewalPeriod, **activity: object) -> tuple[str, list[object]]:
    done = ActivityFactory(user=period.user, **activity)
    return insert(
        CLAIMS, user_id=period.user_id, activity_id=done.pk, held_id=period.held_id, period_id=period.pk,
        chosen_category="", relevant=True, asked=800, counted=800, category="", category_name="", reason="",
        reason_text="",
    )  # fmt: skip


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2027, 4, 1), date(1999, 1, 1)])
def test_an_activity_outside_a_period_does_not_count_in_it(period: RenewalPeriod, day: date) -> None:
    refused("claim_fits_its_period", new_claim(period, on=day))


@pytest.mark.parametrize("day", [date(2024, 4, 1), date(2027, 3, 31)])
def test_the_first_and_the_last_day_count(period: RenewalPeriod, day: date) -> None:
    accepted(new_claim(period, on=day))


@pytest.mark.parametrize(
    ("since", "last", "fits"),
    [
        (date(2023, 1, 1), date(2024, 3, 31), False),
        (date(2023, 1, 1), date(2024, 4, 1), True),
        (date(2027, 3, 31), date(2027, 9, 30), True),
        (date(2027, 4, 1), date(2027, 9, 30), False),
        (date(2020, 1, 1), date(2030, 1, 1), True),
    ],
)
def test_work_over_time_counts_where_it_touches(period: RenewalPeriod, since: date, last: date, fits: bool) -> None:
    statement = new_claim(period, over_time=True, since=since, on=last)
    if fits:
        accepted(statement)
    else:
        refused("claim_fits_its_period", statement)


def test_early_and_late_earning_count(period: RenewalPeriod) -> None:
    run(update(PERIODS, period.pk, earns_from=date(2024, 1, 1), earns_until=date(2027, 7, 1)))
    accepted(new_claim(period, on=date(2024, 1, 1)), new_claim(period, on=date(2027, 6, 30)))
    refused("claim_fits_its_period", new_claim(period, on=date(2023, 12, 31)))
    refused("claim_fits_its_period", new_claim(period, on=date(2027, 7, 1)))


def test_a_claim_cannot_move_to_a_period_that_does_not_take_it(closed: Claim) -> None:
    later = RenewalPeriodFactory(held=closed.held, following=True)
    free = ClaimFactory(without_period=True, held=closed.held)
    refused("claim_fits_its_period", update(CLAIMS, free.pk, period_id=later.pk))
    fitting = ActivityFactory(user=closed.user, on=date(2027, 4, 1))
    accepted(update(CLAIMS, free.pk, activity_id=fitting.pk, period_id=later.pk))
    run(update(CLAIMS, free.pk, activity_id=fitting.pk, period_id=later.pk))
    refused("claim_fits_its_period", update(CLAIMS, free.pk, activity_id=ActivityFactory(user=closed.user).pk))


def test_an_activity_cannot_move_out_of_its_period(claim: Claim) -> None:
    refused("activity_fits_its_periods", update(ACTIVITIES, claim.activity_id, on=date(2027, 4, 1)))
    refused("activity_fits_its_periods", update(ACTIVITIES, claim.activity_id, on=date(2024, 3, 31)))
    accepted(update(ACTIVITIES, claim.activity_id, on=date(2027, 3, 31)))


def test_an_activity_may_move_together_with_its_claim(claim: Claim) -> None:
    move = update(ACTIVITIES, claim.activity_id, on=date(2027, 4, 1))
    leave = update(CLAIMS, claim.pk, period_id=None, counted=0)
    accepted(move, leave)
    accepted(leave, move)
    accepted(move, delete(CLAIMS, claim.pk))


def test_an_activity_may_move_on_to_the_next_period(claim: Claim) -> None:
    shorter = update(PERIODS, claim.period_id, end=date(2026, 1, 1), earns_until=date(2026, 1, 1))
    refused("period_fits_its_claims", shorter)
    accepted(shorter, update(ACTIVITIES, claim.activity_id, on=date(2025, 12, 31)))


@pytest.mark.parametrize(
    "changes",
    [
        {"start": date(2026, 3, 13), "earns_from": date(2026, 3, 13)},
        {"end": date(2026, 3, 12), "earns_until": date(2026, 3, 12)},
    ],
)
def test_a_period_cannot_shrink_away_from_what_counts_in_it(claim: Claim, changes: dict[str, date]) -> None:
    refused("period_fits_its_claims", update(PERIODS, claim.period_id, **changes))
    accepted(update(PERIODS, claim.period_id, **changes), update(CLAIMS, claim.pk, period_id=None, counted=0))


@pytest.mark.django_db(transaction=True)
def test_the_refusal_comes_when_the_transaction_ends(claim: Claim) -> None:
    claim.activity.on = date(2027, 4, 1)
    with transaction.atomic():
        claim.activity.save()
        Claim.objects.filter(pk=claim.pk).update(period=None, counted=0)
    claim.activity.on = date(2026, 3, 12)
    with transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(period=claim.period)
        claim.activity.save()
    claim.activity.on = date(2027, 4, 1)
    with pytest.raises(IntegrityError, match="counts only in a renewal period that takes"), transaction.atomic():
        claim.activity.save()


@pytest.mark.parametrize(
    "changes",
    [{"asked": 900}, {"counted": 0}, {"category": "x"}, {"relevant": False}, {"period_id": None, "counted": 0}],
)
def test_a_claim_of_a_closed_period_stays(closed: Claim, changes: dict[str, object]) -> None:
    refused("claim_in_closed_period_stays", update(CLAIMS, closed.pk, **changes))


def test_a_claim_of_a_closed_period_is_not_deleted(closed: Claim) -> None:
    refused("claim_in_closed_period_stays", delete(CLAIMS, closed.pk))


def test_nothing_is_added_to_a_closed_period(closed: Claim) -> None:
    refused("claim_in_closed_period_stays", new_claim(closed.period))
    free = ClaimFactory(without_period=True, held=closed.held)
    refused("claim_in_closed_period_stays", update(CLAIMS, free.pk, period_id=closed.period_id))


def test_writing_a_closed_claim_back_is_no_change(closed: Claim) -> None:
    closed.save()
    run()


@pytest.mark.parametrize(
    "changes",
    [
        {"on": date(2026, 3, 13)}, {"since": date(2026, 3, 1)}, {"amount": 900}, {"unit": "day"}, {"share": 50},
        {"kind": "webinar"}, {"type": "x"}, {"title": "Another title"}, {"provider": "x"}, {"format": "in-person"},
        {"role": "chair"}, {"reach": "local"}, {"topics": '["ethics"]'}, {"course": "C-1"}, {"above_level": True},
        {"link": "https://example.org/c"}, {"deleted_at": "2027-04-01 12:00+00"}, {"logged_at": "2027-04-01 12:00+00"},
    ],
)  # fmt: skip
def test_an_activity_of_a_closed_period_stays(closed: Claim, changes: dict[str, object]) -> None:
    refused("activity_in_closed_period_stays", update(ACTIVITIES, closed.activity_id, **changes))


def test_a_note_may_still_be_written(closed: Claim) -> None:
    accepted(
        update(ACTIVITIES, closed.activity_id, note="Card is in the van", version=2, changed_at="2027-04-01 12:00+00")
    )


def test_an_activity_outside_closed_periods_is_free(claim: Claim, closed: Claim) -> None:
    free = ClaimFactory(without_period=True, held=closed.held)
    accepted(update(ACTIVITIES, free.activity_id, title="Another title", amount=900))


def test_proof_of_a_closed_period_is_added_but_not_taken_away(closed: Claim) -> None:
    link = EvidenceLinkFactory(user=closed.user, activity=closed.activity)
    other = EvidenceLinkFactory(user=closed.user)
    refused("proof_of_closed_period_stays", delete(LINKS, link.pk))
    refused("proof_of_closed_period_stays", update(LINKS, link.pk, evidence_id=EvidenceFactory(user=closed.user).pk))
    refused("evidence_of_closed_period_stays", update(EVIDENCE, link.evidence_id, removed_at="2027-04-01 12:00+00"))
    accepted(update(EVIDENCE, link.evidence_id, name="card.jpg"), copy(LINKS, link.pk, evidence_id=other.evidence_id))
    accepted(delete(LINKS, other.pk), update(EVIDENCE, other.evidence_id, removed_at="2027-04-01 12:00+00"))
