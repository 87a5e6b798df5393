"""Asking the mail server's log: only a plain yes or no counts."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError, URLError

import pytest

from renewals.reminding import asking


class Answer:
    def __init__(self, status: int) -> None:
        self.status = status

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *_: object) -> None:
        return


@pytest.mark.parametrize(("status", "said"), [(200, True), (204, None), (404, False), (500, None), (0, None)])
def test_only_a_plain_answer_counts(
    settings: Any, monkeypatch: pytest.MonkeyPatch, status: int, said: bool | None
) -> None:
    settings.MAIL_LOG_URL = "https://mail-log.example.org/taken?id={id}"
    asked = []

    def urlopen(request: Any, timeout: float) -> Answer:
        asked.append(request.full_url)
        if status == 0:
            raise URLError("refused")
        if status >= 400:
            raise HTTPError(request.full_url, status, "", None, None)
        return Answer(status)

    monkeypatch.setattr(asking, "urlopen", urlopen)
    assert asking.was_taken("<a&b@example.org>") is said
    assert asked == ["https://mail-log.example.org/taken?id=%3Ca%26b%40example.org%3E"]


def test_without_a_log_nothing_is_known(settings: Any) -> None:
    settings.MAIL_LOG_URL = ""
    assert asking.was_taken("<a@example.org>") is None
