"""The sum is always true: what was logged is what counts and what does not, by reason. For a thousand people."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest

from activities.queries import Counted
from certifications.packs import SHIPPED
from certifications.rules.cases import Case, Entry
from certifications.rules.counting import count
from certifications.rules.dates import DAY, Span
from certifications.rules.document import Document
from certifications.rules.parsing import parse_text
from certifications.rules.periods import Holder, dates_of
from certifications.rules.points import show
from certifications.rules.words import AMOUNT_UNITS, FORMATS, KINDS, REACHES, ROLES
from renewals.explaining import lost_of, rows_of
from renewals.queries import Stand
from renewals.templatetags.cpd import sum_sentence

PACKS = ("nicet/2010", "nicet/newer-table", "iicrc/technician-one-hour", "pmi/2015", "california-cpa/2014",
         "comptia/security-plus-2018", "micro-credentials/dated", "aws-cloud/associate-2018")  # fmt: skip
PEOPLE = 1000


def document(name: str) -> Document:
    return parse_text((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


def people(rules: Document, how_many: int, seed: str) -> Iterator[Case]:
    """Made-up people of these rules: some with nothing, some with far too much, some with things of no use."""
    rnd = random.Random(seed)
    topics = ["ethics", "tax", "fraud", "power skills", "ways of working", "exam preparation", "society event", "x"]
    months = rules.period.months or 36
    for _ in range(how_many):
        starts = date(rnd.randrange(2022, 2026), rnd.randrange(1, 13), rnd.randrange(1, 29))
        span = Span(starts, starts + timedelta(days=months * 30))
        term = dates_of(rules, span, Holder()).term
        days = span.days + 200
        entries = tuple(
            _entry(rnd, number, starts + timedelta(days=rnd.randrange(-100, days)), topics)
            for number in range(rnd.choice((0, 1, 3, 8, 20)))
        )
        facts = {"level": rnd.choice(("I", "II", "IV", "")), "performs-attest-work": rnd.random() < 0.5}
        yield Case(term, starts + timedelta(days=rnd.randrange(0, days)), entries, facts=facts)


def _entry(rnd: random.Random, number: int, on: date, topics: list[str]) -> Entry:
    kind = rnd.choice(list(KINDS))
    work = KINDS[kind].over_time
    since = on - timedelta(days=rnd.randrange(1, 700)) if work else None
    amount = Span(since, on + DAY).months() if since else Fraction(rnd.randrange(1, 4000), 100)
    return Entry(
        key=str(number), on=on, since=since, amount=amount, unit="month" if work else rnd.choice(list(AMOUNT_UNITS)),
        kind=kind, title=rnd.choice(("", "Panel class", f"Class {number}")), share=rnd.choice((100, 50)),
        topics=frozenset(rnd.sample(topics, rnd.randrange(0, 3))), role=rnd.choice(("", *ROLES)),
        format=rnd.choice(("", *FORMATS)), reach=rnd.choice(("", *REACHES)), evidence=rnd.random() < 0.8,
        relevant=rnd.random() < 0.9, above_level=rnd.choice((None, True, False)), confirmed=rnd.choice((None, True)),
        duplicate_of="0" if number and rnd.random() < 0.1 else "",
    )  # fmt: skip


@pytest.mark.parametrize("name", PACKS)
def test_the_sum_is_true_for_everybody(name: str) -> None:
    rules = document(name)
    for case in people(rules, PEOPLE // len(PACKS), name):
        outcome = count(rules, case)
        said = sum_sentence(outcome)
        by_reason = sum(outcome.lost_by_reason().values())
        assert outcome.asked == outcome.counted + by_reason == outcome.counted + said["not_counted"]
        assert all(line.asked == line.counted + sum(one.points for one in line.losses) for line in outcome.lines)
        assert sum(category.counted for category in outcome.categories if not category.parent) == outcome.counted

        rows = rows_of(_stand(rules, case, outcome))
        lost = lost_of(rows)
        assert sum(one.points for one in lost) == outcome.not_counted
        assert all(one.text and one.action_label and one.action_url for one in lost), "no reason, no zero"
        assert all(row.line.losses for row in rows if row.line.counted < row.line.asked)


def _stand(rules: Document, case: Case, outcome: object) -> Stand:
    """A stand as the page gets it, with claims that are in no database."""
    claims = {
        entry.key: SimpleNamespace(activity=SimpleNamespace(pk=number, title=entry.title, since=entry.since))
        for number, entry in enumerate(case.entries, 1)
    }
    holding = SimpleNamespace(document=rules)
    return Stand(Counted(holding, case, outcome, claims), standing=None)  # type: ignore[arg-type]


def test_a_sum_that_is_wrong_would_be_noticed() -> None:
    rules = document("nicet/2010")
    case = next(case for case in people(rules, 50, "seed") if count(rules, case).not_counted)
    outcome = count(rules, case)
    line = next(line for line in outcome.lines if line.lost)
    broken = replace(outcome, lines=tuple(replace(one, losses=()) if one is line else one for one in outcome.lines))
    assert broken.asked != broken.counted + sum(broken.lost_by_reason().values())


def test_the_sentence_says_these_numbers() -> None:
    rules = document("nicet/2010")
    for case in people(rules, 20, "sentences"):
        outcome = count(rules, case)
        said = sum_sentence(outcome)
        assert show(said["asked"]) == show(outcome.asked)
        assert [one["points"] for one in said["losses"]] == list(outcome.lost_by_reason().values())
