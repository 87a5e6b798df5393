"""One held certification: what is known of it, corrections, the next level, out of the list and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from activities.models import Activity
from certifications.models import HeldCertification, RenewalPeriod
from renewals.actions import record_renewal
from renewals.queries import stands_of
from tests.factories.packs import AT, TODAY, do, give, load_packs
from tests.renewals.pages import queries_of, said
from tests.renewals.sent import card, sent_back

pytestmark = pytest.mark.django_db
PAGES = ("manage", "details", "period", "level", "renewal")
ODD = ["0", "999999", "999999999999999999", "9" * 30, "-1", "1.0", "abc", "%39%39%39%39%39", "\u0661"]


@pytest.fixture
def held(dana: User, client: Client) -> HeldCertification:
    client.force_login(dana)
    return HeldCertification.objects.get(user=dana)


def url(name: str, held: HeldCertification) -> str:
    return reverse(f"renewals:{name}", args=[held.pk])


def test_the_page_says_what_is_known_and_what_can_be_done(client: Client, held: HeldCertification) -> None:
    page = said(client.get(url("manage", held)))
    for words in (
        "Fire Alarm Systems, Level II", "Number Not entered", "Period 1 Apr 2024 to 31 Mar 2027",
        "NICET continuing professional development, version 1", "Move up", "Open renewal packet", "Remove from my list",
    ):  # fmt: skip
        assert words in page
    assert "Past periods" not in page


def test_it_asks_the_database_the_same_for_one_activity_and_for_twenty(client: Client, held: HeldCertification) -> None:
    client.get(url("manage", held))
    few = queries_of(lambda: client.get(url("manage", held)))
    for day in range(1, 14):
        do(held.user, title=f"Class {day}", on=date(2026, 9, day), amount=100)
    assert queries_of(lambda: client.get(url("manage", held))) == few


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_gets_what_nobody_gets(client: Client, held: HeldCertification, stranger: User, name: str) -> None:
    client.force_login(stranger)
    missing = client.get(reverse(f"renewals:{name}", args=[999999]))
    answers = [client.get(url(name, held))]
    answers.append(client.post(url(name, held), {"level": "III"}) if name != "manage" else answers[0])
    for answer in answers:
        assert answer.status_code == missing.status_code == 404
        assert said(answer) == said(missing)


@pytest.mark.parametrize("name", ["remove", "take_back"])
def test_a_stranger_changes_nothing(client: Client, held: HeldCertification, stranger: User, name: str) -> None:
    client.force_login(stranger)
    assert client.post(url(name, held)).status_code == 404
    assert client.get(url("removed", held)).status_code == 404
    assert HeldCertification.objects.of(held.user).in_use().count() == 1


@pytest.mark.parametrize("pk", ODD)
@pytest.mark.parametrize("name", ["manage", "details", "period", "level", "renewal", "removed"])
@pytest.mark.thorough
def test_odd_numbers_are_not_found(client: Client, held: HeldCertification, pk: str, name: str) -> None:
    assert client.get(f"/certs/{pk}/{name}/").status_code == 404


@pytest.mark.parametrize("name", ["remove", "take_back"])
def test_looking_changes_nothing(client: Client, held: HeldCertification, name: str) -> None:
    assert client.get(url(name, held)).status_code == 405
    assert HeldCertification.objects.of(held.user).in_use().count() == 1


# Details.


def test_details_are_corrected(client: Client, held: HeldCertification) -> None:
    sent = {
        **sent_back(client.get(url("details", held))),
        "number": " 142\u200b207 ",
        **card("4", "2015", "2", "awarded"),
    }
    assert client.post(url("details", held), sent)["Location"] == url("manage", held)
    held.refresh_from_db()
    assert (held.number, held.awarded_on, held.level.code) == ("142207", date(2015, 4, 2), "II")
    assert "142207" in said(client.get(url("manage", held)))


def test_a_wrong_level_is_corrected_and_counted_anew(client: Client, held: HeldCertification) -> None:
    client.post(url("details", held), {"level": "I", "number": ""})
    held.refresh_from_db()
    assert held.level.code == "I"
    assert AuditEvent.objects.filter(verb="level changed").count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"number": "9" * 61}, "Certificate number must be 60 characters or fewer"),
        ({"level": "IX"}, "Choose your level"),
        ({"level": ""}, "Choose your level"),
        (card("4", "2030", "2", "awarded"), "Date of the award must be on or before 1 Oct 2026"),
        (card("2", "2015", "30", "awarded"), "Date of the award must be a real date"),
    ],
)
def test_wrong_details_are_answered_and_kept(
    client: Client, held: HeldCertification, sent: dict[str, str], words: str
) -> None:
    page = client.post(url("details", held), {"level": "II", "number": "77", **sent})
    assert page.status_code == 422
    assert words in said(page)
    assert "There is a problem" in said(page)
    held.refresh_from_db()
    assert held.number == ""


def test_answers_to_the_rules_are_shown_and_corrected(client: Client, technician: User, stopped_clock: Any) -> None:
    load_packs("california-cpa")
    technician.birth_date = date(1985, 5, 14)
    technician.save()
    held = give(technician, "cpa", expiry=date(2027, 5, 31)).held
    client.force_login(technician)
    assert "Do you do attest work? Not answered yet" in said(client.get(url("manage", held)))
    client.post(url("details", held), {"number": "", "fact-performs-attest-work": "yes"})
    assert "Do you do attest work? Yes" in said(client.get(url("manage", held)))
    client.post(url("details", held), {"number": "", "fact-performs-attest-work": ""})
    held.refresh_from_db()
    assert held.facts == {}
    page = client.post(url("details", held), {"number": "", "fact-performs-attest-work": "perhaps"})
    assert (page.status_code, "Choose one of the answers" in said(page)) == (422, True)


# Dates.


def test_dates_are_moved_and_everything_follows(client: Client, held: HeldCertification) -> None:
    sent = {**card("3", "2024", "1", "starts"), **card("2", "2027", "28", "last")}
    assert client.post(url("period", held), sent)["Location"] == url("manage", held)
    [stand] = stands_of(held.user, TODAY)
    assert (stand.holding.period.start, stand.holding.period.last_day) == (date(2024, 3, 1), date(2027, 2, 28))
    assert all(line.losses == () for line in stand.counted.outcome.lines if line.on == date(2024, 3, 12))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Enter the first day of the period"),
        ({**card("3", "2024", "1", "starts"), **card("3", "2024", "1", "last")}, "must be after its first day"),
        ({**card("3", "2024", "1", "starts"), **card("3", "9999", "1", "last")}, "must be on or before 1 Oct 2036"),
        ({**card("3", "0001", "1", "starts"), **card("3", "2027", "1", "last")}, "must be on or after 1 Jan 1950"),
        ({**card("2", "2023", "29", "starts"), **card("3", "2027", "1", "last")}, "must be a real date"),
    ],
)
def test_wrong_dates_are_answered(client: Client, held: HeldCertification, sent: dict[str, str], words: str) -> None:
    page = client.post(url("period", held), sent)
    assert page.status_code == 422
    assert words in said(page)
    assert RenewalPeriod.objects.get(held=held).start == date(2024, 4, 1)


def test_dates_of_a_past_period_are_not_taken(client: Client, held: HeldCertification) -> None:
    period = RenewalPeriod.objects.get(held=held)
    record_renewal(period=period, renewed_on=TODAY, reference="", by=held.user, at=AT, today=TODAY)
    sent = {**card("1", "2027", "1", "starts"), **card("3", "2030", "31", "last")}
    page = client.post(url("period", held), sent)
    assert page.status_code == 422
    assert "The period before ended on 31 Mar 2027. Begin after it" in said(page)


def test_what_never_ends_has_only_a_first_day(client: Client, technician: User, stopped_clock: Any) -> None:
    load_packs("micro-credentials")
    held = give(technician, "digital-badge", awarded_on=date(2025, 3, 10)).held
    client.force_login(technician)
    assert "Last day" not in said(client.get(url("period", held)))
    assert client.post(url("period", held), card("3", "2025", "1", "starts")).status_code == 302
    period = RenewalPeriod.objects.get(held=held)
    assert (period.start, period.never_ends) == (date(2025, 3, 1), True)
    assert "does not end" in said(client.get(url("manage", held)))
    assert "nothing to renew" in said(client.get(url("renewal", held)))


# The next level.


def test_moving_up_keeps_the_period_and_logs_the_exam(client: Client, held: HeldCertification) -> None:
    page = client.get(url("level", held))
    assert "Level III" in said(page)
    assert "Level I " not in said(page)
    sent = {**sent_back(page), "level": "III", **card("9", "2026", "18", "passed_on"), "log_it": "on"}
    for _ in range(2):
        assert client.post(url("level", held), sent)["Location"] == reverse("renewals:standing", args=[held.pk])
    held.refresh_from_db()
    assert held.level.code == "III"
    assert Activity.objects.of(held.user).filter(kind="upgrade").count() == 1
    [stand] = stands_of(held.user, TODAY)
    assert stand.standing.complete
    assert stand.holding.period.last_day == date(2027, 3, 31)


def test_moving_up_without_an_activity(client: Client, held: HeldCertification) -> None:
    sent = {**sent_back(client.get(url("level", held))), "level": "IV", **card("9", "2026", "18", "passed_on")}
    sent.pop("log_it")
    answer = client.post(url("level", held), sent, follow=True)
    assert "You hold Fire Alarm Systems, Level IV now." in said(answer)
    assert not Activity.objects.of(held.user).filter(kind="upgrade").exists()
    assert client.get(url("level", held)).status_code == 404
    assert "Move up" not in said(client.get(url("manage", held)))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"level": "", **card("9", "2026", "18", "passed_on")}, "Choose the level you passed"),
        ({"level": "I", **card("9", "2026", "18", "passed_on")}, "Choose the level you passed"),
        ({"level": "IX", **card("9", "2026", "18", "passed_on")}, "Choose the level you passed"),
        ({"level": "III"}, "Enter the date you passed"),
        ({"level": "III", **card("9", "2027", "18", "passed_on")}, "Date you passed must be on or before 1 Oct 2026"),
    ],
)
def test_a_wrong_step_up_is_answered(client: Client, held: HeldCertification, sent: dict[str, str], words: str) -> None:
    page = client.post(url("level", held), {"nonce": "11111111-2222-4333-8444-555555555555", **sent})
    assert page.status_code == 422
    assert words in said(page)
    held.refresh_from_db()
    assert held.level.code == "II"


# Out of the list and back.


def test_removed_and_brought_back(client: Client, held: HeldCertification) -> None:
    answer = client.post(url("remove", held), follow=True)
    assert answer.redirect_chain[-1][0] == url("removed", held)
    assert "Your activities and its history are kept." in said(answer)
    assert client.get(url("manage", held)).status_code == 404
    assert "Removed before Fire Alarm Systems, Level II" in said(client.get("/certs/add/"))
    assert client.post(url("remove", held)).status_code == 302
    answer = client.post(url("take_back", held), follow=True)
    assert "Fire Alarm Systems, Level II is back in your list." in said(answer)
    assert client.get(url("removed", held))["Location"] == url("manage", held)
    [stand] = stands_of(held.user, TODAY)
    assert stand.standing.counted == 8100


def test_what_was_added_again_meanwhile_is_not_brought_back(client: Client, held: HeldCertification) -> None:
    client.post(url("remove", held))
    give(held.user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    answer = client.post(url("take_back", held), follow=True)
    assert "You hold Fire Alarm Systems already." in said(answer)
    assert "Removed before" not in said(client.get("/certs/add/"))


def test_lapsed_says_what_can_be_done(client: Client, technician: User, stopped_clock: Any) -> None:
    load_packs("iicrc")
    held = give(technician, "wrt", expiry=date(2026, 5, 31)).held
    client.force_login(technician)
    page = said(client.get(url("manage", held)))
    assert "Lapsed on 31 May 2026" in page
    assert "Ask IICRC how to reinstate it." in page
    assert "until 31 May 2028" in page
    assert "Already renewed? Record the renewal" in page
