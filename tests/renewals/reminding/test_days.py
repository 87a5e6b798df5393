"""Days as the reader of a mail writes them."""

import pytest

from renewals.reminding.days import in_words_of


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("en", "Ends 31 Mar 2027, since 1 Oct 2025."),
        ("en-us", "Ends Mar 31, 2027, since Oct 1, 2025."),
        ("es", "Ends 31 mar 2027, since 1 oct 2025."),
        ("fr", "Ends 31 mars 2027, since 1 oct. 2025."),
    ],
)
def test_every_day_of_a_text_is_written_anew(dates: str, said: str) -> None:
    assert in_words_of("Ends 31 Mar 2027, since 1 Oct 2025.", dates) == said


def test_what_is_no_day_stays() -> None:
    assert in_words_of("32 Mar 2027, 3 Marts 2027, May 2027", "fr") == "32 Mar 2027, 3 Marts 2027, May 2027"
