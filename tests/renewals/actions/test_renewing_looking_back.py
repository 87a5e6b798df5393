"""What a closed period held is asked for again by rules that look back further: ethics once in any three years."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from renewals.past.standing import standing_on
from renewals.queries import Stand, stands_of
from tests.factories.packs import do, give, load_packs, renew

pytestmark = pytest.mark.django_db


def ethics(stand: Stand) -> tuple[int, bool]:
    [found] = [one for one in stand.counted.outcome.requirements if one.key == "ethics"]
    return found.have, found.met


def test_ethics_of_a_closed_year_serve_the_years_after_it(technician: User) -> None:
    load_packs("rics")
    at, day = datetime(2024, 12, 20, 12, tzinfo=UTC), date(2024, 12, 20)
    period = give(technician, "mrics", expiry=date(2024, 12, 31), at=at, today=day)
    do(technician, title="Rules of conduct", on=date(2024, 8, 1), amount=2000, topics=["ethics"], at=at, today=day)

    second = renew(period, date(2024, 12, 25))
    [stand] = stands_of(technician, date(2025, 4, 20))
    assert (stand.counted.outcome.lines, stand.counted.outcome.counted, ethics(stand)) == ((), 0, (1, True))

    past = standing_on(second.held, day=date(2025, 4, 20), known_at=datetime(2025, 4, 20, 12, tzinfo=UTC))
    assert past is not None
    assert ethics(past.stand) == (1, True)

    third = renew(second, date(2025, 12, 25))
    renew(third, date(2026, 12, 25))
    [stand] = stands_of(technician, date(2027, 4, 20))
    assert ethics(stand) == (0, False)  # the three years that end in 2027 begin after it
