#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["rules"]:  # works on files alone: no settings, no servers, no database
        from certifications.rules_command import main as rules

        sys.exit(rules(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cpdtracker.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
