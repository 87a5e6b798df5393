"""Rules in plain words: nothing a document says is left out, and nothing looks surer than it is."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from certifications import packs
from certifications.rules.document import (
    Alternative,
    CarryOver,
    Document,
    Escalation,
    Event,
    Fee,
    Head,
    KindRule,
    Minimum,
    Money,
    Select,
    Source,
)
from certifications.rules.wording import sections

from . import generating
from .people import NICET, pack
from .variants import variants

SHIPPED = packs.read()
DOCUMENTS = [pytest.param(one.document, id=f"{one.path.parent.name}/{one.path.stem}") for one in SHIPPED.documents]


def words(document: Document) -> str:
    """Everything the page says, as one text."""
    said: list[str] = []
    for section in sections(document):
        said += [section.title, *(one.text for one in section.said)]
        if section.table:
            said += [cell for row in (section.table.head, *section.table.rows) for cell in row]
        for item in section.items:
            said += [item.title, *(one.text for one in item.said), *item.lines]
    return "\n".join(said)


def every_sentence(document: Document) -> list[str]:
    return words(document).splitlines()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_nothing_that_a_pack_says_is_left_out(document: Document) -> None:
    before = words(document)
    silent = [where for where, changed in variants(document) if words(changed) == before]
    assert silent == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_words_are_sentences(document: Document) -> None:
    for section in sections(document):
        for one in (*section.said, *(said for item in section.items for said in item.said)):
            assert one.text[:1] == one.text[:1].upper(), one
            assert re.search(r"[.?:]$", one.text), one
            assert "None" not in one.text.split(), one
            assert "  " not in one.text, one
            assert not re.search(r"\d{4}-\d\d-\d\d", one.text), one


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_fact_that_the_body_does_not_say_is_marked(document: Document) -> None:
    origins = {source.key: source.origin for source in document.sources}
    for section in sections(document):
        for one in (*section.said, *(said for item in section.items for said in item.said)):
            if one.source:
                assert one.check == (origins[one.source] != "body"), one


@pytest.mark.parametrize("document", DOCUMENTS)
def test_anchors_are_unique_and_every_rule_has_one(document: Document) -> None:
    anchors = [item.anchor for section in sections(document) for item in section.items]
    assert len(anchors) == len(set(anchors))
    for part, rules in (("cap", document.caps), ("kind", document.kinds), ("minimum", document.minimums)):
        assert {f"{part}-{rule.key}" for rule in rules} <= set(anchors)


def test_without_a_source_a_fact_is_as_sure_as_its_document() -> None:
    unsure = NICET.model_copy(update={"rules": NICET.rules.model_copy(update={"confidence": "copy"})})
    costs = next(section for section in sections(unsure) if section.key == "money")
    assert costs.said[0].check
    sure = next(section for section in sections(NICET) if section.key == "money")
    assert not sure.said[0].check


def test_the_published_table_of_nicet() -> None:
    table = next(section.table for section in sections(NICET) if section.key == "categories")
    assert table is not None
    assert table.head == ("Category", "Up to", "Up to a year")
    assert table.rows[0] == ("Active Practitioner", "72 points", "24 points")
    assert [row[1] for row in table.rows] == ["72 points", "45 points", "45 points", "45 points", "60 points"]


@pytest.mark.parametrize(
    "sentence",
    [
        "90 points in a period.",
        "At least 2 categories must have points.",
        "2 a month or the points stated on the certificate, in Active Practitioner.",
        "Each activity is rounded to steps of 1, to the nearest, halves up.",
        "Only training above your level counts.",
        "Meets all 90 points. It is logged as: Passed a higher level.",
        "A period lasts 3 years.",
        "You can renew from 180 days before the end.",
        "What was issued before 1 Jan 1999 does not end.",
        "USD 195.00, due at each renewal.",
        "Not counted: 8 cap reached, 6 yearly cap, 4 before period.",
    ],
)
def test_sentences_of_nicet(sentence: str) -> None:
    assert sentence in every_sentence(NICET)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("pmi/2015", "Up to 20 PDUs above the need go into the next period."),
        ("pmi/2015", "Everything except in Giving back: working as a professional."),
        ("pmi/2015", "Only what was earned in the last 12 months."),
        ("california-cpa/2014", "Up to 25% of what is required in a period."),
        ("california-cpa/2014", "A shorter first period needs 20 hours for every 6 full months."),
        ("california-cpa/2014", "It ends on the last day of the month of your birth."),
        (
            "california-cpa/2014",
            'At least 24 hours in a period: in Accounting and auditing, if "Do you do attest work?" is answered yes.',
        ),
        ("micro-credentials/no-end", "It does not end."),
        ("aws-cloud/associate-2018", "No points are needed."),
    ],
)
def test_sentences_of_other_bodies(name: str, sentence: str) -> None:
    assert sentence in every_sentence(pack(name))


def test_what_no_pack_says_has_words_too() -> None:
    document = Document(
        format=1,
        rules=Head(
            body="b",
            key="k",
            name="Rules",
            version="1",
            in_force_from=date(2020, 1, 1),
            checked_on=date(2026, 1, 1),
            confidence="body",
            summary="Short.",
            certifications=("c",),
        ),
        sources=(Source(key="S1", title="Page", url="https://example.org"),),
        period={"months": 12, "rolling": True, "rolls_months": 6},  # type: ignore[arg-type]
        facts=({"key": "areas", "ask": "Which areas?", "answer": "topics", "choices": ("a", "b")},),  # type: ignore[arg-type]
        need={"points": 10, "by": [{"when": [{"fact": "level", "is": "II"}], "points": 20}], "several": "highest"},  # type: ignore[arg-type]
        categories=({"key": "a", "name": "A"}, {"key": "b", "name": "B", "parent": "a"}),  # type: ignore[arg-type]
        kinds=(
            KindRule(
                key="k",
                name="Kind",
                kind=("class",),
                category=("a", "b"),
                points=1,
                per="ceu",
                hours_in={"day": 7},
                multiply=({"role": "instructor", "times": 3},),
                topic_parts=({"topic": "ethics", "points": 2},),
                once_months=24,
                confirmed=True,
                evidence="to-count",
                least=1,
                most=4,
                most_percent=Fraction(100, 3),
                select=Select(format=("nano",), shared=True),
            ),
        ),
        allocation="date-order",
        whole_points=True,
        minimums=(
            Minimum(key="each", name="Each", points=2, for_each="areas", on_top=True, advisory=True),
            Minimum(key="one", name="One", percent=Fraction(50), in_one_category=True, tests="asked"),
            Minimum(key="often", name="Often", times=3, select=Select(kind=("meeting",)), window="first-6-months"),
            Minimum(key="part", name="Part", points=1, window="each-24-months"),
        ),
        alternatives=(
            Alternative(
                key="other",
                name="Other",
                points=5,
                with_minimums=True,
                minimums=(Minimum(key="inner", name="Inner", points=3),),
            ),
        ),
        events=(Event(key="e", name="Event", select=Select(kind=("exam",)), times=2, renews_months=60),),
        carry_over=CarryOver(
            percent=Fraction(25, 2),
            lives_periods=2,
            most_months_old=6,
            deficit=True,
            includes_over_cap=True,
            keeps_topics=True,
            arrives_as="a",
            within_minimums=("each",),
        ),
        escalations=(Escalation(key="x", name="Audit", failures=2, within_months=36),),
        money=Money(
            fees=(Fee(key="f", name="Late fee", cents=1_234_505, due="late", from_months_late=2, from_days_late=1),),
            paid_before_submitting=True,
        ),
    )
    said = every_sentence(document)
    for sentence in (
        "It rolls: every 6 months you look back over the time before.",
        "20 points for Level II.",
        "10 points in a period for everybody else.",
        "Who holds several of these needs the highest total once, not each by itself.",
        "1 day is 7 hours.",
        "Counts 3 times for: instructor.",
        "2 points of it count as ethics.",
        "The same course counts once in 24 months.",
        "Counts once somebody has confirmed it.",
        "Counts only with evidence.",
        "An activity that counts brings at least 1 point.",
        "One activity counts up to 4 points.",
        "One activity counts up to 1/3 of what is required.",
        "Only where the format is nano learning, shared with another certification.",
        "Points are allocated by activity date, oldest first.",
        "A point is either counted or not: no part of it is.",
        'Asked once for each area you name in "Which areas?".',
        "These come on top of the total.",
        "At least 50% of what is required in a period in one category.",
        "Everything that was earned is looked at, also what is over a cap.",
        "At least 3 times in the first 6 months of the period: Society meeting.",
        "At least 1 point in each 24 months of the period.",
        "5 points in a period suffice, with:",
        "Inner: at least 3 points in a period.",
        "Meets all 10 points, 2 times. It is logged as: Exam passed.",
        "The next period then lasts 5 years.",
        "Up to 12.5% of the need, from what is above it, goes into the next period.",
        "It lives for 2 periods.",
        "Nothing older than 6 months.",
        "What is missing goes over as well and must be made up.",
        "It also counts for: Each.",
        "When it is missed 2 times in 3 years.",
        "USD 12,345.05, when renewing late, more than 2 months and 1 day late.",
        "The fee is paid before the renewal is sent.",
        "Any of: a, b.",
    ):
        assert sentence in said, sentence


def test_years_of_the_body_and_short_first_periods_have_words() -> None:
    spoken = generating.document(
        period={"months": 36, "ends": "year-end", "end_year": 2027, "window_days": 60},
        need={"points": 12, "first_period": {"table": [
            {"months_up_to": 12, "points": 0}, {"months_below": 24, "points": 6},
        ]}},
    )  # fmt: skip
    said = every_sentence(spoken)
    for sentence in (
        "It ends in 2027, and every 3 years before and after that.", "You can renew from 60 days before the end.",
        "A first period of up to 12 months needs nothing.", "A first period of less than 24 months needs 6 points.",
    ):  # fmt: skip
        assert sentence in said
