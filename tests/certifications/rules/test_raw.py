from decimal import Decimal

import pytest

from certifications.rules.parsing import DocumentError
from certifications.rules.raw import as_raw, raw_of_text, unfit_character, without_nothing


def test_values_keep_what_they_are_exactly() -> None:
    assert raw_of_text("a = 0.250\nb = 2026-02-28\nc = [1, true]\nd = '1/3'\n") == {
        "a": "0.250",
        "b": "2026-02-28",
        "c": [1, True],
        "d": "1/3",
    }
    assert as_raw({"a": 0.5, "b": None, "c": [None, Decimal("1.10")]}) == {"a": "0.5", "c": ["1.10"]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[a]\nb = "x\\u0000"', "line 2: a.b: has the character U+0000"),
        ('[[a]]\n[[a]]\nb = "x\\u202Ey"', "line 3: a.1.b: has the character U+202E"),
        ('"a\\u0007" = 1', "a key has a character that cannot be shown"),
        ("a = " + "[" * 20 + "]" * 20, "nested too deeply"),
        ("a = 1\nb = = 2", "line 2: "),
        ("a = 1\nb = [0x" + "f" * 9000 + "]", "b.0: is a number with more digits than any rule has use for"),
    ],
)
def test_what_no_draft_may_hold_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(DocumentError) as error:
        raw_of_text(text)
    assert words in str(error.value)


def test_line_breaks_and_words_of_any_language_may_stay() -> None:
    assert unfit_character("Prüfung\n\t技術者 \u200d") == ""


def test_empty_parts_say_nothing() -> None:
    assert without_nothing({"a": {"b": []}, "c": "", "d": 0, "e": [{"f": {}}], "g": False}) == {
        "d": 0, "e": [{}], "g": False,
    }  # fmt: skip
