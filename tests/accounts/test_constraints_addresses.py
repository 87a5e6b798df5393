"""What the database refuses about addresses that mail does not reach, past the ORM."""

from datetime import timedelta

import pytest

from accounts.models import BouncedAddress
from tests.factories.accounts import JOINED
from tests.guards import accepted, refused, update

pytestmark = pytest.mark.django_db


def test_an_address_is_given_and_bounced_first_before_last() -> None:
    row = BouncedAddress.objects.create(email_key="sam@example.org", first_at=JOINED, last_at=JOINED)
    refused("bounced_address_given", update("accounts_bouncedaddress", row.pk, email_key=""))
    refused("bounced_first_before_last", update("accounts_bouncedaddress", row.pk, last_at=JOINED - timedelta(days=1)))
    accepted(update("accounts_bouncedaddress", row.pk, last_at=JOINED + timedelta(days=1)))
