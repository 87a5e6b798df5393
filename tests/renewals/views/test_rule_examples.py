from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership, User
from certifications.drafting import examples_of, publishable
from certifications.models import HeldCertification, RuleDraft
from tests.certifications.views.drafts import draft_of_nicet
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.packs import AT, do, give


@pytest.fixture
def draft(rules_admin: User, settings: Any) -> RuleDraft:
    settings.CLOCK_AT = AT
    return draft_of_nicet(rules_admin)


@pytest.fixture
def writer(client: Client, rules_admin: User) -> Client:
    client.force_login(rules_admin)
    return client


def record(user: User) -> HeldCertification:
    """Somebody's record: a class before the period, and more classes than the cap takes."""
    held = give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1)).held
    do(user, title="Before Dana began", on=date(2024, 1, 10), amount=800)
    do(user, title="Dana's long class", on=date(2025, 3, 4), amount=5000)
    return held


def together(admin: User, person: User, shares: str) -> None:
    employer = EmployerFactory.create()
    MembershipFactory.create(user=admin, employer=employer, role="coordinator")
    MembershipFactory.create(user=person, employer=employer, shares=shares)


def test_ones_own_record_becomes_an_example_without_names(writer: Client, draft: RuleDraft, rules_admin: User) -> None:
    held = record(rules_admin)
    before = len(examples_of(draft))
    assert b"Your own record" in writer.get(f"/rules/manage/{draft.pk}/example-of/").content
    url = f"/rules/manage/{draft.pk}/example-of/{held.pk}/"
    page = writer.get(url).content.decode()
    assert "45 of 50 counted" in page
    assert "Dana" not in page
    assert writer.post(url, {"say": "", "lock_version": 1}).status_code == 422
    assert writer.post(url, {"say": "A long class", "lock_version": 1}).status_code == 302
    draft.refresh_from_db()
    row = draft.raw["examples"][-1]
    assert (row["say"], row["expect"]["counted"]) == ("A long class", 45)
    assert "Dana" not in str(draft.raw["examples"])
    assert len(examples_of(draft)) == before + 1
    assert publishable(draft) == []
    assert writer.post(url, {"say": "Again", "lock_version": 1}).status_code == 409


@pytest.mark.parametrize(("shares", "seen"), [("activities", True), ("evidence", True), ("standing", False)])
def test_people_of_a_team_who_share_their_activities(
    writer: Client, draft: RuleDraft, rules_admin: User, technician: User, shares: str, seen: bool
) -> None:
    held = record(technician)
    together(rules_admin, technician, shares)
    listed = writer.get(f"/rules/manage/{draft.pk}/example-of/?q=reyes").content.decode()
    assert ("Dana Reyes" in listed) is seen
    answer = writer.get(f"/rules/manage/{draft.pk}/example-of/{held.pk}/")
    assert answer.status_code == (200 if seen else 404)
    assert b"Dana" not in answer.content


def test_nobody_else_can_be_taken(writer: Client, draft: RuleDraft, rules_admin: User, technician: User) -> None:
    held = record(technician)
    url = f"/rules/manage/{draft.pk}/example-of/"
    assert b"Nobody whose record you may see" in writer.get(url).content
    assert writer.get(f"{url}?q=%00").status_code == 200
    assert writer.get(f"{url}{held.pk}/").status_code == 404
    together(rules_admin, technician, "activities")
    assert writer.get(f"{url}{held.pk}/").status_code == 200
    Membership.objects.filter(user=technician).update(left_on=AT.date())
    assert writer.post(f"{url}{held.pk}/", {"say": "x", "lock_version": 1}).status_code == 404


def test_only_those_who_write_rules(client: Client, draft: RuleDraft, technician: User) -> None:
    held = record(technician)
    client.force_login(technician)
    assert client.get(f"/rules/manage/{draft.pk}/example-of/").status_code == 404
    assert client.get(f"/rules/manage/{draft.pk}/example-of/{held.pk}/").status_code == 404
