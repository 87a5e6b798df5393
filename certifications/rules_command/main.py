"""The verbs of `manage.py rules` and how they end: 0 all is well, 1 something is wrong with a file, 2 wrong use."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from certifications import packs
from certifications.rules.difference import differences

from . import count, periods
from .files import NotUsable, WrongUse, document_at


def main(arguments: Sequence[str], out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Carry out one verb; returns the exit code."""
    out, err = out or sys.stdout, err or sys.stderr
    options = parser().parse_args(arguments)
    try:
        code = int(options.run(options, out))
        out.flush()
        return code
    except BrokenPipeError:  # whoever reads has seen enough, as with `| head`
        if out is sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return 0
    except NotUsable as error:
        print("\n".join(error.lines), file=err)
        return 1
    except WrongUse as error:
        print(error, file=err)
        return 2


def parser() -> argparse.ArgumentParser:
    """The verbs and what they take."""
    made = argparse.ArgumentParser(prog="manage.py rules", description="Work on rule packs as files; no database.")
    verbs = made.add_subparsers(dest="verb", required=True, metavar="check|count|periods|diff")
    check = verbs.add_parser("check", help="validate packs and run their examples; exit 1 if anything is wrong")
    check.add_argument("paths", nargs="*", type=Path, help="a pack, a folder of packs, or one rule document")
    check.set_defaults(run=_check)
    counts = verbs.add_parser("count", help="count a case file by a pack and print the ledger")
    counts.set_defaults(run=_count)
    dates = verbs.add_parser("periods", help="work out a renewal period: start, end, last day to earn, windows")
    dates.set_defaults(run=_periods)
    for verb in (counts, dates):
        verb.add_argument("pack", type=Path, metavar="PACK", help="a rule document, or a pack: a folder with body.toml")
        verb.add_argument("case", type=Path, metavar="CASE", help="a case file, TOML or JSON (docs/rule-packs.md)")
        verb.add_argument("--json", action="store_true", help="print one JSON object")
    diff = verbs.add_parser("diff", help="say in plain words what differs between two rule documents")
    diff.add_argument("old", type=Path, metavar="A")
    diff.add_argument("new", type=Path, metavar="B")
    diff.set_defaults(run=_diff)
    return made


def _check(options: argparse.Namespace, out: TextIO) -> int:
    reading = packs.read(options.paths or [packs.SHIPPED])
    for problem in reading.problems:
        print(problem, file=out)
    number = len(reading.documents)
    if reading.problems:
        raise NotUsable([f"{len(reading.problems)} problems in {number} readable documents."])
    print(f"{number} documents and {reading.examples} examples hold.", file=out)
    return 0


def _count(options: argparse.Namespace, out: TextIO) -> int:
    found = count.counted(options.pack, options.case)
    print(count.as_json(found) if options.json else count.as_ledger(found), file=out)
    return 0


def _periods(options: argparse.Namespace, out: TextIO) -> int:
    document, facts = periods.period(options.pack, options.case)
    print(periods.as_json(facts) if options.json else periods.as_text(document, facts), file=out)
    return 0


def _diff(options: argparse.Namespace, out: TextIO) -> int:
    found = differences(document_at(options.old), document_at(options.new))
    for one in found:
        print(one, file=out)
    if not found:
        print("Nothing that counts differs.", file=out)
    return 0
