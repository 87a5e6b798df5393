"""The packet that a recorded renewal keeps: the same for ever, whatever happens to the record after."""

from __future__ import annotations

import hashlib

import pytest

from accounts.models import AuditEvent, User
from certifications.models import RenewalPeriod
from renewals.actions import record_renewal
from renewals.models import RenewalPacket
from renewals.packets.content import packet_from
from renewals.packets.printing import pdf_of
from tests.factories.packs import AT, TODAY, do

pytestmark = pytest.mark.django_db


def test_it_is_kept_with_the_period_and_never_changes(dana: User) -> None:
    period = RenewalPeriod.objects.get(user=dana)
    for _ in range(2):
        record_renewal(period=period, renewed_on=TODAY, reference="R-1", by=dana, at=AT, today=TODAY)
    kept = RenewalPacket.objects.get()
    packet = packet_from(kept.canonical)
    assert (kept.period, kept.user) == (period, dana)
    assert (packet.renewed_on, packet.reference, packet.counted) == (TODAY, "R-1", "81")
    assert bytes(kept.pdf) == pdf_of(packet, at=AT)
    assert (kept.digest, kept.pdf_digest) == (packet.digest, hashlib.sha256(bytes(kept.pdf)).hexdigest())
    assert AuditEvent.objects.get(verb="packet kept").data["after"]["file"] == kept.pdf_digest
    dana.name = "Another Name"
    dana.save()
    do(dana, title="Late class", on=TODAY, amount=100)
    again = RenewalPacket.objects.get()
    assert (again.canonical, bytes(again.pdf)) == (kept.canonical, bytes(kept.pdf))
