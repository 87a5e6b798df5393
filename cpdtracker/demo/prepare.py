"""Migrations, rule packs and demo people, in one process because each start of Django costs a second.

`python -m cpdtracker.demo.prepare FILE` writes the demo people's sign-ins to FILE as JSON.
"""

import io
import sys
from pathlib import Path


def main(target: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    call_command("load_rule_packs")
    out = io.StringIO()
    call_command("seed_demo", "--json", stdout=out)
    target.write_text(out.getvalue())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
