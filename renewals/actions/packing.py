"""Writes about renewal packets: kept once, with the period they belong to."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from certifications.models import RenewalPeriod

from ..models import RenewalPacket
from ..packets.content import Packet
from ..packets.printing import pdf_of


@transaction.atomic
def keep_packet(*, packet: Packet, period: RenewalPeriod, by: User, at: datetime) -> RenewalPacket:
    """Keep the packet of a closed period, words and PDF. The database refuses any change of it from here on."""
    pdf = pdf_of(packet, at=at)
    kept = RenewalPacket.objects.create(
        user_id=period.user_id, period=period, canonical=packet.canonical, digest=packet.digest, pdf=pdf,
        pdf_digest=hashlib.sha256(pdf).hexdigest(), frozen_at=at,
    )  # fmt: skip
    audit.record(
        verb="packet kept", by=by, at=at, target=kept, label=packet.title, subject=period.held.user,
        after={"hash": kept.digest, "file": kept.pdf_digest, "files": len(packet.files)},
    )  # fmt: skip
    return kept
