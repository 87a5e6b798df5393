"""Many new periods of one certification at once: one gets in, the others are told why."""

from collections.abc import Iterator
from datetime import date
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from certifications.models import HeldCertification, RenewalPeriod
from tests.factories.certifications import HeldCertificationFactory, RenewalPeriodFactory, RuleSetVersionFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held() -> HeldCertification:
    return HeldCertificationFactory()


def test_of_many_overlapping_periods_at_once_one_gets_in(held: HeldCertification) -> None:
    """Closed ones, so that only the overlap can refuse them."""
    version = RuleSetVersionFactory()

    def store(ordinal: int) -> RenewalPeriod:
        start = date(2024, 1, ordinal)
        return RenewalPeriodFactory(held=held, version=version, ordinal=ordinal, start=start, closed=True)

    answers = at_once(*(lambda n=n: store(n) for n in range(1, 17)))
    assert sum(isinstance(answer, RenewalPeriod) for answer in answers) == 1
    refusals = [answer for answer in answers if isinstance(answer, IntegrityError)]
    assert len(refusals) == 15
    assert {refusal.__cause__.diag.constraint_name for refusal in refusals} == {"period_never_overlaps"}


@pytest.fixture
def without_line() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE certifications_renewalperiod DISABLE TRIGGER period_in_line")
        yield
        cursor.execute("ALTER TABLE certifications_renewalperiod ENABLE TRIGGER period_in_line")


def second_waits_for_first(held: HeldCertification) -> bool:
    """Store two periods that do not even touch, the second while the first is not committed yet."""
    version = RuleSetVersionFactory()
    stored, also_stored = Event(), Event()

    def first() -> bool:
        with transaction.atomic():
            RenewalPeriodFactory(held=held, version=version, closed=True)
            stored.set()
            return not also_stored.wait(1)

    def second() -> bool:
        assert stored.wait(30)
        RenewalPeriodFactory(held=held, version=version, following=True)
        also_stored.set()
        return True

    waited, done = at_once(first, second)
    assert done is True
    return waited is True


def test_new_periods_of_one_certification_stand_in_line(held: HeldCertification) -> None:
    assert second_waits_for_first(held)


@pytest.mark.usefixtures("without_line")
def test_it_is_period_in_line_that_makes_them_wait(held: HeldCertification) -> None:
    """The control, for the guard "period_in_line"."""
    assert not second_waits_for_first(held)
