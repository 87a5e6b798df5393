"""Reading settings from the environment, failing with a hint that says what to do.

Every variable is named in `.env.example`; a test compares the two.
"""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


def read_file() -> None:
    """Take what is not set yet from the file that ENV_FILE names: for commands started by hand or by a pipe."""
    path = env.str("ENV_FILE", default="")
    if not path:
        return
    try:
        with Path(path).open() as file:
            env.read_env(file)
    except OSError as error:
        raise ImproperlyConfigured(f"ENV_FILE cannot be read: {error}. See .env.example.") from error


def required(name: str, hint: str) -> str:
    """The value of `name`, or ImproperlyConfigured with `hint` when it is missing or empty."""
    value = str(env.str(name, default="")).strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint} See .env.example.")
    return value


def url(name: str, schemes: tuple[str, ...], hint: str) -> str:
    """A required address; its scheme must be one of `schemes` and it must name a host."""
    value = required(name, hint)
    problem = f"{name} is not an address we can use. {hint} See .env.example."
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  raises when the port is not a number
    except ValueError as error:
        raise ImproperlyConfigured(problem) from error
    if parts.scheme not in schemes or not parts.hostname:
        raise ImproperlyConfigured(problem)
    return value


def secret_key() -> str:
    """SECRET_KEY, refused when it is too short to protect sessions and links."""
    hint = "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    value = required("SECRET_KEY", hint)
    if len(value) < 50 or len(set(value)) < 5:
        raise ImproperlyConfigured(f"SECRET_KEY is too short or too plain: 50 characters or more. {hint}")
    return value


def number(name: str, default: int, least: int = 0) -> int:
    """A whole number, at least `least`."""
    try:
        value = int(env.str(name, default=str(default)))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a whole number. See .env.example.") from error
    if value < least:
        raise ImproperlyConfigured(f"{name} is less than {least}. See .env.example.")
    return value


def switch(name: str, default: bool = False) -> bool:
    """An on/off setting. A misspelt word is an error: a switch must not be off by accident."""
    word = env.str(name, default="1" if default else "0").strip().lower()
    if word not in {"1", "0", "true", "false", "on", "off", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} is neither on nor off. Write 1 or 0. See .env.example.")
    return word in {"1", "true", "on", "yes"}


def moment(name: str) -> datetime | None:
    """A moment with its zone, like 2026-10-01T09:00:00-04:00, or None when it is not set."""
    text = env.str(name, default="").strip()
    if not text:
        return None
    hint = f"{name} is not a moment with a time zone, like 2026-10-01T09:00:00-04:00. See .env.example."
    try:
        value = datetime.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(hint) from error
    if value.tzinfo is None:
        raise ImproperlyConfigured(hint)
    return value


def template(name: str, part: str) -> str:
    """An address with `part` in it that is filled in later, or "" when it is not set."""
    value = str(env.str(name, default="")).strip()
    if value and (part not in value or urlsplit(value).scheme not in ("http", "https")):
        raise ImproperlyConfigured(f"{name} is not an address with {part} in it. See .env.example.")
    return value


def faults(name: str, *, allowed: bool) -> str:
    """Where this process is to fail on purpose; refused anywhere but on a developer's machine."""
    value = str(env.str(name, default="")).strip()
    if value and not allowed:
        raise ImproperlyConfigured(f"{name} makes the product fail on purpose. Take it away.")
    return value


def site(name: str, hint: str) -> tuple[str, str, bool]:
    """The public address as (address without a closing slash, host, is it only this machine).

    Away from this machine only https is served: sign-in over plain http hands out passwords.
    """
    value = url(name, ("http", "https"), hint).rstrip("/")
    parts = urlsplit(value)
    host = parts.hostname or ""
    local = host in LOOPBACK_HOSTS or host.endswith(".localhost")
    if parts.path or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} has a path. Give scheme and host only, like https://cpd.example.org.")
    if parts.scheme == "http" and not local:
        raise ImproperlyConfigured(f"{name} uses http away from this machine. Use https.")
    return value, host, local
