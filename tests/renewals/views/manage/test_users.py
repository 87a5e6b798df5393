"""People for whoever runs the site: found, known by their account alone, given and losing roles."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, BouncedAddress, User
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.employers import MembershipFactory
from tests.factories.renewals import ReminderFactory
from tests.renewals.conftest import NOW
from tests.renewals.pages import hooked, queries_of, said

PAGE = "/manage/users/"


@pytest.fixture
def dana(admin: User) -> User:
    made: User = UserFactory(
        name="Dana Reyes", email="dana@example.org", confirmed=True, last_login=datetime(2026, 9, 30, 12, tzinfo=UTC)
    )
    return made


def bounce(user: User) -> None:
    facts = {"reason": "550 no such mailbox", "first_at": NOW, "last_at": NOW}
    BouncedAddress.objects.create(email_key=user.email_key, **facts)


def role(user: User, name: str = "rules-admin") -> str:
    return reverse("manage:role", args=[user.pk, name])


def test_the_list_says_what_is_known_of_an_account(client: Client, dana: User) -> None:
    bounce(dana)
    ReminderFactory(user=dana, period__held__user=dana)
    ReminderFactory(user=dana, period__held__user=dana, state="failed", error="550")
    page = client.get(PAGE)
    assert "1 site admin, 0 rules admins" in said(page)
    newest, ari = hooked(page, "person")
    assert newest.startswith(
        "Dana Reyes Address bounces dana@example.org. Joined 2 Jun 2025, last signed in 30 Sep 2026."
    )
    assert newest.endswith("1 mail not sent. 1 mail waits.")
    assert ari.startswith("Ari Lund Site admin")


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ({"q": "rey"}, "1 person found"), ({"q": "dana@exam"}, "1 person found"), ({"q": "eyes"}, "Nobody was found"),
        ({"group": "rules"}, "1 person found"), ({"group": "site"}, "1 person found"),
        ({"group": "bounced"}, "1 person found"), ({"group": "closed"}, "1 person found"),
        ({"q": "kim", "group": "closed"}, "Nobody was found"), ({"q": "ki\x00'&"}, "1 person found"),
        ({"before": "9" * 40}, "1 site admin, 1 rules admin"), ({"before": "1"}, "Nobody was found"),
    ],
)  # fmt: skip
def test_people_are_found(client: Client, dana: User, asked: dict[str, str], heading: str) -> None:
    UserFactory(name="Kim Adler", rules_admin=True)
    UserFactory(name="Closed Person", is_active=False)
    bounce(dana)
    assert heading in said(client.get(PAGE, asked))


def test_what_cannot_be_asked_for(client: Client, admin: User) -> None:
    assert client.get(PAGE, {"group": "odd"}).status_code == 404
    page = client.get(PAGE, {"q": "x" * 300})
    assert page.status_code == 422
    assert "Use 254 characters or fewer" in said(page)
    assert client.get(role(admin, "no-role")).status_code == 404


def test_no_page_grows_with_the_population(client: Client, dana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renewals.operating.people.PAGE", 3)
    first = queries_of(lambda: client.get(PAGE, {"q": "person"}))
    for number in range(7):
        one = UserFactory(name=f"Person {number}", is_active=number > 1)
        ReminderFactory(user=one, period__held__user=one)
        bounce(one)
    assert queries_of(lambda: client.get(PAGE, {"q": "person"})) == first <= 10
    page = client.get(PAGE, {"q": "person"})
    assert "More than 3 people found" in said(page)
    older = page.context["found"].older
    assert f'href="?q=person&amp;before={older}"' in page.content.decode()
    rest = client.get(PAGE, {"q": "person", "before": str(older)})
    assert [len(hooked(one, "person")) for one in (page, rest)] == [3, 3]
    assert "Further people found" in said(rest)


def test_an_account_is_shown_but_nothing_that_was_logged(client: Client, dana: User) -> None:
    MembershipFactory(user=dana, employer__name="Ridgeline", coordinator=True)
    ActivityFactory(user=dana, title="Panel class", note="mine alone")
    ReminderFactory(user=dana, period__held__user=dana, state="failed", error="550 no such mailbox", attempts=3)
    bounce(dana)
    page = client.get(reverse("manage:user", args=[dana.pk]))
    text = said(page)
    assert "Dana Reyes: mail does not arrive dana@example.org" in text
    assert "Last signed in 30 Sep 2026, 08:00 Two-step sign-in Off Email address Confirmed" in text
    assert "Since 1 Oct 2026, 1 time, last 1 Oct 2026, 09:00: 550 no such mailbox ." in text
    assert "Ridgeline Coordinator since 2 Jun 2025" in text
    assert hooked(page, "mail")[0].endswith("tried 3 times. 550 no such mailbox")
    assert [one.split(":")[1][:4] for one in hooked(page, "role")] == [" no ", " no "]
    assert "Panel class" not in text
    assert "mine alone" not in text


def test_one_account_is_asked_for_in_as_many_questions(client: Client, dana: User) -> None:
    page = reverse("manage:user", args=[dana.pk])
    first = queries_of(lambda: client.get(page))
    for number in range(4):
        MembershipFactory(user=dana)
        ReminderFactory(user=dana, period__held__user=dana, due_on=date(2026, 9, 1 + number))
    assert queries_of(lambda: client.get(page)) == first <= 13


def test_a_role_is_given_after_a_question(client: Client, dana: User) -> None:
    asked = client.get(role(dana))
    assert "Make Dana Reyes a rules admin?" in said(asked)
    empty = client.post(role(dana), {"wanted": "give", "reason": " \u200b"})
    assert (empty.status_code, "Say why" in said(empty)) == (422, True)
    given = client.post(role(dana), {"wanted": "give", "reason": "Knows NICET"}, follow=True)
    dana.refresh_from_db()
    assert dana.is_rules_admin
    assert "Dana Reyes is a rules admin now." in said(given)
    # The same form once more, and from another window that was open before: nothing is taken away by it.
    again = client.post(role(dana), {"wanted": "give", "reason": "Knows NICET"}, follow=True)
    assert "Somebody decided that meanwhile." in said(again)
    dana.refresh_from_db()
    assert dana.is_rules_admin
    client.post(role(dana), {"wanted": "take", "reason": "Left"})
    dana.refresh_from_db()
    assert not dana.is_rules_admin
    data = AuditEvent.objects.order_by("pk").values_list("data", flat=True)
    assert [one["after"]["reason"] for one in data] == ["Knows NICET.", "Left."]


def test_ones_own_role_is_not_on_offer(client: Client, admin: User) -> None:
    UserFactory(is_site_admin=True)
    for page in (role(admin, "site-admin"), reverse("manage:account", args=[admin.pk])):
        shown = client.get(page)
        assert "Another site admin can." in said(shown)
        assert 'name="reason"' not in shown.content.decode()
        refused = client.post(page, {"wanted": "take", "reason": "By mistake"})
        assert refused.status_code == 422
    admin.refresh_from_db()
    assert (admin.is_site_admin, admin.is_active) == (True, True)
    assert not AuditEvent.objects.exists()


def test_an_account_is_closed_at_once_and_reopened(client: Client, dana: User) -> None:
    hers = Client()
    hers.force_login(dana)
    page = reverse("manage:account", args=[dana.pk])
    assert "Close the account of Dana Reyes?" in said(client.get(page))
    closed = client.post(page, {"wanted": "take", "reason": "Lost phone"}, follow=True)
    assert "Dana Reyes: account closed" in said(closed)
    assert hers.get("/me/").status_code == 302
    assert "closed. Reopen it first" in said(client.post(role(dana), {"wanted": "give", "reason": "x"}))
    assert "Reopen the account of Dana Reyes?" in said(client.get(page))
    assert "Dana Reyes can sign in again." in said(client.post(page, {"wanted": "give", "reason": "Back"}, follow=True))
