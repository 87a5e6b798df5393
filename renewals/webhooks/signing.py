"""How a receiver knows that a message is ours, whole and fresh."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from ..models import Webhook


def secret_of(hook: Webhook) -> str:
    """The secret that the owner was shown. Derived, so that whoever reads the database cannot sign."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"webhook:{hook.pk}:{hook.salt}".encode(), hashlib.sha256)
    return f"cpdw_{key.hexdigest()}"


def signature(hook: Webhook, body: str, at: datetime) -> str:
    """The header: when it was signed, and HMAC-SHA256 over time, a full stop and the body."""
    stamp = int(at.timestamp())
    signed = hmac.new(secret_of(hook).encode(), f"{stamp}.{body}".encode(), hashlib.sha256)
    return f"t={stamp},v1={signed.hexdigest()}"
