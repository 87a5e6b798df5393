"""What an employer asks for beside the certifying body, and what it eases."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Membership
from certifications.models import HeldCertification, InHouseRequirement, RuleSetVersion
from renewals.models import Standing
from tests.factories.certifications import RULES
from tests.factories.employers import AdjustmentFactory, InHouseRequirementFactory
from tests.factories.teams import TeamOf, make_team, stand
from tests.renewals.views.team.requiring import NEW, begin, form, shown

pytestmark = pytest.mark.django_db


def test_it_is_counted_beside_the_bodys(owner: Client, held: HeldCertification, dee: Membership) -> None:
    before = Standing.objects.get(held=held)
    requirement = begin(owner, held)
    assert requirement.rule_set.versions.get().status == "published"
    for path in (f"/team/people/{dee.pk}/", f"/team/certs/{held.pk}/"):
        page = shown(owner, path)
        assert '<b class="num">10</b> of 16 points, 6 to go.' in page
    assert 'data-hook="in-house">In-house: ' in shown(owner, "/team/?view=matrix")
    owner.force_login(dee.user)
    page = shown(owner, f"/certs/{held.pk}/")
    assert "Your employer's requirement" in page
    assert '<b class="num">10</b> of 16 points, 6 to go.' in page
    after = Standing.objects.get(held=held)
    assert (before.word, before.counted, before.needed) == (after.word, after.counted, after.needed)
    assert AuditEvent.objects.filter(verb="requirement made").exists()


def test_a_minimum_and_field_time(owner: Client, held: HeldCertification, dee: Membership) -> None:
    begin(owner, held, least_in="teaching", least_points="4", field_time="1,5")
    assert "Teaching" in shown(owner, f"/team/people/{dee.pk}/")
    document = RuleSetVersion.objects.latest("pk").document
    assert [kind.points for kind in document.kinds if kind.over_time] == [150]


def test_standing_only_shares_no_points(owner: Client, held: HeldCertification, dee: Membership) -> None:
    begin(owner, held)
    Membership.objects.filter(pk=dee.pk).update(shares="standing")
    page = shown(owner, f"/team/people/{dee.pk}/")
    assert "Two days a year" in page
    assert "of 16 points" not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"certification": ""}, "Choose certification"),
        ({"certification": "999999"}, "Certification: choose from the list"),
        ({"since": "2026-10-02"}, "From must be today or earlier"),
        ({"since": "2001-01-01"}, "From must be within the last 10 years"),
        ({"name": ""}, "Enter a name"),
        ({"name": "\u200b"}, "Enter a name"),
        ({"points": ""}, "Enter the points needed"),
        ({"points": "0"}, "Enter the points needed"),
        ({"points": "-3"}, "Points needed: enter a number"),
        ({"points": "1e3"}, "Points needed: enter a number"),
        ({"points": "٣"}, "Points needed: enter a number"),
        ({"points": "9" * 40}, "Points needed: enter a number"),
        ({"months": ""}, "Enter in how many months"),
        ({"months": "0"}, "Enter whole months from 1 to 120"),
        ({"months": "121"}, "Enter whole months from 1 to 120"),
        ({"months": "1.5"}, "Enter whole months from 1 to 120"),
        ({"least_points": "4"}, "Choose what these points are from"),
        ({"least_in": "class"}, "Enter how many points at least"),
        ({"least_in": "class", "least_points": "17"}, "This is more than the points needed"),
        ({"least_in": "field-time", "least_points": "4"}, "Enter what a month of field time is worth"),
    ],
)
def test_odd_input(owner: Client, held: HeldCertification, changes: dict[str, str], said: str) -> None:
    answer = owner.post(NEW, form(held, **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not InHouseRequirement.objects.exists()


def upload(content: bytes | str) -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile("rules.toml", data)


def test_a_rule_document_is_uploaded(owner: Client, held: HeldCertification, dee: Membership) -> None:
    begin(owner, held, name="", points="", months="", document=upload(RULES))
    assert '<b class="num">10</b> of 90 points' in shown(owner, f"/team/people/{dee.pk}/")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", ["not a text in UTF-8"]),
        ("a = [1 2]", ["line 1"]),
        (RULES.replace("points = 90", "points = 90\nextra = 1").replace("months = 36", "months = -1"),
         ["need.extra: is not a known key", "period.months"]),
        (RULES.replace("months = 36", "never_ends = true"), ["period.months: how many months"]),
        ("x = 1\n" * 200_000, ["larger than"]),
    ],
)  # fmt: skip
def test_everything_wrong_with_a_document_is_told(
    owner: Client, held: HeldCertification, content: bytes | str, said: list[str]
) -> None:
    answer = owner.post(NEW, form(held, document=upload(content)))
    assert answer.status_code == 422
    for words in said:
        assert words in answer.content.decode()
    assert not RuleSetVersion.objects.exclude(rule_set__employer=None).exists()


def test_later_versions(owner: Client, held: HeldCertification, dee: Membership) -> None:
    requirement = begin(owner, held)
    path = f"/team/requirements/{requirement.pk}/"
    assert 'value="16"' in shown(owner, path)
    assert owner.post(path, form(held, points="20", seen="1")).status_code == 302
    assert "10</b> of 20 points" in shown(owner, f"/team/people/{dee.pk}/")
    stale = owner.post(path, form(held, points="30", seen="1"))
    assert stale.status_code == 422
    assert "Somebody changed this requirement meanwhile" in stale.content.decode()
    assert list(requirement.rule_set.versions.values_list("number", "status")) == [(1, "superseded"), (2, "published")]
    assert "There is a requirement for this certification already" in owner.post(NEW, form(held)).content.decode()


def test_ending_it(owner: Client, held: HeldCertification, dee: Membership) -> None:
    requirement = begin(owner, held)
    assert owner.post(f"/team/requirements/{requirement.pk}/end/").status_code == 302
    assert "Two days a year" not in shown(owner, f"/team/people/{dee.pk}/")
    assert "Ended" in shown(owner, "/team/requirements/")
    begin(owner, held)


def test_employers_do_not_learn_of_each_other(client: Client, dee: Membership, held: HeldCertification) -> None:
    other = make_team("Bravo Sprinklers")
    member = other.joins("Dee", user=dee.user)
    foreign = InHouseRequirementFactory(employer=other.employer, certification=held.certification)
    theirs = AdjustmentFactory(membership=member, held=held, reason="Bravo's reason")
    owner = Membership.objects.get(employer=dee.employer, role="owner").user
    client.force_login(owner)
    assert client.post(NEW, form(held)).status_code == 302
    for path in (f"/team/people/{dee.pk}/", f"/team/certs/{held.pk}/", "/team/requirements/",
                 f"/team/people/{dee.pk}/certs/{held.pk}/adjust/"):  # fmt: skip
        assert "Bravo" not in client.get(path).content.decode()
    assert client.get(f"/team/requirements/{foreign.pk}/").status_code == 404
    assert client.post(f"/team/requirements/{foreign.pk}/end/").status_code == 404
    assert client.post(f"/team/adjustments/{theirs.pk}/end/").status_code == 404
    assert client.get(f"/team/people/{member.pk}/certs/{held.pk}/adjust/").status_code == 404
    Membership.objects.filter(pk=dee.pk).update(left_on=date(2026, 10, 1))
    assert client.get(f"/team/people/{dee.pk}/certs/{held.pk}/adjust/").status_code == 404
    client.force_login(dee.user)
    assert "Two days a year" not in client.get(f"/certs/{held.pk}/").content.decode(), "only while they work there"


def test_an_employers_rules_are_for_its_people_alone(owner: Client, held: HeldCertification) -> None:
    rule_set = begin(owner, held).rule_set
    assert "Two days a year" not in shown(owner, "/rules/")
    assert owner.get(f"/rules/{rule_set.slug}/v/1/").status_code == 404


def test_coordinators_read_and_owners_write(client: Client, team: TeamOf, held: HeldCertification) -> None:
    client.force_login(team.coordinator)
    assert client.get("/team/requirements/").status_code == 200
    assert client.get(NEW).status_code == 404
    assert client.post(NEW, form(held)).status_code == 404
    client.force_login(held.user)
    assert client.get("/team/requirements/").status_code == 404


def test_the_matrix_asks_as_much_for_one_as_for_many(owner: Client, team: TeamOf, held: HeldCertification) -> None:
    begin(owner, held)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert owner.get("/team/?view=matrix").status_code == 200
        return len(queries)

    one = asked()
    for number in range(6):
        snapshot = stand(team.joins(f"Person {number}").user)
        HeldCertification.objects.filter(pk=snapshot.held_id).update(certification=held.certification, level=held.level)
    assert asked() == one
    assert owner.get("/team/?view=matrix").content.decode().count("In-house: ") >= 7
