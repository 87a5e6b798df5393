"""Log an activity: saved once, with its files or without, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from activities.models import Activity, Claim
from tests.factories.packs import do
from tests.renewals.views.reading import newest, text

Typed = Callable[..., dict[str, Any]]
LOG = "/log/"
FIELD = "/log/field-time/"


def test_saved_and_counted(at_desk: Client, dana: User, typed: Typed) -> None:
    answer = at_desk.post(LOG, typed())
    activity = newest(dana)
    assert (activity.kind, activity.title, activity.on, activity.amount) == (
        "class", "Toolbox talk", date(2026, 10, 1), 100,
    )  # fmt: skip
    assert answer.status_code == 302
    assert answer["Location"] == reverse("activities:saved", args=[activity.pk])
    assert Claim.objects.get(activity=activity).asked == 100


def test_a_form_sent_twice_stores_one_activity(at_desk: Client, dana: User, typed: Typed) -> None:
    first, second = at_desk.post(LOG, typed()), at_desk.post(LOG, typed())
    assert first["Location"] == second["Location"]
    assert Activity.objects.of(dana).filter(title="Toolbox talk").count() == 1


def test_a_form_changed_and_sent_again_asks_first(at_desk: Client, dana: User, typed: Typed) -> None:
    at_desk.post(LOG, typed())
    answer = at_desk.post(LOG, typed(title="Other talk"))
    assert answer.status_code == 422
    assert "You saved this form before, as Toolbox talk" in text(answer)
    assert 'value="Other talk"' in answer.content.decode()
    fresh = re.search(r'name="nonce" value="([0-9a-f-]{36})"', answer.content.decode())
    assert fresh is not None
    assert at_desk.post(LOG, typed(title="Other talk", nonce=fresh[1])).status_code == 302
    assert newest(dana).title == "Other talk"


@pytest.mark.parametrize("nonce", ["", "nonsense", "\x00", "9" * 5000])
def test_a_broken_nonce_is_a_new_form(at_desk: Client, dana: User, typed: Typed, nonce: str) -> None:
    assert at_desk.post(LOG, typed(nonce=nonce)).status_code == 302
    assert newest(dana).title == "Toolbox talk"


def test_another_person_with_the_same_nonce_has_an_activity_of_their_own(
    at_desk: Client, typed: Typed, stranger: User
) -> None:
    at_desk.post(LOG, typed())
    at_desk.force_login(stranger)
    at_desk.post(LOG, typed(certs=[]))
    assert newest(stranger).title == "Toolbox talk"


def test_what_is_wrong_is_said_and_nothing_is_lost(at_desk: Client, dana: User, typed: Typed) -> None:
    answer = at_desk.post(LOG, typed(hours="", note="Mine", provider="NFPA"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Log activity - CPD Points</title>" in page
    assert page.count("Enter how many hours it took") == 2
    assert 'href="#id_hours"' in page
    assert 'value="Toolbox talk"' in page
    assert ">\nMine</textarea>" in page
    assert 'value="NFPA"' in page
    assert re.search(r'name="nonce" value="11111111-2222-4333-8444-555555555555"', page)
    assert not Activity.objects.of(dana).filter(title="Toolbox talk").exists()


def test_fields_nobody_asked_for_set_nothing(at_desk: Client, dana: User, stranger: User, typed: Typed) -> None:
    extra = {"user": stranger.pk, "version": 9, "keep_both": "on", "deleted_at": "2026-01-01", "counted": 5000}
    at_desk.post(LOG, typed(**extra))
    activity = newest(dana)
    assert (activity.version, activity.keep_both, activity.deleted_at) == (1, False, None)
    assert activity.user == dana


def test_field_time_has_a_form_of_its_own(at_desk: Client, typed: Typed) -> None:
    answer = at_desk.post(LOG, typed(group="field-time", title="At work", hours=""))
    assert answer["Location"] == f"{FIELD}?title=At+work"
    assert 'value="At work"' in at_desk.get(answer["Location"]).content.decode()


def test_same_again_is_a_link_that_fills_the_form(at_desk: Client, dana: User) -> None:
    do(dana, title="Toolbox talk & more", kind="webinar", on=date(2026, 9, 1), amount=150)
    page = at_desk.get(LOG).content.decode()
    href = re.search(r'href="(\?kind=webinar&amp;title=Toolbox[^"]*)"', page)
    assert href is not None
    filled = at_desk.get(LOG + href[1].replace("&amp;", "&")).content.decode()
    assert 'value="Toolbox talk &amp; more"' in filled
    assert 'value="1.5"' in filled
    assert re.search(r'value="webinar" selected', filled)
    assert '<option value="Toolbox talk &amp; more">' in page


def test_somebody_new_sees_the_form_and_no_history(client: Client, stranger: User, stopped_clock: datetime) -> None:
    client.force_login(stranger)
    page = client.get(LOG).content.decode()
    assert "Same again" not in page
    assert re.search(r'value="class"[^>]*checked', page)
    assert client.post(LOG, {"group": "class", "hours": "1", "when": "2026-10-01"}).status_code == 302
    assert "Add a certification to see what counts" in text(
        client.get(reverse("activities:saved", args=[newest(stranger).pk]))
    )


def test_today_is_the_day_where_the_person_is(at_desk: Client, dana: User, settings: Any, typed: Typed) -> None:
    settings.CLOCK_AT = datetime(2026, 10, 2, 1, tzinfo=ZoneInfo("UTC"))  # still 1 Oct in New York
    page = at_desk.get(LOG).content.decode()
    assert 'value="2026-10-01"' in page
    assert 'value="2026-10-02"' not in page
    assert at_desk.post(LOG, typed(when="2026-10-02")).status_code == 422
    dana.time_zone = "Asia/Tokyo"
    dana.save()
    assert at_desk.post(LOG, typed(when="2026-10-02")).status_code == 302


def test_a_date_in_the_future_leads_to_the_planner(at_desk: Client, dana: User, typed: Typed) -> None:
    page = at_desk.post(LOG, typed(when="other", other_on="2027-01-05", hours="8")).content.decode()
    assert "This date is in the future. Choose today or earlier" in page
    assert f'href="{reverse("renewals:standing", args=[dana.held.get().pk])}?plan=class_8_hour_2027-01-05#plan"' in page
    assert "Add to plan instead" in page


def test_the_form_asks_the_same_few_questions_however_much_was_logged(at_desk: Client, dana: User) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at_desk.get(path).status_code == 200
        return len(queries)

    before = asked(LOG), asked(FIELD)
    for day in range(1, 21):
        do(dana, title=f"Talk {day}", on=date(2026, 8, day), amount=100)
    assert (asked(LOG), asked(FIELD)) == before
    assert max(before) <= 8
