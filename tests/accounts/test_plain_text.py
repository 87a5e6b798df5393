"""One line of text as people mean it."""

import unicodedata

import pytest

from accounts.plain_text import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Panel class", "Panel class"),
        ("  Panel \t class \r\n two ", "Panel class two"),
        ("Pa\x00nel\x1b", "Panel"),
        ("\u202eclass\u202c", "class"),
        ("a\u2066b\u2069c", "abc"),
        ("\u200b\u200b", ""),
        ("\u200d", ""),
        ("  \u00a0 ", ""),
        ("\u0301", ""),
        ("", ""),
        ("<b>'\"&{{ 7 }}%s{0}", "<b>'\"&{{ 7 }}%s{0}"),
        ("\U0001f469\u200d\U0001f692", "\U0001f469\u200d\U0001f692"),
    ],
)
def test_what_is_left_of_a_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_two_ways_to_write_a_letter_are_one() -> None:
    assert one_line("Pru\u0308fung") == one_line("Prüfung") == unicodedata.normalize("NFC", "Prüfung")


def test_a_megabyte_is_quick() -> None:
    assert one_line("a\u202e" * 500_000) == "a" * 500_000
