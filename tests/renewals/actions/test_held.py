"""What a person holds: added, corrected, moved, stepped up, given up and taken back; each with its recount."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from accounts.models import AuditEvent, User
from activities.models import Activity, Claim
from certifications.actions import (
    AlreadyHeld,
    PeriodClosed,
    PeriodsOverlap,
    add_own_certification,
    hold,
    span_from_card,
)
from certifications.models import Certification, HeldCertification, RenewalPeriod
from certifications.rules.dates import Span
from renewals.actions import (
    correct,
    give_up,
    move,
    record_renewal,
    recount,
    start_holding,
    step_up,
    take_back,
)
from renewals.models import Standing
from renewals.queries import stands_of
from tests.factories.packs import AT, TODAY, do, give, load_packs, make_dana
from tests.threads import at_once

pytestmark = pytest.mark.django_db
WHEN = {"at": AT, "today": TODAY}


@pytest.fixture
def period(technician: User) -> RenewalPeriod:
    load_packs("nicet")
    return make_dana(technician)


def counted(user: User) -> int:
    return stands_of(user, TODAY)[0].counted.outcome.counted


def start(user: User, slug: str, expiry: date, level: str = "") -> RenewalPeriod:
    certification = Certification.objects.get(slug=slug)
    rung = certification.levels.get(code=level) if level else None
    span, _ = span_from_card(
        certification=certification, level=rung, expiry=expiry, awarded_on=None, birth=None, today=TODAY
    )
    return start_holding(certification=certification, level=rung, span=span, by=user, **WHEN)


def test_a_certification_added_later_counts_what_was_logged_before(period: RenewalPeriod) -> None:
    other = start(period.user, "inspection-testing-fire-alarm", date(2027, 4, 1), "II")
    snapshot = Standing.objects.get(held=other.held)
    assert (snapshot.counted, snapshot.asked, snapshot.period) == (8100, 9900, other)


def test_the_same_certification_is_not_held_twice(period: RenewalPeriod) -> None:
    with pytest.raises(AlreadyHeld):
        start(period.user, "fire-alarm-systems", date(2027, 4, 1), "II")


def test_a_birth_date_is_kept_but_not_written_into_the_trail(technician: User) -> None:
    load_packs("california-cpa")
    certification = Certification.objects.get(slug="cpa")
    span = Span(date(2025, 6, 1), date(2027, 6, 1))
    start_holding(certification=certification, level=None, span=span, by=technician, birth=date(1985, 5, 14), **WHEN)
    technician.refresh_from_db()
    assert technician.birth_date == date(1985, 5, 14)
    [event] = AuditEvent.objects.filter(verb="birth date entered")
    assert "1985" not in str(event.data)


def test_an_own_certification_counts_without_caps(technician: User) -> None:
    own = add_own_certification(name="Rope access, level 2", nonce=UUID(int=1), by=technician, at=AT)
    again = add_own_certification(name="Rope access, level 2", nonce=UUID(int=1), by=technician, at=AT)
    assert own == again
    span = Span(date(2026, 1, 1), date(2029, 1, 1))
    start_holding(certification=own, level=None, span=span, plain_need=4000, by=technician, **WHEN)
    do(technician, title="Rescue course", on=date(2026, 5, 5), amount=1600)
    [stand] = stands_of(technician, TODAY)
    assert (stand.standing.counted, stand.standing.needed, stand.holding.version) == (1600, 4000, None)


def test_nobody_else_holds_my_own_certification(technician: User, stranger: User) -> None:
    own = add_own_certification(name="Rope access", nonce=UUID(int=1), by=technician, at=AT)
    span = Span(date(2026, 1, 1), date(2029, 1, 1))
    with pytest.raises(Exception, match="another person"):
        hold(certification=own, level=None, span=span, by=stranger, **WHEN)


def test_correcting_the_details(period: RenewalPeriod) -> None:
    held = period.held
    correct(held=held, level=held.level, number="142207", awarded_on=date(2015, 4, 1), facts={}, by=held.user, **WHEN)
    held.refresh_from_db()
    period.refresh_from_db()
    assert (held.number, held.awarded_on, period.ordinal) == ("142207", date(2015, 4, 1), 4)
    [event] = AuditEvent.objects.filter(verb="certification corrected")
    assert event.data["after"]["number"] == "142207"
    assert not AuditEvent.objects.filter(verb="level changed").exists()


def test_correcting_the_level_alone_moves_nothing_else(period: RenewalPeriod) -> None:
    held = period.held
    level = held.certification.levels.get(code="I")
    correct(held=held, level=level, number="", awarded_on=held.awarded_on, facts={}, by=held.user, **WHEN)
    held.refresh_from_db()
    assert held.level == level
    assert not AuditEvent.objects.filter(verb="period corrected").exists()


def test_answers_to_the_questions_of_the_rules_count_at_once(technician: User) -> None:
    load_packs("california-cpa")
    technician.birth_date = date(1985, 5, 14)
    technician.save()
    period = give(technician, "cpa", expiry=date(2027, 5, 31))
    before = {one.key for one in stands_of(technician, TODAY)[0].counted.outcome.requirements}
    facts = {"performs-attest-work": True}
    correct(held=period.held, level=None, number="", awarded_on=None, facts=facts, by=technician, **WHEN)
    after = {one.key for one in stands_of(technician, TODAY)[0].counted.outcome.requirements}
    assert after - before >= {"accounting-auditing", "fraud-attest"}


def test_moved_dates_let_claims_follow(period: RenewalPeriod) -> None:
    seminar = Claim.objects.get(activity__title="NFPA 72 seminar")
    assert seminar.period is None
    move(period=period, span=Span(date(2024, 3, 1), date(2027, 3, 1)), by=period.user, **WHEN)
    seminar.refresh_from_db()
    assert (seminar.period, seminar.counted) == (period, 400)
    move(period=period, span=Span(date(2024, 4, 1), date(2027, 4, 1)), by=period.user, **WHEN)
    seminar.refresh_from_db()
    assert (seminar.period, seminar.counted) == (None, 0)


def test_dates_of_a_closed_period_cannot_be_taken(period: RenewalPeriod) -> None:
    opened = record_renewal(period=period, renewed_on=TODAY, reference="", by=period.user, **WHEN)
    with pytest.raises(PeriodsOverlap):
        move(period=opened, span=Span(date(2026, 10, 1), date(2030, 4, 1)), by=period.user, **WHEN)


def test_a_period_that_was_closed_meanwhile_is_not_moved(period: RenewalPeriod) -> None:
    record_renewal(period=period, renewed_on=TODAY, reference="", by=period.user, **WHEN)
    with pytest.raises(PeriodClosed):
        move(period=period, span=Span(date(2024, 4, 1), date(2026, 4, 1)), by=period.user, **WHEN)


def test_passing_a_higher_level_meets_everything_for_this_certification_alone(period: RenewalPeriod) -> None:
    user = period.user
    start(user, "inspection-testing-fire-alarm", date(2027, 4, 1), "II")
    level = period.held.certification.levels.get(code="III")
    step_up(held=period.held, level=level, passed_on=date(2026, 9, 18), log_it=True, nonce=UUID(int=3), by=user, **WHEN)
    found = {stand.holding.held.certification.slug: stand for stand in stands_of(user, TODAY)}
    assert found["fire-alarm-systems"].counted.outcome.satisfied_by == "Passing a higher level"
    assert found["fire-alarm-systems"].standing.complete
    assert not found["inspection-testing-fire-alarm"].standing.complete
    assert found["fire-alarm-systems"].holding.held.level == level


def test_a_level_can_be_changed_without_an_activity(period: RenewalPeriod) -> None:
    level = period.held.certification.levels.get(code="III")
    before = Activity.objects.count()
    step_up(held=period.held, level=level, passed_on=TODAY, log_it=False, nonce=UUID(int=3), by=period.user, **WHEN)
    assert Activity.objects.count() == before
    assert Standing.objects.get(held=period.held).counted == 8100


def test_given_up_and_taken_back_with_all_that_belongs_to_it(period: RenewalPeriod) -> None:
    user, held = period.user, period.held
    give_up(held=held, by=user, at=AT)
    give_up(held=held, by=user, at=AT)
    assert stands_of(user, TODAY) == []
    assert not Standing.objects.filter(held=held).exists()
    do(user, title="Class meanwhile", on=date(2026, 9, 1), amount=100)
    held.refresh_from_db()
    take_back(held=held, by=user, **WHEN)
    take_back(held=held, by=user, **WHEN)
    [stand] = stands_of(user, TODAY)
    assert (stand.counted.outcome.asked, stand.counted.outcome.counted) == (10000, 8100)
    assert AuditEvent.objects.filter(verb="certification removed").count() == 1
    assert AuditEvent.objects.filter(verb="certification brought back").count() == 1


def test_what_was_added_again_meanwhile_is_not_brought_back(period: RenewalPeriod) -> None:
    give_up(held=period.held, by=period.user, at=AT)
    start(period.user, "fire-alarm-systems", date(2027, 4, 1), "II")
    period.held.refresh_from_db()
    with pytest.raises(AlreadyHeld):
        take_back(held=period.held, by=period.user, **WHEN)
    assert HeldCertification.objects.of(period.user).in_use().count() == 1


def test_counting_again_changes_nothing(period: RenewalPeriod) -> None:
    before = list(Claim.objects.order_by("pk").values())
    recount(user=period.user, **WHEN)
    assert list(Claim.objects.order_by("pk").values()) == before
    assert counted(period.user) == 8100


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_add_a_certification_once(technician: User) -> None:
    load_packs("nicet")

    def add() -> RenewalPeriod:
        return start(User.objects.get(pk=technician.pk), "fire-alarm-systems", date(2027, 4, 1), "II")

    results = at_once(add, add, add)
    assert sorted(type(one).__name__ for one in results) == ["AlreadyHeld", "AlreadyHeld", "RenewalPeriod"]
    assert HeldCertification.objects.of(technician).count() == 1


@pytest.mark.django_db(transaction=True)
def test_dates_moved_while_a_renewal_is_recorded_leave_no_overlap(technician: User) -> None:
    load_packs("nicet")
    period = make_dana(technician)

    def move_it() -> None:
        move(period=period, span=Span(date(2024, 4, 1), date(2027, 7, 1)), by=technician, **WHEN)

    def renew() -> RenewalPeriod:
        return record_renewal(period=period, renewed_on=TODAY, reference="", by=technician, **WHEN)

    at_once(move_it, renew)
    first, second = RenewalPeriod.objects.filter(held=period.held).order_by("start")
    assert (first.closed_at is not None, second.closed_at) == (True, None)
    assert first.end == second.start
