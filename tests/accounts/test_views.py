"""Name, time zone and theme: kept, audited, and refused when they are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts import actions
from accounts.models import AuditEvent, User
from accounts.settings_forms import time_zones

AT = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def signed_in(client: Client, technician: User) -> Client:
    client.force_login(technician)
    return client


def test_a_change_is_kept_with_an_event_of_what_differed(technician: User) -> None:
    actions.change_settings(by=technician, at=AT, name="Dana R. Reyes", time_zone=technician.time_zone, theme="dark")
    technician.refresh_from_db()
    assert (technician.name, technician.theme) == ("Dana R. Reyes", "dark")
    event = AuditEvent.objects.get(verb="settings changed")
    assert event.data == {
        "before": {"name": "Dana Reyes", "theme": "system"},
        "after": {"name": "Dana R. Reyes", "theme": "dark"},
    }
    assert (event.actor, event.subject, event.at) == (technician, technician, AT)


def test_nothing_is_written_where_nothing_differs(technician: User) -> None:
    actions.change_settings(by=technician, at=AT, theme="system")
    assert not AuditEvent.objects.exists()


def test_only_settings_can_be_changed(technician: User) -> None:
    with pytest.raises(ValueError, match="Not a setting: is_rules_admin"):
        actions.change_settings(by=technician, at=AT, is_rules_admin="yes")


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "", "america/new_york", "EST5EDT"])
def test_a_zone_that_is_not_on_the_list_is_refused(signed_in: Client, technician: User, zone: str) -> None:
    sent = {"name": "Dana", "time_zone": zone, "theme": "light"}
    page = signed_in.post("/settings/", sent)
    assert page.status_code == 200
    assert "<title>Error: Settings - CPD Points</title>" in page.content.decode()
    technician.refresh_from_db()
    assert technician.time_zone == "America/New_York"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter your name"),
        (" \u200b ", "Enter your name"),
        ("a" * 121, "Name must be 120 characters or fewer"),
        ("Prizes: https://evil.example", "Enter a name without a web address"),
    ],
)
def test_a_name_that_is_none_is_refused(signed_in: Client, name: str, sentence: str) -> None:
    page = signed_in.post("/settings/", {"name": name, "time_zone": "UTC", "theme": "system"})
    assert page.context["form"].errors["name"] == [sentence]


def test_extra_fields_change_nothing(signed_in: Client, technician: User) -> None:
    sent = {"name": "Dana", "time_zone": "Europe/London", "theme": "light", "is_rules_admin": "on", "email": "x@y.org"}
    assert signed_in.post("/settings/", sent).status_code == 302
    technician.refresh_from_db()
    assert technician.time_zone == "Europe/London"
    assert not technician.is_rules_admin
    assert technician.email == "dana@example.org"


def test_the_list_of_zones_is_read_by_people() -> None:
    zones = dict(time_zones())
    assert ("America/New_York", "New York") in zones["America"]
    assert ("America/Argentina/Buenos_Aires", "Buenos Aires, Argentina") in zones["America"]
    assert zones["Other"] == [("UTC", "UTC")]


@pytest.mark.parametrize(
    "wanted",
    ["//evil.test", "https:evil", "\\evil", "/\\evil", "https://evil.test/", "javascript:alert(1)", "evil", ""],
)
def test_a_theme_leads_back_to_a_page_of_ours_only(client: Client, wanted: str, db: None) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_theme_of_a_visitor_lives_in_a_cookie(client: Client, db: None) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "/help/?a=1"})
    assert answer["Location"] == "/help/?a=1"
    assert answer.cookies["theme"].value == "dark"
    assert answer.cookies["theme"]["httponly"]
    assert 'data-bs-theme="dark"' in client.get("/help/").content.decode()


@pytest.mark.parametrize("theme", ["", "blue", "dark\x00", '"><script>'])
def test_what_is_no_theme_is_not_kept(client: Client, theme: str, db: None) -> None:
    assert "theme" not in client.post("/theme/", {"theme": theme}).cookies
    client.cookies["theme"] = "blue"
    assert "data-bs-theme" not in client.get("/help/").content.decode()


def test_a_theme_is_chosen_by_post_only(client: Client, db: None) -> None:
    assert client.get("/theme/", {"theme": "dark"}).status_code == 405


def test_a_name_is_shown_as_text_wherever_it_stands(signed_in: Client, technician: User) -> None:
    name = '<script>alert(1)</script>" onfocus="x'
    signed_in.post("/settings/", {"name": name, "time_zone": "UTC", "theme": "system"})
    page = signed_in.get("/settings/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onfocus=&quot;x" in page
