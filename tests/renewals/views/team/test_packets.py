"""Renewal packets for an employer: only of who shares activities, with files only where they are shared."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Membership, User
from activities.evidence import storage
from activities.models import Activity
from certifications.models import RenewalPeriod
from renewals.actions import record_renewal
from renewals.models import RenewalPacket
from tests.factories.activities import EvidenceFactory, EvidenceLinkFactory
from tests.factories.employers import ConfirmationFactory, EmployerFactory
from tests.factories.packs import AT, TODAY, make_dana
from tests.factories.teams import make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def membership(nicet: None, technician: User, client: Client, tmp_path: Path, settings: Any) -> Membership:
    """Dana, who shares everything; one course is proven and confirmed by this employer and by another one."""
    settings.MEDIA_ROOT = tmp_path
    team = make_team()
    joined = team.joins("", shares="evidence", user=technician)
    make_dana(technician)
    course = Activity.objects.get(title="Code update course")
    storage.put(b"%PDF-1.7 proof")
    proof = EvidenceFactory(user=technician, content=b"%PDF-1.7 proof", name="proof.pdf")
    EvidenceLinkFactory(user=technician, evidence=proof, activity=course)
    for employer in (team.employer, EmployerFactory(name="Second Sprinkler")):
        by = employer.memberships.first().user
        ConfirmationFactory(activity=course, employer=employer, state="confirmed", by=by, version=course.version)
    client.force_login(team.coordinator)
    return joined


def address(name: str, membership: Membership, *more: int) -> str:
    return reverse(f"team:{name}", args=[RenewalPeriod.objects.get(user=membership.user, ordinal=1).held_id, *more])


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def share(membership: Membership, shares: str) -> None:
    Membership.objects.filter(pk=membership.pk).update(shares=shares)


def test_the_running_period(client: Client, membership: Membership) -> None:
    text = text_of(client.get(address("packet_pdf", membership)).content)
    assert "Confirmed by Ridgeline Fire and Security" in text
    assert "proof.pdf" in text
    assert "Second Sprinkler" not in text
    with ZipFile(io.BytesIO(b"".join(client.get(address("packet_evidence", membership)).streaming_content))) as bundle:  # type: ignore[arg-type]
        assert bundle.read("evidence/E01 proof.pdf") == b"%PDF-1.7 proof"
    assert "Download evidence ZIP" in client.get(address("held", membership)).text
    share(membership, "activities")
    text = text_of(client.get(address("packet_pdf", membership)).content)
    assert "81 of 90 points counted" in text
    assert "proof.pdf" not in text
    assert client.get(address("packet_evidence", membership)).status_code == 404
    page = client.get(address("held", membership)).text
    assert "Download PDF" in page
    assert "Download evidence ZIP" not in page
    share(membership, "standing")
    assert client.get(address("packet_pdf", membership)).status_code == 404
    assert "Download PDF" not in client.get(address("held", membership)).text


def test_a_closed_period(client: Client, membership: Membership) -> None:
    period = RenewalPeriod.objects.get(user=membership.user)
    record_renewal(period=period, renewed_on=TODAY, reference="R-1", by=membership.user, at=AT, today=TODAY)
    assert "kept as it was" in client.get(address("held", membership)).text
    kept = client.get(address("kept_pdf", membership, 1)).content
    assert "Reference R-1" in text_of(kept)
    assert "Second Sprinkler" in text_of(bytes(RenewalPacket.objects.get().pdf))
    assert "Second Sprinkler" not in text_of(kept)
    answer = client.get(address("kept_evidence", membership, 1))
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as bundle:  # type: ignore[arg-type]
        assert len(bundle.namelist()) == 3
    for name in ("kept_pdf", "kept_evidence"):
        assert client.get(address(name, membership, 2)).status_code == 404
    share(membership, "activities")
    assert client.get(address("kept_evidence", membership, 1)).status_code == 404
    assert "proof.pdf" not in text_of(client.get(address("kept_pdf", membership, 1)).content)
