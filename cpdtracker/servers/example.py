"""Settings for this machine only: a developer's shell, the tests, the demo."""

import secrets


def example_environment() -> dict[str, str]:
    """Every required setting except the addresses of the servers. The key is new each time."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": "smtp://localhost:1025",
        "DEFAULT_FROM_EMAIL": "CPD Points <points@example.org>",
    }
