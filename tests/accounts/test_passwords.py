"""How long a password may be."""

import pytest
from django.core.exceptions import ValidationError

from accounts.passwords import LengthValidator


@pytest.mark.parametrize("password", ["a" * 9, "", "é" * 9])
def test_a_short_one_is_refused_in_the_words_of_the_page(password: str) -> None:
    with pytest.raises(ValidationError, match="Password must be 10 characters or more"):
        LengthValidator().validate(password)


def test_an_endless_one_is_refused() -> None:
    with pytest.raises(ValidationError, match="1024 characters or fewer"):
        LengthValidator().validate("a" * 1025)


@pytest.mark.parametrize("password", ["a" * 10, " leading and trailing ", "🔥" * 10, "a" * 1024])
def test_everything_between_is_taken_as_typed(password: str) -> None:
    LengthValidator().validate(password)
