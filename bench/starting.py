"""Django for a benchmark: example settings, the servers that the call is wrapped in, tables, and the shipped rules."""

from __future__ import annotations

import os

CLOCK = "2026-10-01T09:00:00-04:00"


def start(**environment: str) -> None:
    """Set everything up. `environment` says what this benchmark needs otherwise, like LOG_LEVEL."""
    from cpdtracker.servers.example import example_environment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cpdtracker.settings")
    for name, value in {**example_environment(), "LOG_LEVEL": "WARNING", **environment}.items():
        os.environ.setdefault(name, value)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_rule_packs", verbosity=0)
