"""Recording a renewal on its page, and looking at what is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from certifications.models import HeldCertification, RenewalPeriod
from renewals.actions import record_renewal
from tests.factories.packs import AT, TODAY, do, give, load_packs
from tests.renewals.pages import hooked, said
from tests.renewals.sent import card, sent_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(dana: User, client: Client) -> HeldCertification:
    client.force_login(dana)
    return HeldCertification.objects.get(user=dana)


def url(held: HeldCertification) -> str:
    return reverse("renewals:renewal", args=[held.pk])


def on(day: int, month: int, year: int) -> dict[str, str]:
    return card(str(month), str(year), str(day), "renewed_on")


def periods(held: HeldCertification) -> int:
    return RenewalPeriod.objects.filter(held=held).count()


def test_the_page_says_what_is_frozen_and_what_follows(client: Client, held: HeldCertification) -> None:
    page = client.get(url(held))
    assert (hooked(page, "counted"), hooked(page, "needed")) == (["81"], ["90"])
    assert "By these rules this is missing: 9 points." in said(page)
    assert "1 Apr 2027 to 31 Mar 2030, rules version 1" in said(page)
    assert "You renewed early. The next period begins when this one ends, so you lose no time." in said(page)
    assert hooked(page, "carried") == ["These rules do not carry points over."]
    assert periods(held) == 1


def test_a_credential_that_needs_no_points_keeps_its_packet(client: Client, technician: User) -> None:
    load_packs("micro-credentials")
    held = give(technician, "digital-badge-dated", expiry=date(2027, 8, 31)).held
    client.force_login(technician)
    page = client.get(url(held))
    assert "It keeps this packet, which never changes again." in said(page)
    assert "What the certifying body asks for:" in said(page)
    assert hooked(page, "carried") == []


def granted(page: Any) -> dict[str, str]:
    """What is sent where something is missing, and it was renewed all the same."""
    return {**sent_back(page), "granted": "on"}


def test_what_lacks_something_closes_only_where_it_was_granted(client: Client, held: HeldCertification) -> None:
    page = client.post(url(held), {**sent_back(client.get(url(held))), "reference": "R-77"})
    assert page.status_code == 422
    assert "Tick that it was granted all the same, or record the renewal when it is" in said(page)
    assert sent_back(page)["reference"] == "R-77"
    assert periods(held) == 1


def test_where_nothing_is_missing_nothing_more_is_asked(client: Client, held: HeldCertification) -> None:
    do(held.user, kind="field-time", title="Field time", since=date(2026, 4, 1), on=date(2026, 9, 30))
    page = client.get(url(held))
    assert "granted" not in page.content.decode()
    assert client.post(url(held), sent_back(page)).status_code == 302


def test_what_was_shown_is_recorded_with_one_press(client: Client, held: HeldCertification) -> None:
    sent = {**granted(client.get(url(held))), "reference": "R-77"}
    answer = client.post(url(held), sent, follow=True)
    assert "The renewal is recorded. Your new period is 1 Apr 2027 to 31 Mar 2030." in said(answer)
    closed = RenewalPeriod.objects.get(held=held, ordinal=1)
    assert (closed.renewed_on, closed.reference, closed.result["counted"]) == (TODAY, "R-77", "81")


def test_another_day_is_worked_out_and_shown_first(client: Client, held: HeldCertification) -> None:
    shown = sent_back(client.get(url(held)))
    page = client.post(url(held), {**shown, **on(12, 9, 2026)})
    assert page.status_code == 200
    assert periods(held) == 1
    assert client.post(url(held), {**granted(page), **on(12, 9, 2026)}).status_code == 302
    assert RenewalPeriod.objects.get(held=held, ordinal=1).renewed_on == date(2026, 9, 12)


def test_sent_twice_one_period_follows(client: Client, held: HeldCertification) -> None:
    sent = granted(client.get(url(held)))
    assert client.post(url(held), sent).status_code == 302
    assert "The renewal of that period is recorded already." in said(client.post(url(held), sent, follow=True))
    assert periods(held) == 2


def test_the_next_dates_may_be_said_otherwise(client: Client, held: HeldCertification) -> None:
    sent = {**granted(client.get(url(held))), **card("5", "2027", "1", "starts"), **card("4", "2030", "30", "last")}
    assert client.post(url(held), sent).status_code == 302
    opened = RenewalPeriod.objects.open().get(held=held)
    assert (opened.start, opened.last_day) == (date(2027, 5, 1), date(2030, 4, 30))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (card("", "", "", "renewed_on"), "Enter the date of the renewal"),
        (on(2, 10, 2026), "Date of the renewal must be on or before 1 Oct 2026"),
        (on(1, 4, 2024), "The renewal must be after this period began on 1 Apr 2024"),
        (on(30, 2, 2026), "Date of the renewal must be a real date"),
        ({"reference": "x" * 81}, "Reference must be 80 characters or fewer"),
        (card("1", "2026", "1", "last"), "Last day of the next period must be after its first day"),
        (card("1", "2024", "1", "starts"), "The next period must begin after this one began on 1 Apr 2024"),
        (card("1", "2099", "1", "last"), "Last day of the next period must be on or before 1 Oct 2036"),
    ],
)
def test_wrong_input_records_nothing(client: Client, held: HeldCertification, sent: dict[str, str], words: str) -> None:
    page = client.post(url(held), {**granted(client.get(url(held))), **sent})
    assert page.status_code == 422
    assert words in said(page)
    assert periods(held) == 1


def test_early_under_rules_that_begin_at_once_it_says_that_this_one_ends(
    client: Client, technician: User, stopped_clock: Any
) -> None:
    load_packs("aws-cloud")
    held = give(technician, "cloud-practitioner", awarded_on=date(2024, 2, 1)).held
    client.force_login(technician)
    page = client.get(url(held))
    assert "The next period begins at once, so this one ends on 30 Sep 2026." in said(page)
    assert client.post(url(held), granted(page)).status_code == 302


def test_late_says_so_and_what_lies_between(client: Client, technician: User, stopped_clock: Any) -> None:
    load_packs("aws-cloud")
    held = give(technician, "cloud-practitioner", expiry=date(2026, 9, 20)).held
    client.force_login(technician)
    page = said(client.get(url(held)))
    assert "You renewed after 20 Sep 2026, and after the time these rules allow." in page
    assert "10 days lie between the two periods." in page


def test_points_that_carry_over_are_named(client: Client, technician: User, stopped_clock: Any) -> None:
    load_packs("pmi")
    held = give(technician, "pmp", expiry=date(2026, 12, 31)).held
    do(technician, title="Course", on=date(2024, 5, 1), amount=5000)
    do(technician, title="Course", on=date(2026, 5, 1), amount=4500)
    client.force_login(technician)
    assert hooked(client.get(url(held)), "carried") == ["20 PDUs carry over into it."]


# What is closed.


@pytest.fixture
def closed(held: HeldCertification) -> str:
    period = RenewalPeriod.objects.get(held=held)
    record_renewal(period=period, renewed_on=TODAY, reference="R-1", by=held.user, at=AT, today=TODAY)
    return reverse("renewals:past_period", args=[held.pk, 1])


def test_a_closed_period_shows_what_was_frozen(client: Client, held: HeldCertification, closed: str) -> None:
    page = client.get(closed)
    assert (hooked(page, "counted"), hooked(page, "needed")) == (["81"], ["90"])
    for words in (
        "1 Apr 2024 to 31 Mar 2027", "You logged 99. 18 did not count.", "Reference R-1", "Additional Education 45",
        "11 logged = 3 + 8 not", "Cap reached, 8 not counted.",
    ):  # fmt: skip
        assert words in said(page)
    assert "81 of 90 points counted, renewed 1 Oct 2026" in said(client.get(reverse("renewals:manage", args=[held.pk])))


def test_it_stays_when_an_activity_is_logged_later(client: Client, held: HeldCertification, closed: str) -> None:
    before = said(client.get(closed))
    do(held.user, title="Forgotten class", on=date(2026, 9, 1), amount=300)
    assert said(client.get(closed)) == before


@pytest.mark.parametrize("number", ["0", "2", "99", "9" * 30, "abc"])
def test_periods_that_are_open_or_do_not_exist_are_not_found(
    client: Client, held: HeldCertification, closed: str, number: str
) -> None:
    assert client.get(f"/certs/{held.pk}/periods/{number}/").status_code == 404


def test_a_stranger_does_not_find_it(client: Client, closed: str, stranger: User) -> None:
    client.force_login(stranger)
    missing = client.get("/certs/999999/periods/1/")
    answer = client.get(closed)
    assert (answer.status_code, said(answer)) == (404, said(missing))


def test_home_leads_to_it_when_something_has_lapsed(client: Client, technician: User, stopped_clock: Any) -> None:
    load_packs("iicrc")
    held = give(technician, "wrt", expiry=date(2026, 5, 31)).held
    client.force_login(technician)
    assert f'href="{url(held)}"' in client.get("/me/").content.decode()
