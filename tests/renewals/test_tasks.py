"""Counting everybody anew: the timetable's task and the command do the same."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from renewals import tasks
from renewals.models import Standing
from renewals.queries import holders
from tests.factories.packs import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale(nicet: None, technician: User, colleague: User) -> list[User]:
    for user in (technician, colleague):
        give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    Standing.objects.update(counted=1)
    return [technician, colleague]


def test_holders_come_in_lists_and_each_once(stale: list[User], stranger: User) -> None:
    assert list(holders(1)) == [[user.pk] for user in sorted(stale, key=lambda user: user.pk)]
    assert list(holders(10)) == [sorted(user.pk for user in stale)]


def test_the_command_counts_everybody_anew(stale: list[User]) -> None:
    out = StringIO()
    call_command("recount", stdout=out)
    assert out.getvalue() == "2 people counted.\n"
    assert set(Standing.objects.values_list("counted", flat=True)) == {0}


def test_the_task_counts_everybody_a_list_at_a_time(stale: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.recount_people, "delay", tasks.recount_people)
    tasks.recount_everybody()
    assert set(Standing.objects.values_list("counted", flat=True)) == {0}
