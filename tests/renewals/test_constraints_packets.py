"""What the database refuses about packets of closed periods, past the ORM."""

import pytest

from renewals.models import RenewalPacket
from tests.factories.accounts import UserFactory
from tests.factories.certifications import RenewalPeriodFactory
from tests.factories.renewals import RenewalPacketFactory
from tests.guards import accepted, copy, delete, drop, refused, update

pytestmark = pytest.mark.django_db
PACKETS = "renewals_renewalpacket"


@pytest.fixture
def packet() -> RenewalPacket:
    return RenewalPacketFactory()


@pytest.mark.parametrize(
    "changes", [{"frozen_at": "2028-01-01 12:00+00"}, {"canonical": "{}", "digest": "0" * 64}, {"pdf": b"other"}]
)
def test_a_packet_stays_as_it_is(packet: RenewalPacket, changes: dict[str, object]) -> None:
    drop("packet_digest_of_content")
    drop("packet_digest_of_file")
    refused("packet_stays", update(PACKETS, packet.pk, **changes))


def test_a_packet_is_never_removed(packet: RenewalPacket) -> None:
    refused("packet_stays", delete(PACKETS, packet.pk))


def test_a_packet_may_be_written_back_unchanged(packet: RenewalPacket) -> None:
    packet.save()


def test_words_and_file_keep_their_fingerprints(packet: RenewalPacket) -> None:
    other = RenewalPeriodFactory(held=packet.period.held, user=packet.user, closed=True, following=True)
    accepted(copy(PACKETS, packet.pk, period_id=other.pk))
    refused("packet_digest_of_content", copy(PACKETS, packet.pk, period_id=other.pk, canonical="{}"))
    refused("packet_digest_of_file", copy(PACKETS, packet.pk, period_id=other.pk, pdf=b"other"))


def test_an_open_period_has_no_packet_kept(packet: RenewalPacket) -> None:
    running = RenewalPeriodFactory(held=packet.period.held, user=packet.user, following=True)
    refused("packet_of_closed_period", copy(PACKETS, packet.pk, period_id=running.pk))


def test_a_packet_belongs_to_whose_period_it_is(packet: RenewalPacket) -> None:
    other = RenewalPeriodFactory(held=packet.period.held, user=packet.user, closed=True, following=True)
    stranger = UserFactory()
    refused("packet_period_of_same_user", copy(PACKETS, packet.pk, period_id=other.pk, user_id=stranger.pk))
