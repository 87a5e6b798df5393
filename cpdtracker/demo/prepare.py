"""Migrations, rule packs and demo people, in one process because each start of Django costs a second.

`python -m cpdtracker.demo.prepare FILE` writes the demo people's sign-ins to FILE as JSON.
"""

import io
import json
import sys
from pathlib import Path


def main(target: Path) -> None:
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command, get_commands

    call_command("migrate", interactive=False, verbosity=1)
    commands = get_commands()
    if "load_rule_packs" in commands:
        call_command("load_rule_packs")
    seeded = get_user_model().objects.filter(is_demo=True).exists()
    if "seed_demo" in commands and not (seeded and target.exists()):
        out = io.StringIO()
        call_command("seed_demo", "--json", stdout=out)
        target.write_text(out.getvalue())
    elif not target.exists():
        target.write_text(json.dumps([]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
