"""The public page: nothing until its owner says so, only what they chose, and gone for good when they end it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from certifications.models import HeldCertification
from renewals.models import PublicPage
from tests.factories.accounts import UserFactory
from tests.factories.packs import do, give
from tests.renewals.pages import queries_of, said

pytestmark = pytest.mark.django_db
BOTH = {"shows_level": "on", "shows_end": "on"}


@pytest.fixture
def dana(nicet: None, technician: User, client: Client, stopped_clock: object) -> User:
    give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    give(technician, "special-hazards-systems", level="I", expiry=date(2027, 4, 1))
    client.force_login(technician)
    return technician


def shown(client: Client, dana: User, *slugs: str, **more: str) -> str:
    """Make the page by its form; returns its address."""
    chosen = HeldCertification.objects.filter(user=dana, certification__slug__in=slugs)
    assert client.post("/share/", {"held": [one.pk for one in chosen], **more}).status_code == 302
    return f"/s/{PublicPage.objects.get(user=dana, ended_at=None).token}/"


def test_nothing_is_shown_before_the_owner_says_so(client: Client, dana: User) -> None:
    page = client.get("/share/")
    assert "Nothing is shown" in said(page)
    assert not PublicPage.objects.exists()


def test_anybody_sees_what_was_chosen_and_nothing_else(client: Client, dana: User) -> None:
    do(dana, title="Secret class", on=date(2026, 5, 1), amount=800, provider="Ridgeline")
    at = shown(client, dana, "fire-alarm-systems", **BOTH)
    answer = Client().get(at)
    text = said(answer)
    assert "Dana Reyes Current today, 1 Oct 2026" in text
    assert "Current to 31 Mar 2027 Fire Alarm Systems, Level II NICET. Self-reported." in text
    assert "It is not issued by a certifying body." in text
    for word in ("Special Hazards", "points", "At risk", "On track", "Secret", "Ridgeline", dana.email):
        assert word not in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_level_and_end_date_are_left_out_where_the_owner_says(client: Client, dana: User) -> None:
    text = said(Client().get(shown(client, dana, "fire-alarm-systems")))
    assert "Current Fire Alarm Systems NICET." in text


def test_what_lapsed_stays_and_says_so(client: Client, dana: User, settings: object) -> None:
    at = shown(client, dana, "fire-alarm-systems")
    settings.CLOCK_AT = datetime(2027, 4, 2, 9, tzinfo=ZoneInfo("America/New_York"))  # type: ignore[attr-defined]
    text = said(Client().get(at))
    assert "Not current today, 2 Apr 2027" in text
    assert "Lapsed 31 Mar 2027 Fire Alarm Systems" in text


def test_the_badge_says_the_same_in_one_line(client: Client, dana: User) -> None:
    at = shown(client, dana, "fire-alarm-systems", **BOTH)
    answer = Client().get(f"{at}badge.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "Fire Alarm Systems, Level II: current to 31 Mar 2027</title>" in answer.content.decode()
    shown(client, dana, "fire-alarm-systems", "special-hazards-systems")
    assert "2 of 2 certifications current</title>" in Client().get(f"{at}badge.svg").content.decode()


def test_ended_it_answers_like_an_address_that_never_was(client: Client, dana: User) -> None:
    at = shown(client, dana, "fire-alarm-systems", **BOTH)
    client.post("/share/stop/")
    gone, never = Client().get(at), Client().get("/s/never-was/")
    assert (gone.status_code, said(gone)) == (404, said(never))
    assert "This link is not active" in said(gone)
    assert Client().get(f"{at}badge.svg").status_code == 404
    assert shown(client, dana, "fire-alarm-systems") != at
    verbs = list(
        AuditEvent.objects.filter(verb__startswith="public page").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["public page opened", "public page ended", "public page opened"]


@pytest.mark.parametrize("token", ["%00", "a%00b", "%F0%9F%98%80", "x" * 300, "..", "'"])
def test_an_address_that_cannot_be_one_is_not_active(client: Client, db: None, token: str) -> None:
    for at in (f"/s/{token}/", f"/s/{token}/badge.svg"):
        assert client.get(at).status_code == 404


def test_an_account_that_is_closed_shows_nothing(client: Client, dana: User) -> None:
    at = shown(client, dana, "fire-alarm-systems")
    User.objects.filter(pk=dana.pk).update(is_active=False)
    assert Client().get(at).status_code == 404


def test_nobody_shows_what_another_holds(client: Client, dana: User) -> None:
    other = give(UserFactory(), "fire-alarm-systems", level="IV", expiry=date(2028, 4, 1)).held
    page = client.post("/share/", {"held": [other.pk]})
    assert page.status_code == 422
    assert "Choose from the list" in said(page)
    assert "Choose at least one certification" in said(client.post("/share/", {}))
    PublicPage.objects.create(user=dana, token="forged", shown=[other.pk], made_at=datetime.now(tz=ZoneInfo("UTC")))
    assert "Level IV" not in said(Client().get("/s/forged/"))


def test_as_many_questions_for_one_certification_as_for_two(client: Client, dana: User) -> None:
    at = shown(client, dana, "fire-alarm-systems")
    one = queries_of(lambda: Client().get(at))
    shown(client, dana, "fire-alarm-systems", "special-hazards-systems")
    assert queries_of(lambda: Client().get(at)) == one
