"""What a count costs: `python -m bench.engine [--most MS_TREE MS_CROSSING]`.

One person with 30, 300 and 3,000 activities, under caps that nest (the NICET pack) and caps that cross (the
California CPA pack). Time is the processor's, so other work on the machine does not show; the best of several runs is
taken. Beside it a bare pass in Python over the same activities: points summed by kind and year, and nothing else.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from time import process_time

from certifications.packs import SHIPPED
from certifications.rules.cases import Case, Entry, Term
from certifications.rules.counting import count
from certifications.rules.dates import DAY, Span, add_months
from certifications.rules.document import Document
from certifications.rules.parsing import parse_text

SIZES = (30, 300, 3_000)
START = date(2024, 4, 1)
KINDS = {
    "tree": ("class", "webinar", "college", "field-time"),
    "crossing": ("class", "teaching", "authoring"),
}
CATEGORIES = {"tree": ("",), "crossing": ("tax", "ethics", "non-technical", "accounting", "")}


def pack(path: str) -> Document:
    """A shipped rule document."""
    return parse_text((SHIPPED / path).read_text(encoding="utf-8"))


def person(shape: str, months: int, activities: int) -> Case:
    """Somebody with so many activities, spread over one renewal period; the same ones each time."""
    rng = random.Random(activities)
    span = Span(START, add_months(START, months))
    entries = []
    for number in range(activities):
        kind = rng.choice(KINDS[shape])
        entries.append(
            Entry(
                key=str(number), on=START + timedelta(days=rng.randrange(span.days)), title=f"activity {number}",
                amount=Fraction(rng.randint(1, 16), 2), unit="point" if kind == "field-time" else "hour", kind=kind,
                category=rng.choice(CATEGORIES[shape]),
            )
        )  # fmt: skip
    return Case(Term(span, span), span.end - DAY, tuple(entries))


def bare(case: Case) -> int:
    """The least anything could do: look at each activity once and add it up."""
    sums: dict[tuple[str, int], int] = {}
    for entry in case.entries:
        if case.term.span.holds(entry.on) and entry.on <= case.as_of:
            key = (entry.kind, entry.on.year)
            sums[key] = sums.get(key, 0) + int(entry.amount * 100)
    return sum(sums.values())


def milliseconds(work: Callable[[], object]) -> float:
    """The best of several runs."""
    best = float("inf")
    for _ in range(15):
        gc.collect()
        begun = process_time()
        work()
        best = min(best, process_time() - begun)
    return best * 1000


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--most", nargs=2, type=float, metavar=("TREE", "CROSSING"), help="fail above so many ms at 300"
    )
    most = arguments.parse_args().most
    shapes = {"tree": (pack("nicet/2010.toml"), 36), "crossing": (pack("california-cpa/2014.toml"), 24)}
    print("caps      activities      ms   ms an activity   bare pass, ms   ratio")
    slow = False
    for place, (shape, (document, months)) in enumerate(shapes.items()):
        for size in SIZES:
            case = person(shape, months, size)
            ours = milliseconds(lambda document=document, case=case: count(document, case))  # type: ignore[misc]
            least = milliseconds(lambda case=case: bare(case))  # type: ignore[misc]
            print(f"{shape:9} {size:10,} {ours:7.2f} {ours / size:16.4f} {least:15.3f} {ours / least:7.0f}")
            slow = slow or bool(most and size == 300 and ours > most[place])
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
