"""What the database refuses about who holds what, and about renewal periods, past the ORM."""

from datetime import date, timedelta

import pytest
from django.db import DataError, IntegrityError, transaction

from accounts.models import User
from certifications.models import HeldCertification, RenewalPeriod
from tests.factories.accounts import UserFactory
from tests.factories.certifications import (
    RESULT,
    BodyFactory,
    CertificationFactory,
    HeldCertificationFactory,
    LevelFactory,
    RenewalPeriodFactory,
    RuleSetVersionFactory,
)
from tests.guards import accepted, copy, delete, foreign_key, refused, run, update

pytestmark = pytest.mark.django_db
PERIODS, HELD = "certifications_renewalperiod", "certifications_heldcertification"
CERTIFICATIONS, LEVELS = "certifications_certification", "certifications_level"
HASH = "a" * 64


@pytest.fixture
def period() -> RenewalPeriod:
    """1 Apr 2024 to 31 Mar 2027, open."""
    return RenewalPeriodFactory()


@pytest.fixture
def closed() -> RenewalPeriod:
    return RenewalPeriodFactory(closed=True)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2027, 3, 31), date(2030, 4, 1)),
        (date(2021, 4, 1), date(2024, 4, 2)),
        (date(2025, 1, 1), date(2025, 2, 1)),
        (date(2020, 1, 1), date(2030, 1, 1)),
        (date(2024, 4, 1), date(2027, 4, 1)),
    ],
)
def test_periods_never_overlap(closed: RenewalPeriod, start: date, end: date) -> None:
    dates = {"start": start, "end": end, "earns_from": start, "earns_until": end}
    refused("period_never_overlaps", copy(PERIODS, closed.pk, ordinal=2, **dates))


def test_periods_may_touch_and_others_may_overlap(closed: RenewalPeriod) -> None:
    RenewalPeriodFactory()
    dates = {"start": closed.end, "end": date(2030, 4, 1), "earns_from": closed.end, "earns_until": date(2030, 4, 1)}
    accepted(copy(PERIODS, closed.pk, ordinal=2, **dates))


def test_a_period_cannot_grow_into_the_next(closed: RenewalPeriod) -> None:
    following = RenewalPeriodFactory(held=closed.held, following=True)
    early = following.start - timedelta(days=1)
    refused("period_never_overlaps", update(PERIODS, following.pk, start=early, earns_from=early))


def test_one_open_period_at_a_time(period: RenewalPeriod) -> None:
    dates = {"start": period.end, "end": date(2030, 4, 1), "earns_from": period.end, "earns_until": date(2030, 4, 1)}
    refused("period_one_open", copy(PERIODS, period.pk, ordinal=2, **dates))


def test_periods_are_numbered_once(closed: RenewalPeriod) -> None:
    dates = {"start": closed.end, "end": date(2030, 4, 1), "earns_from": closed.end, "earns_until": date(2030, 4, 1)}
    refused("period_ordinal_once", copy(PERIODS, closed.pk, **dates))


def test_a_period_ends_after_it_starts(period: RenewalPeriod) -> None:
    refused("period_ends_after_start", update(PERIODS, period.pk, end=period.start, earns_until=period.start))
    # Backwards there is a second refusal behind it: the index cannot make a date range of it.
    with pytest.raises(IntegrityError, match="period_ends_after_start"), transaction.atomic():
        run(update(PERIODS, period.pk, end=date(2024, 3, 31)))


@pytest.mark.parametrize("changes", [{"earns_from": date(2024, 4, 2)}, {"earns_until": date(2027, 3, 31)}])
def test_every_day_of_a_period_earns(period: RenewalPeriod, changes: dict[str, date]) -> None:
    refused("period_earns_at_least_itself", update(PERIODS, period.pk, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"start": date(1949, 12, 31), "earns_from": date(1949, 12, 31)},
        {"end": date(2200, 1, 2), "earns_until": date(2200, 1, 2)},
    ],
)
def test_a_period_lies_in_a_lifetime(period: RenewalPeriod, changes: dict[str, date]) -> None:
    refused("period_dates_sane", update(PERIODS, period.pk, **changes))


@pytest.mark.parametrize("day", ["2026-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "tomorrow week"])
def test_a_date_exists(period: RenewalPeriod, day: str) -> None:
    with pytest.raises(DataError), transaction.atomic():
        run(update(PERIODS, period.pk, earns_until=day))


@pytest.mark.parametrize(
    "changes",
    [
        {"closed_at": "2027-03-01 12:00+00"},
        {"closed_at": "2027-03-01 12:00+00", "result": '{"counted": 9000}'},
        {"closed_at": "2027-03-01 12:00+00", "result_hash": HASH},
        {"closed_at": "2027-03-01 12:00+00", "result": '{"counted": 9000}', "result_hash": "not a hash"},
        {"result": '{"counted": 9000}', "result_hash": HASH},
    ],
)
def test_a_result_belongs_to_a_closed_period(period: RenewalPeriod, changes: dict[str, str]) -> None:
    refused("period_closed_with_result", update(PERIODS, period.pk, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"closed_at": None, "result": None, "result_hash": ""},
        {"closed_at": "2027-03-02 12:00+00"},
        {"result": '{"counted": 9100, "needed": 9000}'},
        {"result_hash": HASH},
        {"end": "2027-03-31"},
        {"earns_until": "2027-05-01"},
        {"carried_in": "[1]"},
        {"reference": "R-2"},
        {"renewed_on": "2027-03-02"},
        {"version_id": None},
    ],
)
def test_a_closed_period_stays_as_it_is(closed: RenewalPeriod, changes: dict[str, str | None]) -> None:
    refused("period_closed_stays", update(PERIODS, closed.pk, **changes))


def test_a_closed_period_keeps_its_rules(closed: RenewalPeriod) -> None:
    refused("period_closed_stays", update(PERIODS, closed.pk, version_id=RuleSetVersionFactory().pk))


def test_a_closed_period_is_not_deleted(closed: RenewalPeriod) -> None:
    refused("period_closed_stays", delete(PERIODS, closed.pk))


def test_an_open_period_may_change_and_writing_back_is_no_change(period: RenewalPeriod, closed: RenewalPeriod) -> None:
    accepted(update(PERIODS, period.pk, reference="R-1"))
    accepted(delete(PERIODS, period.pk))
    closed.refresh_from_db()
    closed.save()
    assert closed.result == RESULT


def test_a_period_is_of_whoever_holds_the_certification(period: RenewalPeriod, stranger: User) -> None:
    refused("period_held_by_same_user", update(PERIODS, period.pk, user_id=stranger.pk))
    refused("period_held_by_same_user", update(HELD, period.held_id, user_id=stranger.pk))


def test_a_certification_is_held_once_at_a_time(technician: User) -> None:
    held = HeldCertificationFactory(user=technician)
    refused("held_once_at_a_time", copy(HELD, held.pk))
    accepted(update(HELD, held.pk, removed_at="2026-05-01 12:00+00"), copy(HELD, held.pk, removed_at=None))


def test_a_level_is_one_of_the_certification(technician: User) -> None:
    held = HeldCertificationFactory(user=technician, with_level=True)
    refused("held_level_of_certification", update(HELD, held.pk, level_id=LevelFactory().pk))
    refused("held_level_of_certification", update(HELD, held.pk, certification_id=CertificationFactory().pk))
    accepted(update(HELD, held.pk, level_id=LevelFactory(certification=held.certification).pk))


def test_nobody_holds_what_another_person_added(technician: User, stranger: User) -> None:
    own = CertificationFactory(own=True, owner=technician)
    theirs = HeldCertificationFactory(user=technician, certification=own)
    other = HeldCertificationFactory(user=stranger)
    refused("held_from_catalogue_or_own", copy(HELD, theirs.pk, user_id=stranger.pk))
    refused("held_from_catalogue_or_own", update(HELD, other.pk, certification_id=own.pk))
    refused("held_from_catalogue_or_own", update(HELD, theirs.pk, user_id=stranger.pk))


def test_what_others_hold_cannot_become_an_own_addition(technician: User, stranger: User) -> None:
    own = CertificationFactory(own=True, owner=technician)
    HeldCertificationFactory(user=technician, certification=own)
    refused("certification_owner_holds_alone", update(CERTIFICATIONS, own.pk, owner_id=stranger.pk))
    accepted(update(CERTIFICATIONS, own.pk, owner_id=None, body_id=BodyFactory().pk))


@pytest.mark.parametrize("both", [True, False])
def test_a_certification_is_of_a_body_or_of_a_person(technician: User, both: bool) -> None:
    certification = CertificationFactory()
    changes = {"owner_id": technician.pk} if both else {"body_id": None}
    refused("certification_of_body_or_person", update(CERTIFICATIONS, certification.pk, **changes))


@pytest.mark.parametrize(
    ("guard", "changes"),
    [
        ("held_award_date_sane", {"awarded_on": date(1949, 12, 31)}),
        ("held_plain_need_sane", {"plain_need": 0}),
        ("held_plain_need_sane", {"plain_need": 100_000_01}),
        ("held_removed_after_added", {"removed_at": "2025-06-02 13:59+00"}),
    ],
)
def test_what_is_held_is_sane(guard: str, changes: dict[str, object]) -> None:
    refused(guard, update(HELD, HeldCertificationFactory().pk, **changes))


@pytest.mark.parametrize(
    ("guard", "changes"),
    [("level_position_once", {"code": "other"}), ("level_code_once", {"position": 30_001})],
)
def test_a_ladder_has_each_rung_once(guard: str, changes: dict[str, object]) -> None:
    refused(guard, copy(LEVELS, LevelFactory().pk, **changes))


def test_a_slug_is_used_once_in_a_body() -> None:
    refused("certification_slug_in_body", copy(CERTIFICATIONS, CertificationFactory().pk))


@pytest.mark.parametrize(
    ("table", "target", "column"),
    [
        (PERIODS, HELD, "held_id"),
        (HELD, CERTIFICATIONS, "certification_id"),
        (CERTIFICATIONS, "certifications_body", "body_id"),
        (PERIODS, "certifications_rulesetversion", "version_id"),
    ],
)
def test_what_is_pointed_at_stays(table: str, target: str, column: str) -> None:
    version = RuleSetVersionFactory(draft=True)
    period = RenewalPeriodFactory(version=version)
    held: HeldCertification = period.held
    keys = {HELD: held.pk, CERTIFICATIONS: held.certification_id, "certifications_rulesetversion": version.pk}
    key = keys.get(target, held.certification.body_id)
    also = {"held_id": "period_held_by_same_user"}.get(column)
    statements = [(f"ALTER TABLE {table} DROP CONSTRAINT {also}", [])] if also else []
    refused(foreign_key(table, column), *statements, delete(target, key))


def test_people_who_hold_something_stay() -> None:
    refused(foreign_key(HELD, "user_id"), delete("accounts_user", HeldCertificationFactory(user=UserFactory()).user_id))
