"""Asking the mail server's log whether it took a mail, by its Message-ID.

Where nobody can be asked, what a hand-over without an answer came to stays unknown: see `recovery`.
"""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, build_opener

import structlog
from django.conf import settings

_SECONDS = 5.0

log = structlog.get_logger(__name__)


class _NotElsewhere(HTTPRedirectHandler):
    """Whoever is led elsewhere ends at some page that answers 200, such as one to sign in: that is no yes."""

    def redirect_request(self, *_: object) -> None:
        return None


_ask = build_opener(_NotElsewhere)


def was_taken(message_id: str) -> bool | None:
    """True or False where the log says so; None where there is no log, or it does not answer.

    `settings.MAIL_LOG_URL` is an address with `{id}` in it: 200 says taken, 404 says not, all else nothing.
    """
    if not settings.MAIL_LOG_URL:
        return None
    address = settings.MAIL_LOG_URL.replace("{id}", quote(message_id, safe=""))
    try:
        with _ask.open(address, timeout=_SECONDS) as answer:
            return True if answer.status == 200 else None
    except HTTPError as error:
        return False if error.code == 404 else None
    except (OSError, ValueError) as error:
        log.warning("mail_log_silent", error=str(error))
        return None
