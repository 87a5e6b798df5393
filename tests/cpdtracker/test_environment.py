"""Settings that are missing or wrong stop the start, with a hint."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from cpdtracker import environment


def test_a_missing_setting_says_its_name_and_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOMETHING", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"^SOMETHING is not set\. Give it\. See \.env\.example\.$"):
        environment.required("SOMETHING", "Give it.")


@pytest.mark.parametrize(
    "value", ["", "  ", "db", "mysql://db/x", "postgres://", "postgres://host:port/x", "postgres://[half/x"]
)
def test_an_address_that_is_none_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL .*Give a database\. See"):
        environment.url("DATABASE_URL", ("postgres",), "Give a database.")


def test_an_address_is_given_back_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@host:5432/x")
    assert environment.url("DATABASE_URL", ("postgres",), "") == "postgres://u:p@host:5432/x"


@pytest.mark.parametrize("key", ["short", "a" * 60])
def test_a_weak_secret_key_is_refused(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="too short or too plain"):
        environment.secret_key()


@pytest.mark.parametrize(("word", "on"), [("1", True), ("yes", True), ("On", True), ("0", False), ("false", False)])
def test_a_switch_is_on_or_off(word: str, on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", word)
    assert environment.switch("DEMO") is on


def test_a_misspelt_switch_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "fasle")
    with pytest.raises(ImproperlyConfigured, match="neither on nor off"):
        environment.switch("DEMO")


@pytest.mark.parametrize("value", ["-1", "many", "1.5"])
def test_a_number_is_whole_and_not_below_its_least(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONN_MAX_AGE", value)
    with pytest.raises(ImproperlyConfigured, match=r"^CONN_MAX_AGE is"):
        environment.number("CONN_MAX_AGE", default=1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://cpd.example.org/", ("https://cpd.example.org", "cpd.example.org", False)),
        ("http://localhost:8000", ("http://localhost:8000", "localhost", True)),
        ("http://127.0.0.1:8000", ("http://127.0.0.1:8000", "127.0.0.1", True)),
        ("http://files.localhost:8000", ("http://files.localhost:8000", "files.localhost", True)),
    ],
)
def test_the_site_is_read_from_its_address(
    value: str, expected: tuple[str, str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", value)
    assert environment.site("SITE_URL", "") == expected


@pytest.mark.parametrize("value", ["http://cpd.example.org", "https://cpd.example.org/app", "ftp://x", "localhost"])
def test_a_site_that_cannot_be_served_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_URL"):
        environment.site("SITE_URL", "")


def test_a_moment_needs_its_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_AT", "2026-10-01T09:00:00")
    with pytest.raises(ImproperlyConfigured, match="time zone"):
        environment.moment("CLOCK_AT")
    monkeypatch.setenv("CLOCK_AT", "2026-10-01T09:00:00-04:00")
    moment = environment.moment("CLOCK_AT")
    assert moment is not None
    assert moment.isoformat() == "2026-10-01T09:00:00-04:00"


@pytest.mark.parametrize("value", ["https://log.example.org/", "log {id}", "ftp://log.example.org/{id}"])
def test_an_address_to_fill_in_needs_its_part(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_LOG_URL", value)
    with pytest.raises(ImproperlyConfigured, match=r"^MAIL_LOG_URL is not an address with \{id\} in it\."):
        environment.template("MAIL_LOG_URL", "{id}")
    monkeypatch.setenv("MAIL_LOG_URL", "https://log.example.org/taken?id={id}")
    assert environment.template("MAIL_LOG_URL", "{id}") == "https://log.example.org/taken?id={id}"
    monkeypatch.delenv("MAIL_LOG_URL")
    assert environment.template("MAIL_LOG_URL", "{id}") == ""


def test_nothing_fails_on_purpose_away_from_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAULTS", "after-dot")
    with pytest.raises(ImproperlyConfigured, match=r"^FAULTS makes the product fail on purpose\."):
        environment.faults("FAULTS", allowed=False)
    assert environment.faults("FAULTS", allowed=True) == "after-dot"
    monkeypatch.setenv("FAULTS", "")
    assert environment.faults("FAULTS", allowed=False) == ""
