"""The catalogue's pages."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from certifications.models import Body, Certification
from tests.factories.accounts import UserFactory
from tests.factories.certifications import BodyFactory, CertificationFactory, LevelFactory

from .form_reader import form_at, form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    client.force_login(UserFactory(rules_admin=True))
    return client


@pytest.fixture
def rigger(db: None) -> Certification:
    certification = CertificationFactory(body=BodyFactory(slug="guild", name="Guild"), slug="rigger", name="Rigger")
    for place, code in enumerate(("I", "II"), 1):
        LevelFactory(certification=certification, position=place, code=code, name=f"Level {code}")
    return certification


def test_the_list_has_every_body(
    desk: Client, rigger: Certification, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    BodyFactory(name="Society")
    with django_assert_max_num_queries(10):
        page = desk.get("/catalogue/").content.decode()
    assert "2 certifying bodies" in page
    assert "1 certifying body" in desk.get("/catalogue/?q=guild").content.decode()
    assert "Nothing has these words" in desk.get("/catalogue/?q=zebra").content.decode()


def test_a_body_is_made_and_corrected(desk: Client) -> None:
    answer = desk.post("/catalogue/new/", {"name": "", "url": "javascript:alert(1)"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter name" in page
    assert "Enter an address that begins with https:// or http://" in page
    given = {
        "name": "Guild",
        "trade": "Rigging",
        "checked_on": "2026-10-01",
        "confidence": "body",
        "url": "",
        "read": "",
    }
    assert desk.post("/catalogue/new/", given).headers["Location"] == "/catalogue/guild/"
    sent = form_at(desk, "/catalogue/guild/", "panel")
    assert desk.post("/catalogue/guild/", {**sent, "trade": "Cranes"}).status_code == 302
    assert Body.objects.get().trade == "Cranes"


def test_a_body_is_not_made_twice_and_not_checked_tomorrow(desk: Client, rigger: Certification) -> None:
    given = {"name": "GUILD", "trade": "Rigging", "checked_on": "2099-01-01", "confidence": "body", "url": ""}
    answer = desk.post("/catalogue/new/", given)
    assert answer.status_code == 422
    assert "There is a body with this name already." in answer.content.decode()
    assert "This date is in the future. Choose today or earlier" in answer.content.decode()
    sent = form_at(desk, "/catalogue/guild/new/", "catalogue-form")
    answer = desk.post("/catalogue/guild/new/", {**sent, "name": "rigger", "short": "R", "kind": "certification"})
    assert "There is a certification with this name already." in answer.content.decode()
    assert (Body.objects.count(), Certification.objects.count()) == (1, 1)
    sent = form_at(desk, "/catalogue/guild/", "panel")
    assert desk.post("/catalogue/guild/", {**sent, "trade": "Cranes"}).status_code == 302


@pytest.mark.parametrize("levels", [None, "", "\x00", "9" * 40, "\u0661", "-1"])
def test_a_form_that_says_no_number_of_levels_takes_none_away(
    desk: Client, rigger: Certification, levels: str | None
) -> None:
    sent = form_at(desk, "/catalogue/guild/rigger/", "catalogue-form")
    broken = {**{name: value for name, value in sent.items() if name != "levels"}, "name": "Rigger A", "act": "save"}
    answer = desk.post("/catalogue/guild/rigger/", broken if levels is None else {**broken, "levels": levels})
    assert answer.status_code == 302
    assert list(rigger.levels.values_list("code", flat=True)) == ["I", "II"]


def test_levels_are_moved_added_and_saved_and_nothing_typed_is_lost(desk: Client, rigger: Certification) -> None:
    address = "/catalogue/guild/rigger/"
    sent = form_at(desk, address, "catalogue-form")
    moved = desk.post(address, {**sent, "name": "Crane rigger", "act": "down:0"})
    page = moved.content.decode()
    assert moved.status_code == 200
    assert "Not saved yet." in page
    assert 'value="Crane rigger"' in page
    assert page.index('value="II"') < page.index('value="I"')
    pks = [str(pk) for pk in rigger.levels.values_list("pk", flat=True)]
    rows = {
        "levels": "3", "levels-0-pk": pks[1], "levels-0-code": "II", "levels-0-name": "Level II",
        "levels-1-pk": pks[0], "levels-1-code": "I", "levels-1-name": "", "levels-2-pk": "",
    }  # fmt: skip
    wrong = desk.post(address, {**sent, **rows, "act": "save"})
    assert wrong.status_code == 422
    assert "Look at the levels" in wrong.content.decode()
    assert desk.post(address, {**sent, **rows, "levels-1-name": "First", "act": "save"}).status_code == 302
    assert [(one.code, one.name) for one in rigger.levels.all()] == [("II", "Level II"), ("I", "First")]


def test_who_saves_late_sees_both_and_loses_nothing(desk: Client, rigger: Certification) -> None:
    for address, form, theirs, mine in (
        ("/catalogue/guild/", "panel", {"trade": "Cranes"}, {"trade": "Lifts"}),
        (
            "/catalogue/guild/rigger/", "catalogue-form", {"levels-0-name": "Cranes"},
            {"levels-0-name": "Lifts", "act": "save"},
        ),
    ):  # fmt: skip
        read = form_at(desk, address, form)
        assert desk.post(address, {**read, **theirs, "act": "save"}).status_code == 302
        answer = desk.post(address, {**read, **mine})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "first</h2>" in page
        assert "1 difference<" in page
        assert page.index("Cranes") < page.index("Lifts") < page.index('value="Lifts"')
        again = form_in(page, form)
        assert desk.post(address, {**again, **mine}).status_code == 302
        assert 'value="Lifts"' in desk.get(address).content.decode()


@pytest.mark.parametrize("act", ["up:9", "down:x", "burn", "remove:-1", "add:²", "up:"])
def test_strange_buttons_are_no_error(desk: Client, rigger: Certification, act: str) -> None:
    sent = form_at(desk, "/catalogue/guild/rigger/", "catalogue-form")
    answer = desk.post("/catalogue/guild/rigger/", {**sent, "levels": "²", "act": act})
    assert answer.status_code in (200, 302, 422)


def test_a_new_certification_and_pages_read_again(desk: Client, rigger: Certification, settings: object) -> None:
    answer = desk.post("/catalogue/guild/new/", {"name": "Crane", "short": "CR", "kind": "licence", "levels": "0"})
    assert answer.headers["Location"] == "/catalogue/guild/cr/"
    for address in ("/catalogue/guild/", "/catalogue/guild/cr/"):
        assert desk.post(f"{address}still-true/").headers["Location"] == address
    crane = Certification.objects.get(slug="cr")
    assert crane.checked_on == Body.objects.get().checked_on
    assert desk.get("/catalogue/guild/cr/").status_code == 200


def test_nobody_else_finds_the_catalogue(client: Client, technician: User, rigger: Certification) -> None:
    client.force_login(technician)
    for address in ("", "new/", "guild/", "guild/new/", "guild/rigger/"):
        assert client.get(f"/catalogue/{address}").status_code == 404
