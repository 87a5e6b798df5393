"""The shipped packs: every example holds, and every figure is held by an example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from certifications import packs
from certifications.rules.document import Document, Example, PeriodExample
from certifications.rules.examples import run_example, run_examples, run_period_example

SHIPPED = packs.read()
DOCUMENTS = [pytest.param(one.document, id=f"{one.path.parent.name}/{one.path.stem}") for one in SHIPPED.documents]
EXAMPLES = [
    pytest.param(one.document, example, id=f"{one.path.parent.name}/{one.path.stem}-{place}")
    for one in SHIPPED.documents
    for place, example in enumerate(one.document.examples)
]
PERIOD_EXAMPLES = [
    pytest.param(one.document, example, id=f"{one.path.parent.name}/{one.path.stem}-{place}")
    for one in SHIPPED.documents
    for place, example in enumerate(one.document.period_examples)
]
REFERENCE = """
    NICET-06 NICET-03 NICET-07 NICET-01 IICRC-01 IICRC-04 PMI-01 PMI-03 COMPTIA-05 COMPTIA-01 ISC2-05
    ISC2-02 ISACA-01 ISACA-06 CACPA-04 CACPA-06 TXCPA-01 TXCPA-02 NCCPA-01 NCCPA-05 NYCPA-02 NASBA-01
    SHRM-01 HRCI-02 HRCI-01 LEED-04 CFA-01 FLRN-02 FLRN-01 BICSI-03 NATE-02 CWI-03 CWI-04 ASNT-01
    RICS-03 EA-01 OREL-03 LAPE-03 LAPE-02 PTCB-01 PTCB-02 NREMT-03 TXED-01 CISCO-01 ACFE-03 C2EP-01
    PER-08 PER-05 PER-12 PER-15 PER-10 PER-18
"""
HALF = 50  # half a point, in hundredths


def test_nothing_is_wrong_with_the_shipped_packs() -> None:
    assert [str(problem) for problem in SHIPPED.problems] == []


@pytest.mark.parametrize(("document", "example"), EXAMPLES)
def test_example_holds(document: Document, example: Example) -> None:
    assert [str(failure) for failure in run_example(document, example)] == []


@pytest.mark.parametrize(("document", "example"), PERIOD_EXAMPLES)
def test_period_example_holds(document: Document, example: PeriodExample) -> None:
    assert [str(failure) for failure in run_period_example(document, example)] == []


@pytest.mark.parametrize(("document", "example"), EXAMPLES)
def test_example_fails_when_its_own_figure_is_changed(document: Document, example: Example) -> None:
    expect = example.expect
    if expect.counted is not None:
        changed = expect.model_copy(update={"counted": expect.counted + 1})
    elif expect.compliant is not None:
        changed = expect.model_copy(update={"compliant": not expect.compliant})
    else:
        changed = expect.model_copy(update={"standing": "due" if expect.standing != "due" else "on-track"})
    assert run_example(document, example.model_copy(update={"expect": changed}))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_figure_is_held_by_an_example(document: Document) -> None:
    loose = [name for name, changes in _figures(document) if not any(map(_shows, changes))]
    assert loose == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_says_where_it_comes_from(document: Document) -> None:
    assert len(document.examples) >= 3
    assert document.sources
    assert document.rules.summary
    if document.rules.confidence == "body":
        assert any(source.origin == "body" for source in document.sources)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_is_the_same_after_storing(document: Document) -> None:
    stored = Document.model_validate_json(document.canonical())
    assert stored.digest() == document.digest()
    assert run_examples(stored) == []


def _shows(document: Document) -> bool:
    """Whether some example notices this change."""
    try:
        return bool(run_examples(document))
    except ValueError:
        return True


def _figures(document: Document) -> Iterator[tuple[str, list[Document]]]:
    """Every figure of a document, with the document as it would be were the figure a little more or less."""
    need = document.need
    if need.points:
        changed = [need.model_copy(update={"points": need.points + step}) for step in (100, -100)]
        yield "need", [document.model_copy(update={"need": one}) for one in changed]
    if document.carry_over and document.carry_over.points:
        carry = document.carry_over
        less = carry.model_copy(update={"points": carry.points - HALF})
        yield "carry_over", [document.model_copy(update={"carry_over": less})]
    for part in ("kinds", "caps", "minimums"):
        for place, item in enumerate(getattr(document, part)):
            for name in ("points", "percent", "most", "times", "categories", "at_least"):
                value = getattr(item, name, None)
                if value is not None and not getattr(item, "advisory", False):
                    step = HALF if name in ("points", "most") else 1
                    values = [value + step, max(0, value - step)]
                    yield f"{part}.{item.key}.{name}", [_with(document, part, place, name, one) for one in values]


def _with(document: Document, part: str, place: int, name: str, value: Any) -> Document:
    items = list(getattr(document, part))
    items[place] = items[place].model_copy(update={name: value})
    return document.model_copy(update={part: tuple(items)})


def test_the_reference_cases_are_among_the_examples() -> None:
    """The cases that were worked out by hand beforehand, by the first word of their sentence."""
    first_words = [
        example.say.partition(":")[0]
        for one in SHIPPED.documents
        for example in (*one.document.examples, *one.document.period_examples)
    ]
    names = REFERENCE.split()
    assert {name: first_words.count(name) for name in names} == dict.fromkeys(names, 1)
