"""Field time is logged by a form of its own, which goes on where the last block ended."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

from django.test import Client

from accounts.models import User
from activities.models import Claim
from tests.factories.packs import do
from tests.renewals.views.reading import newest

FIELD = "/log/field-time/"


def field_time(dana: User, **changes: Any) -> dict[str, Any]:
    usual = {
        "nonce": str(uuid.uuid4()),
        "since": "2025-10-01",
        "on": "2026-03-31",
        "time": "full",
        "provider": "Ridgeline",
    }
    return {**usual, "certs": [str(pk) for pk in dana.held.values_list("pk", flat=True)], **changes}


def test_field_time_is_saved_and_counted(at_desk: Client, dana: User) -> None:
    at_desk.post(FIELD, field_time(dana))
    activity = newest(dana)
    assert (activity.kind, activity.unit, activity.amount, activity.share) == ("field-time", "month", 600, 100)
    assert Claim.objects.get(activity=activity).counted == 1200


def test_the_form_goes_on_where_the_last_block_ended(at_desk: Client) -> None:
    page = at_desk.get(FIELD).content.decode()
    assert 'name="since" value="2025-10-01"' in page
    assert 'name="on" value="2026-10-01"' in page
    assert "Still full time" not in page, "The last block ended a year ago"


def test_one_press_adds_up_to_today(at_desk: Client, dana: User) -> None:
    do(
        dana,
        kind="field-time",
        title="Fire alarm field time",
        since=date(2026, 7, 1),
        on=date(2026, 9, 15),
        provider="Ridgeline",
    )
    page = at_desk.get(FIELD).content.decode()
    assert "Still full time at <bdi>Ridgeline</bdi>?" in page
    form = page[page.index('<form class="panel undo still"') :].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', form))
    at_desk.post(FIELD, hidden)
    activity = newest(dana)
    assert (activity.title, activity.since, activity.on) == (
        "Fire alarm field time", date(2026, 9, 16), date(2026, 10, 1),
    )  # fmt: skip
    assert activity.claims.get().relevant


def test_field_time_that_ends_in_the_future(at_desk: Client, dana: User) -> None:
    answer = at_desk.post(FIELD, field_time(dana, on="2027-03-31"))
    assert answer.status_code == 422
    assert "plan=field-time_2025-10-01_2027-03-31_100#plan" in answer.content.decode()
