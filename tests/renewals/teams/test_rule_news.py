"""An employer is told of new rules once, and of nobody it may not see."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renewals.digest import digest
from renewals.models import RuleChange
from renewals.teams.rule_news import digest_day, rule_news
from tests.factories.rule_changes import published, touches
from tests.factories.teams import make_team, stand

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 10, 5)


def test_it_names_whose_standing_gets_worse_and_counts_the_others() -> None:
    team, change = make_team(), published()
    for number in range(7):
        touches(change, stand(team.joins(f"Person {number}").user).held, "worse")
    touches(change, stand(team.joins("Fewer").user).held, "fewer")
    touches(change, stand(team.joins("Better").user).held, "better")
    touches(change, stand(team.joins("Same").user).held, "same")
    touches(change, stand(team.joins("Hidden", shares="nothing").user).held, "worse")
    touches(change, stand(make_team().joins("Stranger").user).held, "worse")
    [news] = rule_news(team.employer, MONDAY)
    assert news.version == change.version
    assert news.worse[0].startswith("Person 0, ")
    assert news.worse[0].endswith(": On track becomes At risk")
    assert (len(news.worse), news.more, news.others) == (5, 2, 2)
    assert digest(team.employer, MONDAY).rules == (news,)


def test_nobody_touched_is_nothing_to_say() -> None:
    team, change = make_team(), published()
    fine: dict[str, Any] = {"on_course": True, "window_opens": date(2027, 1, 1)}
    touches(change, stand(team.joins("Fine").user, **fine).held, "same")
    assert rule_news(team.employer, MONDAY) == []
    assert not digest(team.employer, MONDAY).says_something
    touches(change, stand(team.joins("Worse").user, **fine).held, "worse")
    assert digest(team.employer, MONDAY).says_something


@pytest.mark.parametrize(
    ("at", "on", "told"),
    [
        (datetime(2026, 9, 28, 3, tzinfo=UTC), MONDAY, False),  # still Sunday where the employer is: last week's mail
        (datetime(2026, 9, 28, 5, tzinfo=UTC), MONDAY, True),
        (datetime(2026, 9, 28, 5, tzinfo=UTC), date(2026, 10, 7), True),  # a mail that goes out late says the same
        (datetime(2026, 10, 5, 3, tzinfo=UTC), MONDAY, True),
        (datetime(2026, 10, 5, 5, tzinfo=UTC), MONDAY, False),  # next week
        (datetime(2026, 10, 5, 5, tzinfo=UTC), date(2026, 10, 12), True),
    ],
)
def test_weeks_meet_so_that_each_change_is_told_of_once(at: datetime, on: date, told: bool) -> None:
    team, change = make_team(), published(at)
    touches(change, stand(team.joins("Person").user).held, "worse")
    assert team.employer.digest_weekday == 0
    assert bool(rule_news(team.employer, on)) is told


def test_what_was_withdrawn_and_what_an_employer_asks_for_itself_is_left_out() -> None:
    team = make_team()
    person = stand(team.joins("Person").user)
    withdrawn, own = published(state=RuleChange.State.WITHDRAWN), published()
    touches(withdrawn, person.held, "worse")
    touches(own, person.held, "worse")
    own.version.rule_set.employer = team.employer
    own.version.rule_set.body = None
    own.version.rule_set.save()
    assert rule_news(team.employer, MONDAY) == []


def test_the_day_of_the_weekly_mail() -> None:
    employer = make_team().employer
    days = {}
    for weekday in (0, 2, 6, None):
        employer.digest_weekday = weekday
        days[weekday] = digest_day(employer, date(2026, 10, 7))  # a Wednesday
    assert days == {0: MONDAY, 2: date(2026, 10, 7), 6: date(2026, 10, 4), None: date(2026, 10, 7)}


def test_as_many_queries_for_20_people_as_for_one() -> None:
    team, change, counts = make_team(), published(), []
    for more in (1, 19):
        for number in range(more):
            touches(change, stand(team.joins(f"Person {number}").user).held, "worse")
        with CaptureQueriesContext(connection) as captured:
            assert rule_news(team.employer, MONDAY)
        counts.append(len(captured))
    assert counts == [3, 3]
