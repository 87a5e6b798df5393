"""What the log form offers from before."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from activities.queries import Again, goes_on, history_of, last_block
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


def log(user: User, hour: int, **facts: object):
    return ActivityFactory(user=user, logged_at=datetime(2026, 9, 1, hour, tzinfo=UTC), **facts)


def test_the_last_different_ones_newest_first(technician: User, stranger: User) -> None:
    log(technician, 1, title="Panel class", amount=800)
    log(technician, 2, title="Toolbox talk", amount=50)
    log(technician, 3, title="Toolbox talk", amount=100)
    log(technician, 4, title="Webinar", kind="webinar", amount=50)
    log(technician, 5, title="Committee", kind="committee", amount=200)
    log(stranger, 6, title="Not mine")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = history_of(technician)
    assert len(queries) == 1
    assert found.again == (
        Again("committee", "Committee", 200, "hour"),
        Again("webinar", "Webinar", 50, "hour"),
        Again("class", "Toolbox talk", 100, "hour"),
    )
    assert found.titles == ("Committee", "Webinar", "Toolbox talk", "Panel class")
    assert found.last_kind == "committee"
    assert found.again[2].written == "1 hour"


def test_what_cannot_be_done_again_with_one_press_is_left_out(technician: User) -> None:
    log(technician, 1, title="Five days", since=date(2026, 3, 8))
    log(technician, 2, title="Class or training")
    log(technician, 3, title="Deleted", deleted=True)
    log(technician, 4, over_time=True, title="Field time")
    found = history_of(technician)
    assert found.again == ()
    assert found.titles == ("Five days",)
    assert found.last_kind == "class", "Field time has a form of its own"


def test_nobody_yet(technician: User) -> None:
    found = history_of(technician)
    assert (found.again, found.titles, found.last_kind) == ((), (), "")
    assert last_block(technician) is None


@pytest.mark.parametrize(
    ("on", "provider", "still"),
    [
        (date(2026, 9, 30), "Ridgeline", True),
        (date(2026, 7, 31), "Ridgeline", True),
        (date(2026, 7, 30), "Ridgeline", False),
        (date(2026, 10, 1), "Ridgeline", False),
        (date(2026, 9, 30), "", False),
    ],
)
def test_work_that_may_have_gone_on(technician: User, on: date, provider: str, still: bool) -> None:
    ActivityFactory(user=technician, over_time=True, since=date(2025, 1, 1), on=date(2025, 2, 1), provider="Before")
    block = ActivityFactory(user=technician, over_time=True, since=date(2026, 1, 1), on=on, provider=provider)
    assert last_block(technician) == block
    assert goes_on(block, TODAY) is still


def test_nothing_goes_on_from_nothing() -> None:
    assert not goes_on(None, TODAY)
