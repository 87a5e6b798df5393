"""What somebody holds: level, dates, the period that follows, and the questions of its rules."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from certifications.models import Certification, HeldCertification, RenewalPeriod
from renewals.actions import give_up
from tests.factories.packs import AT, give, load_packs
from tests.renewals.pages import hooked, said
from tests.renewals.sent import card, sent_back

pytestmark = pytest.mark.django_db
NONCE = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def user(nicet: None, technician: User, client: Client) -> User:
    client.force_login(technician)
    return technician


def hold_url(slug: str, *, adding: bool = False) -> str:
    name = "add_certification" if adding else "start_hold"
    return reverse(f"renewals:{name}", args=[Certification.objects.get(slug=slug).pk])


def test_each_level_says_what_it_means(client: Client, user: User) -> None:
    page = client.get(hold_url("fire-alarm-systems"))
    assert "Level II Does routine tasks under general daily supervision." in said(page)
    assert "birth" not in said(page).lower()


def test_the_period_is_shown_before_anything_is_kept(client: Client, user: User) -> None:
    page = client.post(hold_url("fire-alarm-systems"), {"level": "II", **card("Apr")})
    assert page.status_code == 200
    assert hooked(page, "period-start") == ["1 Apr 2024"]
    assert hooked(page, "period-end") == ["31 Mar 2027"]
    assert "rules version 1" in said(page)
    assert not HeldCertification.objects.exists()


def test_sent_back_it_is_kept(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems")
    first = {"level": "II", **card("Apr")}
    page = client.post(address, {**first, **sent_back(client.post(address, first))})
    assert page["Location"] == reverse("renewals:start_history")
    period = RenewalPeriod.objects.get(user=user)
    assert (str(period.held), period.start, period.last_day) == (
        "Fire Alarm Systems, Level II", date(2024, 4, 1), date(2027, 3, 31),
    )  # fmt: skip
    assert AuditEvent.objects.filter(verb="certification held", subject=user).count() == 1


def test_other_dates_than_those_shown_are_shown_again(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems")
    shown = sent_back(client.post(address, {"level": "II", **card("Apr")}))
    page = client.post(address, {**shown, "level": "II", **card("Apr", "2028")})
    assert page.status_code == 200
    assert hooked(page, "period-end") == ["31 Mar 2028"]
    assert 'value="2028"' in page.content.decode()
    assert not HeldCertification.objects.exists()


def test_the_period_can_be_changed(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems")
    shown = sent_back(client.post(address, {"level": "II", **card("Apr")}))
    changed = {**shown, "level": "II", **card("5", "2024", "1", "starts")}
    assert client.post(address, changed).status_code == 302
    assert RenewalPeriod.objects.get(user=user).start == date(2024, 5, 1)


def test_a_changed_period_must_end_after_it_begins(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems")
    shown = sent_back(client.post(address, {"level": "II", **card("Apr")}))
    page = client.post(address, {**shown, "level": "II", **card("5", "2030", "1", "starts")})
    assert page.status_code == 422
    assert said(page).count("Last day of the period must be after its first day") == 2
    assert "<title>Error: " in page.content.decode()


@pytest.mark.parametrize(
    ("month", "year", "last"),
    [("3", "2027", "28 Feb 2027"), ("march", "2027", "28 Feb 2027"), ("1", "2028", "31 Dec 2027")],
)
def test_the_month_may_be_a_name_and_the_day_may_stay_empty(
    client: Client, user: User, month: str, year: str, last: str
) -> None:
    page = client.post(hold_url("fire-alarm-systems"), {"level": "I", **card(month, year)})
    assert hooked(page, "period-end") == [last]


def test_the_last_day_of_a_month_means_that_day(client: Client, user: User) -> None:
    page = client.post(hold_url("fire-alarm-systems"), {"level": "I", **card("3", "2027", "31")})
    assert hooked(page, "period-end") == ["31 Mar 2027"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({**card("", "", "")}, "Enter the expiry date on your card, or the date of the award"),
        ({**card("Apr", "")}, "Expiry date on your card must include a year"),
        ({**card("", "2027", "3")}, "Expiry date on your card must include a month"),
        ({**card("13", "2027", "1")}, "enter the month as a number or a name"),
        ({**card("2", "2027", "30")}, "must be a real date"),
        ({**card("2", "24", "1")}, "enter the year with four digits"),
        ({**card("2", "1949", "1")}, "must be on or after 1 Jan 1950"),
        ({**card("2", "2099", "1")}, "must be on or before 1 Oct 2036"),
        ({**card("\u0663", "2027", "1")}, "enter the month as a number or a name"),
        ({**card("3", "\uff12\uff10\uff12\uff17", "1")}, "enter the year with four digits"),
        ({**card("9" * 5000, "2027", "1")}, "enter the month as a number or a name"),
        ({**card("Apr", "2027"), **card("5", "2031", "1", "awarded")}, "must be on or before 1 Oct 2026"),
        ({**card("Apr", "2020"), **card("5", "2021", "1", "awarded")}, "Date of the award must be before"),
        ({**card("Apr", "2027"), "level": "V"}, "Choose your level"),
        ({**card("Apr", "2027"), "level": ""}, "Choose your level"),
    ],
)
def test_wrong_input_is_answered_with_a_sentence_and_kept(
    client: Client, user: User, sent: dict[str, str], words: str
) -> None:
    page = client.post(hold_url("fire-alarm-systems"), {"level": "II", **sent})
    assert page.status_code == 422
    assert words in said(page)
    assert "There is a problem" in said(page)
    assert not HeldCertification.objects.exists()


def test_without_a_card_the_award_will_do(client: Client, user: User) -> None:
    page = client.post(hold_url("fire-alarm-systems"), {"level": "I", **card("4", "2024", "18", "awarded")})
    assert hooked(page, "period-start") == ["18 Apr 2024"]
    assert hooked(page, "period-end") == ["31 Mar 2027"]


def test_what_was_issued_before_1999_does_not_lapse(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems")
    first = {"level": "IV", **card("5", "1995", "2", "awarded")}
    page = client.post(address, first)
    assert "This does not end" in said(page)
    assert client.post(address, {**first, **sent_back(page)}).status_code == 302
    assert RenewalPeriod.objects.get(user=user).never_ends


def test_a_period_that_is_over_and_one_to_come_say_so(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems")
    assert "This period is over" in said(client.post(address, {"level": "I", **card("4", "2026")}))
    assert "begins after today" in said(client.post(address, {"level": "I", **card("4", "2031")}))


def test_one_end_for_everything_of_the_body_is_offered(client: Client, user: User) -> None:
    give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    page = client.get(hold_url("inspection-testing-fire-alarm"))
    assert "NICET ends everything you hold on one day. Yours is 31 Mar 2027." in said(page)
    sent = sent_back(page)
    shown = client.post(hold_url("inspection-testing-fire-alarm"), {**sent, "level": "II"})
    assert hooked(shown, "period-end") == ["31 Mar 2027"]


def test_rules_that_follow_the_birthday_ask_for_it_once(client: Client, user: User) -> None:
    load_packs("california-cpa")
    address = hold_url("cpa")
    assert "Date of birth" in said(client.get(address))
    page = client.post(address, card("5", "2027"))
    assert "Enter the date of birth" in said(page)
    first = {**card("5", "2027"), **card("5", "1985", "14", "birth")}
    page = client.post(address, first)
    assert hooked(page, "period-end") == ["31 May 2027"]
    assert "Do you do attest work?" in said(page)
    answers = {"fact-performs-attest-work": "yes", "fact-performs-government-work": "no"}
    assert client.post(address, {**first, **sent_back(page), **answers}).status_code == 302
    held = HeldCertification.objects.get(user=user)
    assert held.facts == {"performs-attest-work": True, "performs-government-work": False}
    user.refresh_from_db()
    assert user.birth_date == date(1985, 5, 14)
    give_up(held=held, by=user, at=AT)
    assert "Date of birth" not in said(client.get(address))


def test_drafts_count_nothing(client: Client, user: User) -> None:
    page = client.post(hold_url("fire-alarm-systems"), {"level": "II", **card("Apr")})
    assert "newer" not in said(page)
    assert "rules version 1" in said(page)


@pytest.mark.parametrize(
    "extra", [{"owner": "1", "user": "1", "closed_at": "2026-01-01", "version": "9", "ordinal": "7"}]
)
def test_fields_nobody_asked_for_set_nothing(client: Client, user: User, extra: dict[str, str]) -> None:
    address = hold_url("fire-alarm-systems")
    first = {"level": "II", **card("Apr"), **extra}
    client.post(address, {**first, **sent_back(client.post(address, first)), **extra})
    period = RenewalPeriod.objects.get(user=user)
    assert (period.user, period.closed_at, period.ordinal) == (user, None, 1)


@pytest.mark.parametrize("pk", ["0", "999999", "999999999999999999", "9" * 30, "-1", "1.0", "abc", "%39" * 6, "\u0661"])
def test_odd_numbers_of_certifications_are_not_found(client: Client, user: User, pk: str) -> None:
    assert client.get(f"/start/certification/{pk}/").status_code == 404
    assert client.post(f"/certs/add/{pk}/", card()).status_code == 404


def test_somebody_elses_own_certification_is_not_found(client: Client, user: User, stranger: User) -> None:
    theirs = Certification.objects.create(owner=stranger, slug="own-x", name="Theirs", short="T")
    missing = client.get("/start/certification/999999/")
    answer = client.get(f"/start/certification/{theirs.pk}/")
    assert answer.status_code == 404
    assert said(answer) == said(missing)


def test_adding_later_leads_to_where_it_stands(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems", adding=True)
    first = {"level": "II", **card("Apr")}
    page = client.post(address, first)
    assert "Step 1" not in said(page)
    answer = client.post(address, {**first, **sent_back(page)}, follow=True)
    held = HeldCertification.objects.get(user=user)
    assert answer.redirect_chain[-1][0] == reverse("renewals:standing", args=[held.pk])
    assert "Fire Alarm Systems, Level II is added." in said(answer)


def test_another_one_can_be_added_at_once(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems")
    first = {"level": "II", **card("Apr")}
    answer = client.post(address, {**first, **sent_back(client.post(address, first)), "then": "another"})
    assert answer["Location"] == reverse("renewals:start_certification")


def test_the_same_form_sent_twice_adds_it_once(client: Client, user: User) -> None:
    address = hold_url("fire-alarm-systems")
    first = {"level": "II", **card("Apr")}
    sent = {**first, **sent_back(client.post(address, first))}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert HeldCertification.objects.count() == 1
