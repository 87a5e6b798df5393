"""The first steps and adding later, as pages: where each leads, and what the catalogue offers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from certifications.models import Certification, HeldCertification
from tests.factories.accounts import UserFactory
from tests.factories.employers import InvitationFactory, MembershipFactory
from tests.factories.packs import TODAY, give, load_packs
from tests.renewals.pages import hooked, queries_of, said
from tests.renewals.sent import sent_back

pytestmark = pytest.mark.django_db
NONCE = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def user(nicet: None, technician: User, client: Client) -> User:
    client.force_login(technician)
    return technician


@pytest.fixture
def holder(user: User) -> User:
    give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    return user


def hold_url(slug: str, *, adding: bool = False) -> str:
    name = "add_certification" if adding else "start_hold"
    return reverse(f"renewals:{name}", args=[Certification.objects.get(slug=slug).pk])


def test_somebody_who_holds_nothing_starts_with_the_first_step(client: Client, user: User) -> None:
    assert client.get("/start/")["Location"] == reverse("renewals:start_certification")


def test_somebody_who_holds_something_goes_home(client: Client, user: User) -> None:
    give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    assert client.get("/start/")["Location"] == reverse("renewals:home")


def test_somebody_who_only_looks_at_a_team_goes_there(client: Client, user: User) -> None:
    MembershipFactory(user=user, coordinator=True)
    assert client.get("/start/")["Location"] == reverse("team:board")


def test_somebody_who_is_invited_answers_first(client: Client) -> None:
    user = UserFactory(confirmed=True)
    client.force_login(user)
    InvitationFactory(email=user.email, expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    assert client.get("/start/")["Location"] == reverse("sharing:sharing")


@pytest.mark.parametrize("page", ["/", "/start/certification/", "/me/", "/sharing/"])
def test_who_looks_after_others_finds_where_to_begin(client: Client, user: User, page: str) -> None:
    assert f'href="{reverse("team:new")}"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("role", "page"), [("is_rules_admin", "certifications:manage"), ("is_site_admin", "manage:overview")]
)
def test_somebody_who_has_only_a_role_goes_where_its_work_is(client: Client, user: User, role: str, page: str) -> None:
    User.objects.filter(pk=user.pk).update(**{role: True})
    assert client.get("/start/")["Location"] == reverse(page)
    User.objects.filter(pk=user.pk).update(**{role: False})
    assert client.get("/start/")["Location"] == reverse("renewals:start_certification")


# The catalogue.


def test_the_catalogue_stands_by_trade(client: Client, user: User) -> None:
    page = client.get("/start/certification/")
    assert "Step 1 of 3" in said(page)
    assert "Fire protection and engineering technicians" in said(page)
    assert "Fire Alarm Systems NICET, Fire alarm" in said(page)
    assert "Something else Add it myself" in said(page)


@pytest.mark.parametrize("words", ["fire alarm", "FIRE  alarm", "alarm systems nicet", "sprinkler", "protection"])
def test_search_finds_by_name_field_and_body(client: Client, user: User, words: str) -> None:
    page = client.get("/start/certification/", {"q": words})
    assert page.status_code == 200
    assert int(hooked(page, "found")[0].split()[0]) >= 1


@pytest.mark.parametrize("words", ["%", "_", "\\", "fire%alarm", "'; drop table", "\x00", "\u202e", "x" * 5000, "zzz"])
def test_odd_searches_find_nothing_or_everything_and_never_fail(client: Client, user: User, words: str) -> None:
    page = client.get("/start/certification/", {"q": words})
    assert page.status_code == 200
    if not words.strip("\x00\u202e"):
        assert "Fire Alarm Systems" in said(page)
    else:
        assert "No rules for that yet" in said(page)


@pytest.mark.parametrize("words", ["fire alrm", "FIER alarm", "inspecton"])
def test_a_word_spelled_wrong_finds_what_was_meant(client: Client, user: User, words: str) -> None:
    page = client.get("/start/certification/", {"q": words})
    assert re.match(rf"Nothing matches {words}. \d certifications? match", hooked(page, "found")[0])
    assert "Fire Alarm Systems" in said(page)
    assert "No rules for that yet" not in said(page)


def test_a_search_without_a_match_offers_to_add_it_under_that_name(client: Client, user: User) -> None:
    page = client.get("/start/certification/", {"q": "rope access"})
    address = re.search(r'href="(/start/certification/own/\?[^"]*)"', page.content.decode())[1]
    form = client.get(address)
    assert 'value="rope access"' in form.content.decode()


def test_the_catalogue_asks_the_database_the_same_however_much_there_is(client: Client, user: User) -> None:
    client.get("/certs/add/")  # the session is written once
    few = queries_of(lambda: client.get("/certs/add/"))
    load_packs("nicet", "iicrc", "comptia", "microsoft")
    for slug in ("wrt", "asd", "a-plus", "azure-administrator"):
        give(user, slug, expiry=date(2027, 5, 31))
    assert queries_of(lambda: client.get("/certs/add/")) == few


def test_what_is_held_is_marked_and_not_offered_again(client: Client, user: User) -> None:
    give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    page = client.get("/start/certification/", {"q": "fire alarm systems"})
    assert "Fire Alarm Systems In your list" in said(page)
    assert "Added so far Fire Alarm Systems, Level II Ends 31 Mar 2027" in said(page)
    assert client.get(hold_url("fire-alarm-systems"))["Location"] == reverse("renewals:start_history")


# The third step.


def test_the_third_step_ends_where_they_stand(client: Client, holder: User) -> None:
    page = client.get("/start/activity/")
    assert "Step 3 of 3" in said(page)
    sent = {**sent_back(page), "group": "class", "hours": "8", "when": TODAY.isoformat(), "nonce": str(UUID(int=5))}
    answer = client.post("/start/activity/", sent, follow=True)
    held = HeldCertification.objects.get(user=holder)
    assert answer.redirect_chain[-1][0] == reverse("renewals:standing", args=[held.pk])
    assert "This is your starting point." in said(answer)
    assert hooked(answer, "counted")[0] == "8"


def test_a_wrong_third_step_stays_the_third_step(client: Client, holder: User) -> None:
    page = client.post("/start/activity/", {"group": "class", "hours": "", "when": TODAY.isoformat()})
    assert page.status_code == 422
    assert "Step 3 of 3" in said(page)


@pytest.mark.parametrize("path", ["/start/history/", "/start/activity/", "/start/certification/", "/certs/add/"])
def test_every_step_works_for_somebody_who_skipped_the_others(client: Client, user: User, path: str) -> None:
    assert client.get(path).status_code == 200


def test_without_a_certification_the_third_step_ends_at_home(client: Client, user: User) -> None:
    sent = {"group": "class", "hours": "8", "when": TODAY.isoformat(), "nonce": str(UUID(int=5))}
    assert client.post("/start/activity/", sent)["Location"] == reverse("renewals:home")
