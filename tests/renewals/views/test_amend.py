"""Correct, delete, bring back, keep both."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from activities.actions import ActivityClosed, amend_activity, as_facts
from activities.models import Activity
from tests.factories.packs import AT, do, renew
from tests.renewals.views.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinars(dana: User) -> Activity:
    return Activity.objects.of(dana).get(title="Smoke control webinars")


def address(activity: Activity, name: str = "edit") -> str:
    return reverse(f"activities:{name}", args=[activity.pk])


def sent(activity: Activity, **changes: Any) -> dict[str, Any]:
    """The edit form of the smoke control webinars as it stands, with changes."""
    certs = [str(pk) for pk in activity.user.held.values_list("pk", flat=True)]
    usual = {"version": activity.version, "group": "class", "title": activity.title, "hours": "11", "when": "other",
             "other_on": "2026-08-14", "certs": certs}  # fmt: skip
    return {**usual, **changes}


def test_a_correction_is_stored_recounted_and_told(at_desk: Client, webinars: Activity) -> None:
    answer = at_desk.post(address(webinars), sent(webinars, hours="2", provider="NFPA"), follow=True)
    webinars.refresh_from_db()
    assert (webinars.amount, webinars.provider, webinars.version) == (200, "NFPA", 2)
    assert webinars.claims.get().counted == 200
    said = text(answer)
    assert "Your changes are saved." in said
    assert "Amount: 11 hours became 2 hours" in said
    assert "Provider: not said became NFPA" in said


def test_the_form_shows_what_is_stored(at_desk: Client, webinars: Activity) -> None:
    page = at_desk.get(address(webinars)).content.decode()
    assert 'value="Smoke control webinars"' in page
    assert 'name="hours" value="11"' in page
    assert 'name="other_on" value="2026-08-14"' in page
    assert f'name="version" value="{webinars.version}"' in page


def test_a_certification_that_is_unticked_no_longer_counts_it(at_desk: Client, webinars: Activity) -> None:
    at_desk.post(address(webinars), sent(webinars, certs=[]))
    claim = webinars.claims.get()
    assert (claim.relevant, claim.counted, claim.reason) == (False, 0, "not relevant")
    assert 'name="certs"' in at_desk.get(address(webinars)).content.decode()


def test_what_is_wrong_is_said_and_kept(at_desk: Client, webinars: Activity) -> None:
    answer = at_desk.post(address(webinars), sent(webinars, hours="x", title="New title"))
    assert answer.status_code == 422
    assert "<title>Error: Change" in answer.content.decode()
    assert 'value="New title"' in answer.content.decode()
    webinars.refresh_from_db()
    assert webinars.title == "Smoke control webinars"


def test_two_windows_are_shown_both_texts_and_a_choice(at_desk: Client, webinars: Activity) -> None:
    at_desk.post(address(webinars), sent(webinars, title="From the first window"))
    answer = at_desk.post(address(webinars), sent(webinars, title="From the second", note="Kept"))
    assert answer.status_code == 409
    said = text(answer)
    assert "This changed while you were editing" in said
    assert "Title From the first window From the second" in said
    assert "Notes Kept" in said
    hidden = re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', answer.content.decode())
    again = {name: [value for key, value in hidden if key == name] for name, _ in hidden}
    again.pop("csrfmiddlewaretoken", None)
    again.pop("next", None)
    assert at_desk.post(address(webinars), again).status_code == 302
    webinars.refresh_from_db()
    assert (webinars.title, webinars.note, webinars.version) == ("From the second", "Kept", 3)


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30, "\u0661", None])
def test_a_version_that_is_none_is_an_old_one(at_desk: Client, webinars: Activity, version: str | None) -> None:
    data = sent(webinars, title="Mine", version=version)
    if version is None:
        del data["version"]
    assert at_desk.post(address(webinars), data).status_code == 409
    webinars.refresh_from_db()
    assert webinars.title == "Smoke control webinars"


def test_the_same_content_from_two_windows_needs_no_choice(at_desk: Client, webinars: Activity) -> None:
    at_desk.post(address(webinars), sent(webinars, title="New"))
    answer = at_desk.post(address(webinars), sent(webinars, title="New"))
    assert answer.status_code == 302
    webinars.refresh_from_db()
    assert webinars.version == 2


def test_a_class_that_was_field_time_after_all(at_desk: Client, webinars: Activity) -> None:
    answer = at_desk.post(address(webinars), sent(webinars, group="field-time"))
    assert answer["Location"] == f"{address(webinars)}?as=field-time"
    page = at_desk.get(answer["Location"]).content.decode()
    assert 'name="since" value="2026-08-14"' in page
    data = {"version": 1, "since": "2026-08-01", "on": "2026-08-14", "time": "full", "provider": "Ridgeline"}
    at_desk.post(answer["Location"], data)
    webinars.refresh_from_db()
    assert (webinars.kind, webinars.since, webinars.unit) == ("field-time", date(2026, 8, 1), "month")


def test_field_time_that_was_a_class_after_all(at_desk: Client, dana: User) -> None:
    block = Activity.objects.of(dana).get(on=date(2025, 9, 30))
    page = at_desk.get(address(block)).content.decode()
    assert 'name="since" value="2025-04-01"' in page
    assert 'href="?as=other"' in page
    other = at_desk.get(f"{address(block)}?as=other").content.decode()
    assert 'name="hours"' in other
    at_desk.post(f"{address(block)}?as=other", sent(block, hours="8", other_on="2025-09-30", since=""))
    block.refresh_from_db()
    assert (block.kind, block.since, block.amount, block.unit, block.share) == ("class", None, 800, "hour", 100)


def test_delete_asks_once(at_desk: Client, webinars: Activity) -> None:
    page = at_desk.get(address(webinars, "delete"))
    assert "3 points less" in text(page)
    webinars.refresh_from_db()
    assert webinars.deleted_at is None
    at_desk.post(address(webinars, "delete"))
    webinars.refresh_from_db()
    assert webinars.deleted_at is not None
    assert at_desk.get(address(webinars)).status_code == 404
    assert at_desk.post(address(webinars, "restore")).status_code == 302
    assert webinars.claims.get().counted == 300
    assert AuditEvent.objects.filter(target_id=str(webinars.pk)).count() == 3


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_what_a_closed_period_counts_stays_as_it_is(
    at_desk: Client, dana: User, webinars: Activity, settings: Any, name: str
) -> None:
    renew(dana.held.get().periods.get(), date(2027, 3, 10))
    settings.CLOCK_AT = datetime(2027, 3, 11, 13, tzinfo=UTC)
    sending = sent(webinars, hours="2") if name == "edit" else {}
    answer = at_desk.post(address(webinars, name), sending, follow=True)
    assert "This counts in a renewal period that is closed. A closed period never changes." in text(answer)
    before, webinars = webinars, Activity.objects.get(pk=webinars.pk)
    assert (webinars.amount, webinars.version, webinars.deleted_at) == (before.amount, before.version, None)
    assert webinars.claims.get(period__closed_at__isnull=False).counted == 300
    with pytest.raises(ActivityClosed):  # also where it was closed while the form was open
        amend_activity(activity=webinars, facts=as_facts(webinars), version=webinars.version, by=dana, at=AT)


def test_compare_shows_where_they_differ(at_desk: Client, dana: User, webinars: Activity) -> None:
    later = do(dana, title="Smoke control webinar", on=date(2026, 8, 13), amount=1100)
    answer = at_desk.get(address(later, "compare"))
    said = text(answer)
    assert "Are these two the same?" in said
    assert "Date differs 14 Aug 2026 13 Aug 2026" in said
    assert "Amount 11 hours 11 hours" in said
    at_desk.post(address(later, "keep_both"))
    assert at_desk.get(address(later, "compare")).status_code == 404
    assert at_desk.get(address(webinars, "compare")).status_code == 404


@pytest.mark.parametrize("name", ["edit", "delete", "restore", "keep_both"])
def test_nobody_changes_what_is_not_theirs(client: Client, stranger: User, webinars: Activity, name: str) -> None:
    client.force_login(stranger)
    assert client.post(address(webinars, name), sent(webinars, title="Taken")).status_code == 404
    webinars.refresh_from_db()
    assert (webinars.title, webinars.version, webinars.deleted_at) == ("Smoke control webinars", 1, None)
