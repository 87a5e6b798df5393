"""Requirements of an employer, eased for one person with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import AuditEvent, Membership
from certifications.models import Adjustment, HeldCertification
from tests.factories.teams import TeamOf, stand
from tests.renewals.views.team.requiring import begin, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sent", "now"),
    [
        ({"kind": "part-time", "percent": "50"}, "10</b> of 8 points"),
        ({"kind": "leave", "percent": "75"}, "10</b> of 12 points"),
        ({"kind": "extension", "extra_months": "3"}, "1 Jan 2026 to 31 Mar 2027"),
        ({"kind": "exemption"}, "Exempt"),
    ],
)
def test_it_is_eased_with_a_reason(
    owner: Client, held: HeldCertification, dee: Membership, sent: dict[str, str], now: str
) -> None:
    begin(owner, held)
    path = f"/team/people/{dee.pk}/certs/{held.pk}/adjust/"
    assert owner.post(path, {"reason": "Agreed in March", **sent}).status_code == 302
    for user, page in ((None, path), (None, f"/team/certs/{held.pk}/"), (dee.user, f"/certs/{held.pk}/")):
        if user:
            owner.force_login(user)
        told = shown(owner, page)
        assert now in told
        assert "Agreed in March" in told


def test_ended_adjustments_are_kept(owner: Client, held: HeldCertification, dee: Membership) -> None:
    begin(owner, held)
    path = f"/team/people/{dee.pk}/certs/{held.pk}/adjust/"
    sent = {"kind": "part-time", "percent": "50", "reason": "Half days"}
    owner.post(path, sent)
    assert "There is an adjustment of this kind already" in owner.post(path, sent).content.decode()
    adjustment = Adjustment.objects.get()
    assert owner.post(f"/team/adjustments/{adjustment.pk}/end/").status_code == 302
    assert Adjustment.objects.get().ended_at is not None
    page = shown(owner, path)
    assert "Ended 1 Oct 2026" in page
    assert "of 16 points" in page
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {"requirement eased", "adjustment ended"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "", "reason": "x"}, "Choose why"),
        ({"kind": "leave", "percent": "50", "reason": ""}, "Enter the reason"),
        ({"kind": "leave", "percent": "50", "reason": "\u200b"}, "Enter the reason"),
        ({"kind": "leave", "reason": "x"}, "Enter what part still holds, or how many months more"),
        ({"kind": "part-time", "percent": "101", "reason": "x"}, "Enter a whole number from 0 to 100"),
        ({"kind": "part-time", "percent": "-1", "reason": "x"}, "Enter a whole number from 0 to 100"),
        ({"kind": "extension", "reason": "x"}, "Enter how many months more"),
        ({"kind": "extension", "extra_months": "61", "reason": "x"}, "Enter whole months from 1 to 60"),
    ],
)
def test_odd_adjustments(
    owner: Client, held: HeldCertification, dee: Membership, sent: dict[str, str], said: str
) -> None:
    answer = owner.post(f"/team/people/{dee.pk}/certs/{held.pk}/adjust/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Adjustment.objects.exists()


def test_nobody_adjusts_their_own(client: Client, team: TeamOf) -> None:
    own = Membership.objects.get(user=team.coordinator)
    held = stand(team.coordinator).held
    client.force_login(team.coordinator)
    sent = {"kind": "exemption", "reason": "I am busy"}
    answer = client.post(f"/team/people/{own.pk}/certs/{held.pk}/adjust/", sent)
    assert "Nobody adjusts their own requirement" in answer.content.decode()
    assert not Adjustment.objects.exists()
