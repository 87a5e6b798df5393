"""Columns are recognised by their headings, each meaning once."""

import pytest

from renewals.importing.columns import MEANINGS, TEMPLATE, recognised


def test_the_template_is_recognised() -> None:
    assert recognised(TEMPLATE) == list(MEANINGS)


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [("E-Mail", "email"), ("EMAIL ADDRESS", "email"), ("Full name", "name"), ("Crew", "team"),
     ("Cert #", "certification"), ("Cert. No.", "number"),
     ("Valid until", "expiry"), ("Expiration date", "expiry"), ("Notes", ""), ("", "")],
)  # fmt: skip
def test_what_headings_mean(heading: str, meaning: str) -> None:
    assert recognised([heading]) == [meaning]


def test_a_meaning_is_given_once() -> None:
    assert recognised(["Email", "Mail", "Name"]) == ["email", "", "name"]
