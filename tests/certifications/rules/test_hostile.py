"""Documents that mean harm: refused with a named error, in under a second of work, never a crash."""

from __future__ import annotations

import random
import re
from time import process_time
from typing import Any

import pytest

from certifications.rules.examples import run_examples
from certifications.rules.parsing import DocumentError, parse, parse_text
from certifications.rules.words import FORMATS, KINDS, ROLES
from tests.certifications.rules.generating import HEAD
from tests.certifications.rules.test_parsing import TEXT


def refusal(text: str) -> str:
    begun = process_time()
    with pytest.raises(DocumentError) as error:
        parse_text(text)
    assert process_time() - begun < 1
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#" * 10_000_000, "larger than 500,000 bytes"),
        ("a = " + "[" * 400_000, "nested too deeply"),
        ("a = " + "[" * 200_000 + "]" * 200_000, "nested too deeply"),
        ("a = " + "{a=" * 100_000, "nested too deeply"),
        ("[a.b.c.d.e.f]\n" * 20_000, "more than 6,000 tables"),
        ("a" + ".a" * 100_000 + " = 1", "nested too deeply"),
        ('"a"' + '."a"' * 100_000 + " = 1", "nested too deeply"),
        ("[a" + ". a" * 100_000 + "]", "nested too deeply"),
        ("[[kinds" + " a" * 200_000, "line 1: "),
        ("a = " + "9" * 400_000, "limit"),
        ("= = =", "line 1: "),
        ("\x00", "line 1: "),
        ("", "rules: is missing"),
    ],
)
def test_texts_that_are_too_much(text: str, words: str) -> None:
    assert words in refusal(text)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("points = 12.5", "points = 1e999999999", "need.points: must be a number"),
        ("points = 12.5", "points = 1e-999999999", "need.points: must be a number"),
        ("points = 12.5", "points = nan", "need.points: must be a number"),
        ("points = 12.5", "points = inf", "need.points: must be a number"),
        ("points = 12.5", "points = " + "9" * 4_000, "need.points: must be a number"),
        ("points = 12.5", "points = 0x" + "f" * 300_000, "need.points: must be a number"),
        ("points = 12.5", "points = true", "need.points: must be a number"),
        ("points = 12.5", "points = []", "need.points: must be a number"),
        ("months = 24", "months = 999999999", "period.months: must be at most 600"),
        ("months = 24", "months = -1", "period.months"),
        ("months = 24", "months = 24.0", "period.months"),
        ('category = "a"', 'category = "a"\nevery = "1/0"', "kinds.0.every: must not divide by zero"),
        ('category = "a"', 'category = "a"\nevery = 1e999999', "kinds.0.every: must be a number"),
        ('category = "a"', 'category = "a"\nminimum = "1e9"', "kinds.0.minimum: must be a number"),
        ("step = 0.25", "step = 0", "kinds.0.rounding: step must be"),
        ("step = 0.25", "step = 0.0001", "kinds.0.rounding: step must be"),
        ("as_of = 2025-12-31", "as_of = 9999-12-31", "examples.0.as_of: must be at most 2199-12-31"),
        ("as_of = 2025-12-31", "as_of = 0001-01-01", "examples.0.as_of: must be at least 1900-01-01"),
        ("as_of = 2025-12-31", "as_of = 2025-12-31T10:00:00", "examples.0.as_of"),
        (
            "as_of = 2025-12-31",
            "as_of = 2025-12-31\nfacts = { a = { b = 1 } }",
            "examples.0.facts.a: must be true or false",
        ),
        (
            "as_of = 2025-12-31",
            "as_of = 2025-12-31\nfacts = { a = [[1]] }",
            "examples.0.facts.a: must be true or false",
        ),
        ('version = "1"', "version = 1", "rules.version: must be a text in quotes"),
        ('version = "1"', 'version = ""', "rules.version"),
        ('name = "Guild"', 'name = "Gu\u202eild"', "rules.name: has the character U+202E, which cannot be shown"),
        ('name = "Guild"', 'name = "\u200b "', "rules.name: has nothing in it that can be seen"),
        ('name = "Guild"', 'name = "' + "x" * 200 + '"', "rules.name: must have at most 160 characters"),
        ('key = "guild"', 'key = "Guild Rules"', "rules.key: must be small letters, digits and hyphens"),
        ('kind = "class"', 'kind = ["class", 3]', "kinds.0.kind.1: must be a text in quotes"),
        ("format = 1", "format = 2", "format: must be 1"),
        ("format = 1", "format = 1\nnonsense = 1", "nonsense: is not a known key"),
    ],
)
def test_values_that_are_wrong(old: str, new: str, words: str) -> None:
    assert old in TEXT
    assert words in refusal(TEXT.replace(old, new, 1))


def test_everything_is_named_at_once_also_what_cannot_be_seen() -> None:
    both = TEXT.replace('name = "Guild"', 'name = "\u202e"').replace("months = 24", "months = 0")
    assert {"rules.name", "period.months"} <= set(re.findall(r"line \d+: ([a-z.]+):", refusal(both)))


def test_tens_of_thousands_of_slips() -> None:
    slips = refusal("".join(f"k{number} = 1\n" for number in range(40_000)) + TEXT)
    assert "k0: is not a known key" in slips


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("", "3", "must be true or false"),
        ('answer = "number"', "true", "must be a whole number"),
        ('answer = "choice"\nchoices = ["x", "y"]', '"z"', "must be one of x, y"),
        ('answer = "topics"\nchoices = ["x", "y"]', "5", "must be a list of some of x, y"),
        ('answer = "topics"\nchoices = ["x", "y"]', '["x", "z"]', "must be a list of some of x, y"),
    ],
)
def test_answers_to_other_questions(question: str, answer: str, words: str) -> None:
    asked = f'[[facts]]\nkey = "known"\nask = "Known?"\n{question}\n\n[[kinds]]'
    facts = f"as_of = 2025-12-31\nfacts = {{ known = {answer} }}"
    text = TEXT.replace("[[kinds]]", asked, 1).replace("as_of = 2025-12-31", facts, 1)
    assert f"examples.0.facts.known: {words}" in refusal(text)


def test_a_thousand_categories() -> None:
    many = "".join(f'\n[[categories]]\nkey = "c{number}"\nname = "C"\n' for number in range(1000))
    assert "categories: " in refusal(TEXT.replace("[[kinds]]", f"{many}\n[[kinds]]"))


def test_a_long_circle_of_categories() -> None:
    circle = "".join(
        f'\n[[categories]]\nkey = "c{number}"\nname = "C"\nparent = "c{(number + 1) % 150}"\n' for number in range(150)
    )
    assert "is its own ancestor" in refusal(TEXT.replace("[[kinds]]", f"{circle}\n[[kinds]]"))


def test_an_exception_of_an_exception() -> None:
    nested: dict[str, Any] = {"kind": "class"}
    for _ in range(2_000):
        nested = {"except": nested}
    with pytest.raises(DocumentError):
        parse(
            {
                "format": 1,
                "rules": HEAD,
                "period": {"months": 12},
                "caps": [{"key": "c", "name": "C", "points": 1, "select": nested}],
            }
        )


def test_windows_over_thousands_of_days() -> None:
    caps = "".join(
        f'\n[[caps]]\nkey = "c{number}"\nname = "C"\npoints = 1\nwindow = "rolling-{number + 1}-months"\n'
        for number in range(150)
    )
    assert "caps: 150 rules look at days, activities or rolling months" in refusal(
        TEXT.replace("[[kinds]]", f"{caps}\n[[kinds]]")
    )


def test_examples_without_end() -> None:
    activity = '{ on = 2024-02-02, kind = "class" },'
    examples = "".join(
        f'\n[[examples]]\nsay = "E{number}"\nstarts = 2024-01-01\nends = 2025-12-31\nas_of = 2025-12-31\n'
        f"activities = [{activity * 390}]\n[examples.expect]\n"
        for number in range(20)
    )
    assert "at most 6,000 may stand in one document" in refusal(TEXT + examples)


def test_caps_that_cross_in_every_way_there_is() -> None:
    """Well-formed, senseless, and heavy: two hundred random caps over four hundred activities of all sorts."""
    rng = random.Random(7)
    values: dict[str, Any] = {
        "format": 1,
        "rules": HEAD,
        "period": {"months": 36},
        "need": {"points": 1},
        "categories": [{"key": f"c{number}", "name": "C"} for number in range(200)],
        "kinds": [
            {
                "key": word,
                "name": word,
                "kind": word,
                "points": 1,
                "category": rng.sample([f"c{n}" for n in range(200)], 20),
            }
            for word in KINDS
        ],
        "caps": [
            {
                "key": f"k{number}",
                "name": "K",
                "points": rng.randint(1, 60),
                "select": {
                    "kind": rng.sample(list(KINDS), 9),
                    "topic": rng.sample([f"t{n}" for n in range(12)], 6),
                    "category": rng.sample([f"c{n}" for n in range(200)], 50),
                },
            }
            for number in range(200)
        ],
        "examples": [
            {
                "say": "Everything",
                "starts": "2024-01-01",
                "ends": "2026-12-31",
                "as_of": "2026-12-31",
                "activities": [
                    {
                        "on": f"202{rng.randint(4, 6)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}",
                        "kind": rng.choice(list(KINDS)),
                        "amount": rng.randint(1, 20),
                        "topics": rng.sample([f"t{n}" for n in range(12)], 5),
                        "format": rng.choice(list(FORMATS)),
                        "role": rng.choice(list(ROLES)),
                    }
                    for _ in range(400)
                ],
                "expect": {},
            }
        ],
    }
    begun = process_time()
    document = parse(values)
    with pytest.raises(ValueError, match="cross in too many ways"):
        run_examples(document)
    assert process_time() - begun < 1
