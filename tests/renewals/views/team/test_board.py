"""The dashboard's page: who gets it, what stands in it, what a wrong address does."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from kombu.exceptions import OperationalError

from accounts.models import User
from renewals import tasks
from renewals.models import Standing
from tests.bodies import body
from tests.factories.employers import MembershipFactory
from tests.factories.packs import make_dana
from tests.factories.teams import TeamOf, make_team, stand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
PAGES = ["/team/", "/team/at-risk/", "/team/people/", "/team/coverage/", "/team/coverage/targets/"]
MISSING = "/team/people/999999/"


@pytest.fixture
def team() -> TeamOf:
    team = make_team()
    stand(team.joins("Dana Reyes").user)
    return team


@pytest.fixture
def reader(team: TeamOf, client: Client) -> Client:
    client.force_login(team.coordinator)
    return client


def test_a_cell_names_person_certification_standing_and_number(reader: Client) -> None:
    answer = reader.get("/team/")
    standing = Standing.objects.get()
    assert answer.status_code == 200
    assert "1 of 1 person needs action" in answer.text
    cell = f'Dana Reyes, {standing.held}: </span>At risk <span class="num">81</span></a>'
    assert cell in answer.text
    assert f'href="/team/certs/{standing.held_id}/"' in answer.text
    assert "Counted 1 Oct 2026, 07:00." in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_only_overseers_of_today_see_a_team(team: TeamOf, client: Client, stranger: User, path: str) -> None:
    technician = team.joins("Sam Okoro").user
    MembershipFactory(employer=team.employer, user=stranger, coordinator=True, left=True)
    client.force_login(technician)
    assert client.get(path).status_code == 404
    client.force_login(stranger)
    answer = client.get(path)
    assert answer.status_code == 404
    assert body(answer) == body(client.get(MISSING))
    client.logout()
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("wanted", ["0", "999999", "1" * 25, "x", "٣", "1.0", "-1"])
def test_an_employer_that_is_not_overseen_is_missing(reader: Client, wanted: str) -> None:
    foreign = make_team("Other Works").employer
    answer = reader.get("/team/", {"employer": wanted})
    assert answer.status_code == 404
    assert body(reader.get("/team/", {"employer": foreign.pk})) == body(answer)


def test_of_two_employers_each_page_shows_one(team: TeamOf, reader: Client) -> None:
    other = make_team("Other Works")
    stand(other.joins("Elsewhere").user)
    MembershipFactory(employer=other.employer, user=team.coordinator, coordinator=True)
    here = reader.get("/team/", {"employer": team.employer.pk}).text
    there = reader.get("/team/", {"employer": other.employer.pk}).text
    assert ("Dana Reyes" in here, "Elsewhere" in here) == (True, False)
    assert ("Dana Reyes" in there, "Elsewhere" in there) == (False, True)
    assert f"/team/people/?employer={other.employer.pk}" in there


@pytest.mark.parametrize(
    ("name", "value"),
    [("team", "999999"), ("site", "1"), ("certification", "x"), ("ends", "2026-13-01"), ("standing", "user__password")],
)
@pytest.mark.parametrize("path", ["/team/", "/team/at-risk/"])
def test_a_filter_that_is_not_in_the_list_is_said(reader: Client, path: str, name: str, value: str) -> None:
    answer = reader.get(path, {name: value})
    assert answer.status_code == 422
    assert answer.text.count("Choose from the list") == 2
    assert "Dana Reyes" in answer.text


def test_a_foreign_filter_is_answered_as_a_missing_one(reader: Client) -> None:
    foreign = make_team("Other Works").crew
    answers = [reader.get("/team/", {"team": pk}) for pk in (foreign.pk, foreign.pk + 777)]
    first, second = (body(one).split("<main")[1].split("</main")[0] for one in answers)
    assert first.replace(f"team={foreign.pk}", "") == second.replace(f"team={foreign.pk + 777}", "")


def test_unknown_parameters_change_nothing(reader: Client) -> None:
    assert reader.get("/team/", {"employer__name": "x", "order": "user__password"}).status_code == 200


@pytest.mark.parametrize(("view", "matrix", "listed"), [("", 1, 1), ("matrix", 1, 0), ("list", 0, 1), ("x", 1, 1)])
def test_matrix_and_list(reader: Client, view: str, matrix: int, listed: int) -> None:
    text = reader.get("/team/", {"view": view}).text
    assert (text.count("<table"), text.count("people-list")) == (matrix, listed)


def test_empty_states(client: Client) -> None:
    team = make_team()
    client.force_login(team.coordinator)
    assert "No technician has joined yet." in client.get("/team/").text
    owner = team.employer.memberships.get(role="owner").user
    client.force_login(owner)
    text = client.get("/team/").text
    assert "Invite your first technician." in text
    assert 'class="tag">Sample' in text
    assert "No one needs action" in client.get("/team/at-risk/").text
    assert "Set a target for each certification to see gaps." in client.get("/team/coverage/").text


def test_an_old_count_is_said_and_can_be_made_anew(nicet: None, client: Client, settings: Any) -> None:
    team = make_team()
    dana = team.joins("Dana Reyes").user
    make_dana(dana)
    Standing.objects.update(counted=1, counted_at="2026-09-28 12:00+00")
    client.force_login(team.coordinator)
    assert "Counted 3 days ago." in client.get("/team/").text
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with (
        patch.object(tasks.recount_people, "delay", tasks.recount_people),
        patch.object(tasks.recount_employer, "delay", tasks.recount_employer),
    ):
        assert client.post("/team/recount/").status_code == 302
    assert Standing.objects.get().counted == 8100
    assert "Counted 3 days ago." not in client.get("/team/").text


def test_a_queue_that_is_away_is_said(reader: Client) -> None:
    with patch.object(tasks.recount_employer, "delay", side_effect=OperationalError):
        assert "The recount did not start." in reader.post("/team/recount/", follow=True).text


def test_a_page_of_50_people_by_12_certifications_is_light(team: TeamOf, reader: Client) -> None:
    import gzip

    kinds = [stand(team.joins("Person").user).held for _ in range(12)]
    assert len(kinds) == 12
    for number in range(37):
        user = team.joins(f"Somebody {number}").user
        stand(user)
    assert len(gzip.compress(reader.get("/team/").content)) < 100_000
