"""What people ask an employer to confirm, and what becomes of the answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Membership, User
from activities.models import Activity, Confirmation
from renewals.actions import recount
from renewals.models import Standing
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, ClaimFactory
from tests.factories.certifications import RULES, RenewalPeriodFactory
from tests.factories.employers import AttendanceFactory, ClassSessionFactory, ConfirmationFactory, EmployerFactory
from tests.factories.packs import AT, TODAY
from tests.factories.teams import TeamOf, make_team

pytestmark = pytest.mark.django_db
ONLY_CONFIRMED = RULES.replace('name = "Class"\n', 'name = "Class"\nconfirmed = true\n')


@pytest.fixture
def dee(team: TeamOf) -> Membership:
    return team.joins("Dee Ruiz")


@pytest.fixture
def activity(dee: Membership) -> Activity:
    return ActivityFactory(user=dee.user, title="Panel class", note="Between me and me")


@pytest.fixture
def inside(client: Client, team: TeamOf) -> Client:
    client.force_login(team.coordinator)
    return client


def address(dee: Membership, activity: Activity) -> str:
    return f"/team/people/{dee.pk}/activities/{activity.pk}/"


def ask(client: Client, team: TeamOf, activity: Activity) -> None:
    client.force_login(activity.user)
    assert client.post(f"/activities/{activity.pk}/ask/{team.employer.pk}/").status_code == 302
    client.force_login(team.coordinator)


def answer(client: Client, dee: Membership, activity: Activity, **sent: object) -> Any:
    return client.post(address(dee, activity), {"version": activity.version, "seen": "asked", **sent})


@pytest.mark.parametrize("own", [True, False])
def test_what_came_of_a_class_says_so_to_the_employer_that_logged_it(
    inside: Client, team: TeamOf, dee: Membership, activity: Activity, own: bool
) -> None:
    employer = team.employer if own else EmployerFactory()
    session = ClassSessionFactory(employer=employer, amount=850, made_by=team.coordinator)
    AttendanceFactory(session=session, user=dee.user, activity=activity, state="edited")
    page = inside.get(address(dee, activity)).content.decode()
    assert ("Dee Ruiz changed it. What stands here is theirs:" in page) is own
    assert ("8.5 hours" in page, f"Logged by {team.coordinator.name}" in page) == (own, own)
    assert ("Logged by Dee Ruiz" in page) is not own


def test_asked_and_confirmed(inside: Client, team: TeamOf, dee: Membership, activity: Activity) -> None:
    ask(inside, team, activity)
    assert "Panel class" in inside.get("/team/confirmations/").content.decode()
    page = inside.get(address(dee, activity)).content.decode()
    assert "8 hours" in page
    assert "Between me and me" not in page, "the private note"
    assert answer(inside, dee, activity).status_code == 302
    assert "Nothing waits for confirmation" in inside.get("/team/confirmations/").content.decode()
    inside.force_login(dee.user)
    assert (
        f"Confirmed by {team.employer.name} on 1 Oct 2026" in inside.get(f"/activities/{activity.pk}/").content.decode()
    )
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {"confirmation asked for", "activity confirmed"}


def test_an_edit_makes_it_self_reported_again(
    inside: Client, team: TeamOf, dee: Membership, activity: Activity
) -> None:
    ask(inside, team, activity)
    answer(inside, dee, activity)
    Activity.objects.filter(pk=activity.pk).update(version=2)
    inside.force_login(dee.user)
    page = inside.get(f"/activities/{activity.pk}/").content.decode()
    assert "Self-reported" in page
    assert "Confirmed by" not in page
    assert f"Ask {team.employer.name} to confirm" in page


def test_a_change_is_asked_for_with_a_note(inside: Client, team: TeamOf, dee: Membership, activity: Activity) -> None:
    ask(inside, team, activity)
    assert answer(inside, dee, activity, change="1", note=" \u200b ").status_code == 422
    assert answer(inside, dee, activity, change="1", note="n" * 501).status_code == 422
    assert answer(inside, dee, activity, change="1", note="Hours are 6, not 8.").status_code == 302
    inside.force_login(dee.user)
    page = inside.get(f"/activities/{activity.pk}/").content.decode()
    assert f"{team.employer.name} did not confirm it on 1 Oct 2026" in page
    assert "Hours are 6, not 8." in page


@pytest.mark.parametrize("sent", [{"version": "7"}, {"version": ""}, {"version": "x"}, {"version": "9" * 40}])
def test_what_changed_meanwhile_is_looked_at_again(
    inside: Client, team: TeamOf, dee: Membership, activity: Activity, sent: dict[str, str]
) -> None:
    ask(inside, team, activity)
    said = answer(inside, dee, activity, **sent)
    assert said.status_code == 422
    assert "changed this meanwhile" in said.content.decode()
    assert Confirmation.objects.get().state == "asked"


def test_somebody_else_answered_meanwhile(inside: Client, team: TeamOf, dee: Membership, activity: Activity) -> None:
    ask(inside, team, activity)
    answer(inside, dee, activity)
    assert answer(inside, dee, activity).status_code == 302, "saying the same again changes nothing"
    said = answer(inside, dee, activity, change="1", note="Which hall?")
    assert "answered this meanwhile" in said.content.decode()
    assert Confirmation.objects.get().state == "confirmed"


def test_nobody_confirms_their_own(inside: Client, team: TeamOf) -> None:
    own = Membership.objects.get(user=team.coordinator)
    Membership.objects.filter(pk=own.pk).update(shares="activities")
    mine = ActivityFactory(user=team.coordinator)
    ask(inside, team, mine)
    assert "This is yours" in inside.get(address(own, mine)).content.decode()
    said = answer(inside, own, mine)
    assert said.status_code == 422
    assert "Nobody confirms their own activity" in said.content.decode()
    assert Confirmation.objects.get().state == "asked"


@pytest.mark.parametrize("shares", ["nothing", "standing"])
def test_only_where_activities_are_shared(
    inside: Client, team: TeamOf, dee: Membership, activity: Activity, shares: str
) -> None:
    ask(inside, team, activity)
    Membership.objects.filter(pk=dee.pk).update(shares=shares)
    assert inside.get(address(dee, activity)).status_code == 404
    assert answer(inside, dee, activity).status_code == 404
    assert "Panel class" not in inside.get("/team/confirmations/").content.decode()
    inside.force_login(dee.user)
    other = ActivityFactory(user=dee.user)
    assert inside.post(f"/activities/{other.pk}/ask/{team.employer.pk}/").status_code == 404
    assert "to confirm</button>" not in inside.get(f"/activities/{other.pk}/").content.decode()


def test_from_the_day_of_leaving_nothing(inside: Client, team: TeamOf, dee: Membership, activity: Activity) -> None:
    ask(inside, team, activity)
    Membership.objects.filter(pk=dee.pk).update(left_on=TODAY)
    assert inside.get(address(dee, activity)).status_code == 404
    assert "Panel class" not in inside.get("/team/confirmations/").content.decode()


def test_employers_do_not_learn_of_each_other(inside: Client, dee: Membership, activity: Activity) -> None:
    other = make_team("Bravo Sprinklers")
    other.joins("Dee", user=dee.user)
    ConfirmationFactory(
        activity=activity, employer=other.employer, state="change", by=other.coordinator, note="Bravo says no"
    )
    for path in (address(dee, activity), f"/team/people/{dee.pk}/", "/team/confirmations/"):
        assert "Bravo" not in inside.get(path).content.decode()
    foreign = other.joins("Eve")
    theirs = ActivityFactory(user=foreign.user)
    assert inside.get(address(foreign, theirs)).status_code == 404
    assert inside.get(address(dee, theirs)).status_code == 404, "an activity of somebody else"


def test_a_stranger_asks_nothing(inside: Client, team: TeamOf, activity: Activity) -> None:
    assert inside.post(f"/activities/{activity.pk}/ask/{team.employer.pk}/").status_code == 404
    inside.force_login(activity.user)
    other = make_team("Bravo")
    assert inside.post(f"/activities/{activity.pk}/ask/{other.employer.pk}/").status_code == 404
    assert not Confirmation.objects.exists()


def test_points_change_only_where_the_rules_say_so(inside: Client, team: TeamOf, dee: Membership) -> None:
    counts: dict[str, User] = {"plain": dee.user, "asked for": team.joins("Fay").user}
    for name, user in counts.items():
        text = RULES if name == "plain" else ONLY_CONFIRMED
        period = RenewalPeriodFactory(held__user=user, version__text=text)
        ClaimFactory(period=period, activity__user=user, asked=0, counted=0)

    def counted() -> list[int]:
        for user in counts.values():
            recount(user=user, at=AT, today=TODAY)
        return [Standing.objects.get(user=user).counted for user in counts.values()]

    def reason(user: User) -> str:
        return user.claims.get().reason

    assert counted() == [800, 0]
    assert reason(counts["asked for"]) == "waiting"
    for user in counts.values():
        member = Membership.objects.get(user=user)
        activity = user.activities.get()
        answer(inside, member, activity, seen="", change="1", note="Which hall?")
    assert counted() == [800, 0], "a change that is asked for takes nothing from rules that do not ask"
    assert reason(counts["asked for"]) == "not confirmed"
    fay = counts["asked for"]
    answer(inside, Membership.objects.get(user=fay), fay.activities.get(), seen="change")
    assert Standing.objects.get(user=fay).counted == 800, "counted in the same transaction"


def test_the_queue_asks_as_much_for_one_as_for_many(inside: Client, team: TeamOf) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert inside.get("/team/confirmations/").status_code == 200
        return len(queries)

    def wait(name: str) -> None:
        user = team.joins(name).user
        ConfirmationFactory(employer=team.employer, activity__user=user, activity__on=date(2026, 3, 1))

    wait("Ann")
    one = asked()
    for number in range(12):
        wait(f"Person {number}")
    assert asked() == one


def test_technicians_see_no_queue(inside: Client, dee: Membership) -> None:
    for user in (dee.user, UserFactory()):
        inside.force_login(user)
        assert inside.get("/team/confirmations/").status_code == 404
