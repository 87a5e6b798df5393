"""What the database refuses about webhooks, past the ORM."""

import pytest

from renewals.models import Webhook, WebhookMessage
from tests.factories.accounts import JOINED, UserFactory
from tests.factories.employers import EmployerFactory
from tests.guards import accepted, copy, refused, update

pytestmark = pytest.mark.django_db
HOOKS, MESSAGES = "renewals_webhook", "renewals_webhookmessage"


@pytest.fixture
def hook(db: None) -> Webhook:
    return Webhook.objects.create(
        employer=EmployerFactory(), url="https://example.org/in", salt="s" * 43, set_by=UserFactory(), set_at=JOINED
    )


def test_a_webhook_is_whole(hook: Webhook) -> None:
    refused("webhook_whole", update(HOOKS, hook.pk, url=""))
    refused("webhook_whole", update(HOOKS, hook.pk, salt="short"))


def test_a_message_is_told_once_and_sent_at_some_time(hook: Webhook) -> None:
    message = WebhookMessage.objects.create(hook=hook, key="due-1", body="{}", not_before=JOINED, made_at=JOINED)
    refused("webhook_message_once", copy(MESSAGES, message.pk))
    refused("webhook_message_sent_has_time", update(MESSAGES, message.pk, state="sent"))
    refused("webhook_message_sent_has_time", update(MESSAGES, message.pk, sent_at=JOINED))
    accepted(update(MESSAGES, message.pk, state="sent", sent_at=JOINED))
