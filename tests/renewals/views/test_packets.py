"""The packet on its page, as a PDF and as a ZIP; of the running period and of a closed one."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.evidence import storage
from activities.models import Activity, Evidence
from certifications.models import Certification, RenewalPeriod
from renewals.actions import record_renewal
from renewals.models import RenewalPacket
from tests.factories.accounts import UserFactory
from tests.factories.activities import EvidenceFactory, EvidenceLinkFactory
from tests.factories.packs import AT, TODAY
from tests.renewals.pages import hooked, queries_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(dana: User, at_desk: Client) -> RenewalPeriod:
    storage.put(b"%PDF-1.7 proof")
    evidence = EvidenceFactory(user=dana, content=b"%PDF-1.7 proof", name="proof.pdf")
    EvidenceLinkFactory(user=dana, evidence=evidence, activity=Activity.objects.get(title="Code update course"))
    return RenewalPeriod.objects.get(user=dana)


@pytest.fixture
def closed(period: RenewalPeriod) -> RenewalPeriod:
    record_renewal(period=period, renewed_on=TODAY, reference="R-1", by=period.user, at=AT, today=TODAY)
    period.refresh_from_db()
    return period


def now(name: str, period: RenewalPeriod) -> str:
    return reverse(f"renewals:{name}", args=[period.held_id])


def kept(name: str, period: RenewalPeriod, number: int = 1) -> str:
    return reverse(f"renewals:{name}", args=[period.held_id, number])


def content(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_of_the_running_period(client: Client, period: RenewalPeriod) -> None:
    page = client.get(now("packet", period))
    assert (hooked(page, "counted"), hooked(page, "needed")) == (["81"], ["90"])
    for words in (
        "Renewal packet for NICET", "Certificate number Not entered", "proof.pdf", "For no. 5", "Evidence missing",
        "Appendix: what does not count", "It is kept for good when you record",
    ):  # fmt: skip
        assert words in said(page), words
    assert "Appendix" not in said(client.get(now("packet", period) + "?leave-out=not-counted"))
    assert queries_of(lambda: client.get(now("packet", period))) <= 12
    pdf = client.get(now("packet_pdf", period))
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert 'filename="Renewal packet Fire Alarm Systems Level II 2027-03-31.pdf"' in pdf.headers["Content-Disposition"]
    assert "no-store" in pdf.headers["Cache-Control"]
    with ZipFile(io.BytesIO(content(client.get(now("packet_evidence", period))))) as bundle:
        assert bundle.read("evidence/E01 proof.pdf") == b"%PDF-1.7 proof"
    assert RenewalPacket.objects.count() == 0


def test_the_name_of_the_file_is_that_of_the_certification_in_any_script(client: Client, period: RenewalPeriod) -> None:
    Certification.objects.filter(held=period.held).update(name="Łącznik 測")
    disposition = client.get(now("packet_pdf", period))["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''Renewal%20packet%20%C5%81%C4%85cznik%20%E6%B8%AC%20")


def test_of_a_closed_period_it_is_what_was_kept(client: Client, closed: RenewalPeriod) -> None:
    first = client.get(kept("kept_pdf", closed)).content
    assert first == bytes(RenewalPacket.objects.get().pdf)
    User.objects.filter(pk=closed.user_id).update(name="Another Name")
    assert client.get(kept("kept_pdf", closed)).content == first
    page = said(client.get(kept("kept_packet", closed)))
    assert "Kept on 1 Oct 2026 as it was then. It never changes." in page
    assert "Reference R-1" in page
    assert "Another Name" not in page
    shorter = client.get(kept("kept_pdf", closed) + "?leave-out=not-counted").content
    assert shorter.startswith(b"%PDF")
    assert shorter != first
    with ZipFile(io.BytesIO(content(client.get(kept("kept_evidence", closed))))) as bundle:
        assert "evidence/E01 proof.pdf" in bundle.namelist()
    assert "See packet" in said(client.get(kept("past_period", closed)))


def test_files_that_cannot_be_added_are_named(client: Client, period: RenewalPeriod) -> None:
    storage.drop(Evidence.objects.get().sha256)
    page = client.get(now("packet_evidence", period))
    assert page.status_code == 409
    assert "1 file could not be added to the ZIP proof.pdf" in said(page)
    assert "Replace it and try again." in said(page)
    with ZipFile(io.BytesIO(content(client.get(now("packet_evidence", period) + "?others=1")))) as bundle:
        assert len(bundle.namelist()) == 2


def test_others_and_what_is_not_kept_are_not_found(client: Client, closed: RenewalPeriod) -> None:
    for name in ("kept_packet", "kept_pdf", "kept_evidence"):
        for number in (0, 2, 99, 10**17):
            assert client.get(kept(name, closed, number)).status_code == 404
    client.force_login(UserFactory())
    for name in ("packet", "packet_pdf", "packet_evidence"):
        assert client.get(now(name, closed)).status_code == 404
        assert client.get(kept(f"kept_{name.removeprefix('packet_')}", closed)).status_code == 404
        assert client.post(now(name, closed)).status_code in (404, 405)
