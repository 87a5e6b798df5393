"""What was saved, what it counts for, and the way back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from activities.models import Activity
from tests.factories.activities import EvidenceLinkFactory
from tests.factories.packs import do, give
from tests.renewals.conftest import NOW
from tests.renewals.views.reading import text

pytestmark = pytest.mark.django_db


def page_of(client: Client, activity: Activity, query: str = "") -> Any:
    return client.get(reverse("activities:saved", args=[activity.pk]) + query)


@pytest.fixture
def webinars(dana: User) -> Activity:
    return Activity.objects.of(dana).get(title="Smoke control webinars")


def test_each_certification_says_what_counts_and_why(at_desk: Client, dana: User, webinars: Activity) -> None:
    give(dana, "inspection-testing-fire-alarm", level="II", expiry=date(2027, 4, 1))
    answer = page_of(at_desk, webinars)
    said = text(answer)
    assert "Saved: Smoke control webinars , 11 hours, 14 Aug 2026" in said
    assert answer.content.decode().count('data-hook="saved-result"') == 2
    assert "3 of 11 points counted." in said
    assert "Additional Education reached its cap of 45 with this activity. 8 points are over the cap." in said
    assert "81 of 90" in said
    assert "See categories with room" in said
    assert "Wrong kind?" in said
    assert page_of(at_desk, webinars).content.count(b"Undo") == 1, "Loading again changes nothing"


def test_undo_within_thirty_minutes_and_back_again(at_desk: Client, dana: User) -> None:
    activity = do(dana, title="Toolbox talk", on=date(2026, 10, 1), amount=100)
    answer = at_desk.post(reverse("activities:undo", args=[activity.pk]), follow=True)
    assert "Deleted: Toolbox talk" in text(answer)
    activity.refresh_from_db()
    assert activity.deleted_at == NOW
    assert page_of(at_desk, activity).status_code == 200
    answer = at_desk.post(reverse("activities:restore", args=[activity.pk]), follow=True)
    assert "The activity is back." in text(answer)
    assert Activity.objects.kept().filter(pk=activity.pk).exists()


def test_after_thirty_minutes_undo_is_over(at_desk: Client, dana: User, settings: Any) -> None:
    activity = do(dana, title="Toolbox talk", on=date(2026, 10, 1), amount=100)
    settings.CLOCK_AT = NOW + timedelta(minutes=30)
    assert "Undo" in text(page_of(at_desk, activity))
    settings.CLOCK_AT = NOW + timedelta(minutes=31)
    assert "Undo" not in text(page_of(at_desk, activity))
    answer = at_desk.post(reverse("activities:undo", args=[activity.pk]), follow=True)
    assert "The 30 minutes for Undo are over. You can still delete this activity." in text(answer)
    assert Activity.objects.kept().filter(pk=activity.pk).exists()


def test_one_like_it_is_shown_beside_it(at_desk: Client, dana: User) -> None:
    activity = do(dana, title="Smoke control", on=date(2026, 8, 13), amount=200)
    said = text(page_of(at_desk, activity))
    assert 'Check: like " Smoke control webinars ", 14 Aug 2026 , 11 hours.' in said
    at_desk.post(reverse("activities:keep_both", args=[activity.pk]))
    assert "Check: like" not in text(page_of(at_desk, activity))


def test_the_same_again_counts_once_until_both_are_kept(at_desk: Client, dana: User) -> None:
    activity = do(dana, title="Panel programming class", on=date(2024, 9, 10), amount=1600)
    said = text(page_of(at_desk, activity))
    assert 'This looks like "Panel programming class", 10 Sep 2024, 16 hours. We counted it once.' in said
    assert "0 of 16 points counted" in said
    at_desk.post(reverse("activities:keep_both", args=[activity.pk]))
    assert "This looks like" not in text(page_of(at_desk, activity))


def test_field_time_on_the_same_days(at_desk: Client, dana: User) -> None:
    activity = do(dana, kind="field-time", title="Second job", since=date(2025, 9, 1), on=date(2025, 10, 31))
    said = text(page_of(at_desk, activity))
    assert "Together they are more than full time." in said
    assert "1 Apr 2025 to 30 Sep 2025" in said


@pytest.mark.parametrize("code", ["nonsense", "<script>", "\x00", ""])
def test_a_code_that_says_nothing_is_not_shown(at_desk: Client, webinars: Activity, code: str) -> None:
    answer = page_of(at_desk, webinars, f"?file={code}")
    assert answer.status_code == 200
    assert "did not upload" not in text(answer)


def test_the_trouble_with_a_file_is_over_once_there_is_one(at_desk: Client, dana: User, webinars: Activity) -> None:
    assert "did not upload" in text(page_of(at_desk, webinars, "?file=password"))
    EvidenceLinkFactory(user=dana, activity=webinars)
    said = text(page_of(at_desk, webinars, "?file=password"))
    assert "did not upload" not in said
    assert "certificate.pdf is stored as evidence." in said


def test_a_count_that_fails_does_not_hide_that_it_is_saved(at_desk: Client, webinars: Activity) -> None:
    with patch("activities.queries.counting.count", side_effect=RuntimeError("engine")):
        said = text(page_of(at_desk, webinars))
    assert "Saved: Smoke control webinars" in said
    assert "We could not recount this today. Your activities are safe." in said


def test_somebody_elses_is_as_if_it_were_not_there(client: Client, stranger: User, webinars: Activity) -> None:
    client.force_login(stranger)
    for name in ("saved", "undo"):
        ask = client.post if name == "undo" else client.get
        foreign = ask(reverse(f"activities:{name}", args=[webinars.pk]))
        missing = ask(reverse(f"activities:{name}", args=[10**17]))
        assert (foreign.status_code, missing.status_code) == (404, 404)
        strip = re.compile(rb"csrfmiddlewaretoken[^>]*|/log/\d+/")
        assert strip.sub(b"", foreign.content) == strip.sub(b"", missing.content)


def test_undo_asks_for_a_press(at_desk: Client, webinars: Activity) -> None:
    assert at_desk.get(reverse("activities:undo", args=[webinars.pk])).status_code == 405
    assert Activity.objects.kept().filter(pk=webinars.pk).exists()


def test_the_page_asks_the_same_few_questions_however_much_was_logged(
    at_desk: Client, dana: User, webinars: Activity
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(at_desk, webinars)
        return len(queries)

    before = asked()
    for day in range(1, 21):
        do(dana, title=f"Talk {day}", on=date(2026, 7, day), amount=100)
    assert asked() == before
    assert before <= 12
