"""Dana's packet: two of her activities are proven, the others lack evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from activities.evidence import storage
from activities.models import Activity
from activities.queries import count_holdings
from certifications.queries import Holding, holdings_of
from renewals.packets.content import Packet
from renewals.packets.making import packet_of
from tests.factories.activities import EvidenceFactory, EvidenceLinkFactory
from tests.factories.packs import TODAY

PROVEN = ("Panel programming class", "Voice intelligibility course")


@pytest.fixture
def proven(dana: User, tmp_path: Path, settings: Any) -> User:
    settings.MEDIA_ROOT = tmp_path
    for title in PROVEN:
        content = f"%PDF-1.7 {title}".encode()
        storage.put(content)
        evidence = EvidenceFactory(user=dana, content=content, name=f"{title}.pdf")
        EvidenceLinkFactory(user=dana, evidence=evidence, activity=Activity.objects.get(title=title))
    return dana


@pytest.fixture
def holding(proven: User) -> Holding:
    [found] = holdings_of(proven)
    return found


@pytest.fixture
def packet(holding: Holding) -> Packet:
    [counted] = count_holdings([holding], TODAY)
    return packet_of(counted, holding.held.user, on=TODAY)
