"""The at-risk list's page and its reminders: preview first, whole or not at all."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from renewals import tasks
from renewals.models import Reminder
from tests.factories.accounts import UserFactory
from tests.factories.teams import TeamOf, make_team, stand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def reader(team: TeamOf, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(tasks.send_reminders, "delay", tasks.send_reminders)
    client.force_login(team.coordinator)
    return client


def joins(team: TeamOf, name: str, *, confirmed: bool = True, **facts: object) -> int:
    membership = team.joins("", user=UserFactory(name=name, confirmed=confirmed))
    stand(membership.user, **facts)
    return membership.pk


def test_a_row_says_what_is_short_why_what_would_fix_it_and_who_was_reminded(reader: Client, team: TeamOf) -> None:
    summary = {"unit": "points", "sub_line": "9 points short", "next": "log field time.", "full": ["Classes"],
               "room": [["Field time", 3600]], "unmet": ["Ethics: 0 of 2"]}  # fmt: skip
    pk = joins(team, "Dana Reyes", summary=summary)
    text = reader.get("/team/at-risk/").text
    for said in ("1 certification needs action", "9 points short.", "Ethics: 0 of 2.", "Full: Classes.",
                 "Room in: Field time 36.", "Next: log field time.", "181 days left"):  # fmt: skip
        assert said in text
    assert "Last reminded" not in text
    reader.post("/team/at-risk/remind/", {"person": pk})
    assert "Last reminded 1 Oct 2026." in reader.get("/team/at-risk/").text


def test_worst_comes_first(reader: Client, team: TeamOf) -> None:
    joins(team, "At Risk")
    joins(team, "Ready", window_opens="2026-09-01", complete=True)
    joins(team, "Short", window_opens="2026-09-01")
    joins(team, "Gone", lapses_after="2026-08-31", ends_on="2026-08-31")
    joins(team, "Fine", on_course=True)
    text = reader.get("/team/at-risk/").text
    names = ["Gone", "Short", "At Risk", "Ready"]
    places = [text.index(f">{name}</a>") for name in names]
    assert places == sorted(places)
    assert ">Fine</a>" not in text


def test_the_link_in_the_heading_leads_to_as_many_rows_as_it_says(reader: Client, team: TeamOf) -> None:
    joins(team, "Gone", lapses_after="2026-08-31", ends_on="2026-08-31")
    joins(team, "Soon", ends_on="2026-12-14", lapses_after="2026-12-14")
    joins(team, "Later")
    said = 'href="/team/at-risk/?ends=2026-12-31">2 end by 31 Dec 2026, 1 of them already ended</a>'
    assert said in reader.get("/team/at-risk/").text
    text = reader.get("/team/at-risk/?ends=2026-12-31").text
    assert "2 certifications need action" in text
    assert (">Gone</a>" in text, ">Soon</a>" in text, ">Later</a>" in text) == (True, True, False)


def test_nobody_needs_action(reader: Client, team: TeamOf) -> None:
    assert "No certification that ends is shared with you yet." in reader.get("/team/at-risk/").text
    for name in ("Dana", "Sam"):
        joins(team, name, on_course=True)
    text = reader.get("/team/at-risk/").text
    assert "No one needs action" in text
    assert "Next end date: 31 Mar 2027, 2 people." in text


def test_everybody_can_be_ticked_by_a_link(reader: Client, team: TeamOf) -> None:
    joins(team, "Dana")
    assert " checked" not in reader.get("/team/at-risk/").text
    assert reader.get("/team/at-risk/?select=all").text.count(" checked") == 1


def test_sending_shows_the_mail_and_the_list_first(reader: Client, team: TeamOf) -> None:
    dana, sam = joins(team, "Dana Reyes"), joins(team, "Sam Okoro", confirmed=False)
    preview = reader.get("/team/at-risk/remind/", {"person": [dana, sam]}).text
    assert "1 person gets a reminder" in preview
    assert "Sam Okoro: no confirmed email" in preview
    assert "Ruth Okafor of Ridgeline Fire and Security asks you to look at" in preview
    assert mail.outbox == []
    done = reader.post("/team/at-risk/remind/", {"person": [dana, sam]}, follow=True).text
    assert "1 reminder is on its way." in done
    assert "1 reminder was not sent: Sam Okoro." in done
    assert [one.to for one in mail.outbox] == [[UserFactory._meta.model.objects.get(name="Dana Reyes").email]]
    again = reader.get("/team/at-risk/remind/", {"person": dana}).text
    assert "Nobody can be reminded now" in again
    assert "Dana Reyes: already reminded today, possible again tomorrow" in again
    reader.post("/team/at-risk/remind/", {"person": dana})
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("wrong", ["999999", "abc", "1" * 30, "-1", "1.0", "٣"])
def test_one_wrong_person_refuses_all(reader: Client, team: TeamOf, wrong: str) -> None:
    dana = joins(team, "Dana Reyes")
    assert reader.post("/team/at-risk/remind/", {"person": [dana, wrong]}).status_code == 404
    foreign = make_team("Other Works")
    other = joins(foreign, "Elsewhere")
    assert reader.post("/team/at-risk/remind/", {"person": [dana, other]}).status_code == 404
    assert reader.get("/team/at-risk/remind/", {"person": [dana, other]}).status_code == 404
    assert (Reminder.objects.count(), mail.outbox) == (0, [])


def test_with_nobody_ticked_it_says_so(reader: Client) -> None:
    assert "Nobody is selected" in reader.get("/team/at-risk/remind/").text
    assert "Nobody is selected" in reader.post("/team/at-risk/remind/").text
