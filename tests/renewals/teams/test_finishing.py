"""What is to finish about a person: as much as they share, and what waits for the employer first."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import Membership, User
from activities.models import Activity
from renewals.home import home_of
from renewals.teams.finishing import to_finish
from tests.factories.employers import ConfirmationFactory
from tests.factories.packs import make_dana
from tests.factories.teams import TeamOf, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
TODAY = date(2026, 10, 1)


@pytest.fixture
def team() -> TeamOf:
    return make_team()


@pytest.fixture
def dana(nicet: None, team: TeamOf, technician: User) -> Membership:
    make_dana(technician)
    return team.joins("", user=technician, shares="evidence")


def finish(membership: Membership, shares: str) -> list[str]:
    membership.shares = shares
    membership.save(update_fields=["shares"])
    return [one.text for one in to_finish(membership, TODAY)]


def test_it_is_what_the_person_reads_as_far_as_they_share_it(dana: Membership) -> None:
    read = [one.text for one in home_of(dana.user, TODAY).to_finish]
    assert any("evidence" in text for text in read)
    assert finish(dana, "evidence") == read
    assert finish(dana, "activities") == [text for text in read if "evidence" not in text]
    assert finish(dana, "standing") == finish(dana, "nothing") == []


def test_what_waits_for_the_employer_comes_first_and_leads_there(
    team: TeamOf, dana: Membership, client: Client
) -> None:
    first, second = Activity.objects.filter(user=dana.user)[:2]
    ConfirmationFactory(activity=first, employer=team.employer, by=None)
    client.force_login(team.coordinator)
    text = client.get(f"/team/people/{dana.pk}/").text
    assert "Waiting for you: 1 activity to confirm" in text
    assert f'<a class="link-go" href="/team/people/{dana.pk}/activities/{first.pk}/">Review' in text
    ConfirmationFactory(activity=second, employer=team.employer, by=None)
    assert finish(dana, "activities")[0] == "Waiting for you: 2 activities to confirm"
    assert '<a class="link-go" href="/team/confirmations/">Review' in client.get(f"/team/people/{dana.pk}/").text
    client.force_login(dana.user)
    own = client.get(f"/sharing/{dana.pk}/view/").text
    assert "Waiting for you: 2 activities to confirm" in own
    assert ">Review" not in own
