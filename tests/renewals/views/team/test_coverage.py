"""Coverage, its targets, and what people say they mean to reach."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from certifications.models import CoverageTarget, Interest, Level
from tests.factories.certifications import CertificationFactory, LevelFactory
from tests.factories.employers import CoverageTargetFactory, InterestFactory
from tests.factories.teams import TeamOf, stand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def reader(team: TeamOf, client: Client) -> Client:
    client.force_login(team.coordinator)
    return client


@pytest.fixture
def level() -> Level:
    return LevelFactory(certification=CertificationFactory(name="Backflow"), position=2, name="Level II")


def test_the_day_is_within_five_years(reader: Client, team: TeamOf, level: Level) -> None:
    CoverageTargetFactory(employer=team.employer, certification=level.certification, level=level, people=2)
    assert "Today 1 certification is below target" in reader.get("/team/coverage/").text
    later = reader.get("/team/coverage/", {"on": "2031-10-01"})
    assert (later.status_code, "On 1 Oct 2031, 1 certification would be below target" in later.text) == (200, True)
    for day, said in (
        ("2031-10-02", "Choose a date within 5 years"),
        ("2026-09-30", "Choose 1 Oct 2026 or a later day"),
        ("01/02/2027", "Day must be a real date, like 2026-10-01"),
        ("2027-02-30", "Day must be a real date, like 2026-10-01"),
    ):
        answer = reader.get("/team/coverage/", {"on": day})
        assert answer.status_code == 422
        assert answer.text.count(said) == 2
        assert "Backflow, Level II" in answer.text


def test_targets_are_set_changed_and_taken_away(reader: Client, team: TeamOf, level: Level) -> None:
    stand(team.joins("Dana").user)
    held = team.employer.memberships.get(user__name="Dana").user.held.get()
    name = f"{held.certification_id}-{held.level_id}"
    assert "1 now" in reader.get("/team/coverage/targets/").text
    other = f"{level.certification_id}-{level.pk}"
    sent = {name: "3", "another": other, "another_people": "2"}
    assert reader.post("/team/coverage/targets/", sent).status_code == 302
    assert list(CoverageTarget.objects.order_by("people").values_list("certification", "level", "people")) == [
        (level.certification_id, level.pk, 2),
        (held.certification_id, held.level_id, 3),
    ]
    assert AuditEvent.objects.filter(verb="target set", actor=team.coordinator).count() == 2
    reader.post("/team/coverage/targets/", {name: "", other: "2"})
    assert CoverageTarget.objects.get().people == 2
    assert "Nothing was changed." in reader.post("/team/coverage/targets/", {other: "2"}, follow=True).text


def test_what_somebody_else_set_meanwhile_is_not_set_back(reader: Client, team: TeamOf, level: Level) -> None:
    """Two tabs with the same page: each changes what was typed there, and nothing else."""
    stand(team.joins("Dana").user)
    held = team.employer.memberships.get(user__name="Dana").user.held.get()
    page, name = "/team/coverage/targets/", f"{held.certification_id}-{held.level_id}"
    early = reader.get(page).context["form"]["shown"].value()
    reader.post(page, {name: "3", "shown": early})
    other = f"{level.certification_id}-{level.pk}"
    reader.post(page, {name: "", "shown": early, "another": other, "another_people": "2"})
    assert set(CoverageTarget.objects.values_list("people", flat=True)) == {2, 3}
    late = reader.get(page).context["form"]["shown"].value()
    reader.post(page, {name: "", other: "2", "shown": late})
    assert list(CoverageTarget.objects.values_list("people", flat=True)) == [2]


@pytest.mark.parametrize("wrong", ["-1", "1.5", "ten", "10001", "99999999", "٣"])
def test_a_target_that_is_no_number_is_said_and_kept(reader: Client, team: TeamOf, level: Level, wrong: str) -> None:
    CoverageTargetFactory(employer=team.employer, certification=level.certification, level=level, people=2)
    answer = reader.post("/team/coverage/targets/", {f"{level.certification_id}-{level.pk}": wrong})
    assert answer.status_code == 422
    assert answer.text.count("Enter a whole number up to 10,000, or leave it empty for no target") == 2
    assert f'value="{wrong}"' in answer.text
    assert CoverageTarget.objects.get().people == 2


def test_half_a_new_target_is_said(reader: Client, level: Level) -> None:
    other = f"{level.certification_id}-{level.pk}"
    answer = reader.post("/team/coverage/targets/", {"another": other})
    assert "Enter how many people you want to have" in answer.text
    answer = reader.post("/team/coverage/targets/", {"another_people": "2"})
    assert "Choose the certification" in answer.text
    answer = reader.post("/team/coverage/targets/", {"another": "9999-0", "another_people": "2"})
    assert "Choose from the list" in answer.text
    assert CoverageTarget.objects.count() == 0


def test_an_interest_is_said_shared_and_taken_back(client: Client, technician: User, level: Level) -> None:
    client.force_login(technician)
    what = f"{level.certification_id}-{level.pk}"
    sent = {"what": what, "note": "Exam booked", "shared": "on"}
    assert "Employers you work for can see it." in client.post("/career-interest/", sent, follow=True).text
    client.post("/career-interest/", {"what": what, "note": "Exam passed"})
    said = Interest.objects.get()
    assert (said.user, said.level, said.note, said.shared) == (technician, level, "Exam passed", False)
    answer = client.post("/career-interest/", {"what": "x", "note": "n" * 201})
    assert answer.status_code == 422
    assert "Choose from the list" in answer.text
    assert "Use 200 characters or fewer" in answer.text
    foreign = InterestFactory()
    assert client.post(f"/career-interest/{foreign.pk}/take-back/").status_code == 404
    client.post(f"/career-interest/{said.pk}/take-back/")
    assert list(Interest.objects.all()) == [foreign]
