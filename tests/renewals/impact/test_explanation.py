"""What may be said to everybody whom a change of rules affects."""

import pytest

from renewals.impact.explanation import objections, paragraphs


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 1001, "Use at most 1,000 characters: these are 1,001."),
        ("Hello {name}, read this.", 'Take out "{name}": each reader\'s own numbers are added below your text.'),
        ("You have [total points] now.", 'Take out "[total points]"'),
        ("<b>New</b> rules.", 'Take out "<b>": this is plain text'),
        ('<a href="x">Here</a>', "Take out"),
        ("<!-- no -->", "Take out"),
        ("See https://example.org/new.", 'Take out "https://example.org/new."'),
        ("See www.example.org today.", 'Take out "www.example.org"'),
        ("Read \u202eesrever.", "Type this text anew"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_what_to_do(text: str, said: str) -> None:
    assert any(said in one for one in objections(text))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1000,
        "Caps < 40 & minimums > 10 stay.",
        "Ask <us> or help@example.org (1-800) [sic].",
        "50% of {",
        "ñ 漢 ☃",
    ],
)
def test_plain_words_are_taken(text: str) -> None:
    assert objections(text) == []


def test_an_empty_line_begins_a_paragraph() -> None:
    assert paragraphs("One\n two \n\n \n\nThree\n") == ["One\ntwo", "Three"]
    assert paragraphs("") == []
