"""Questions that rules ask the holder, as fields; answers as the rules read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from accounts.fields import RadioCards
from certifications.rules.document import Fact

_YES_NO = (("yes", "Yes"), ("no", "No"), ("", "Not sure"))
_MOST_DIGITS = 6


class WholeNumberField(forms.CharField):
    """A whole number in ASCII digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-hours"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = super().to_python(value) or ""
        if text in self.empty_values:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            raise forms.ValidationError("Enter a whole number, like 3", code="number")
        return int(text)

    def run_validators(self, value: Any) -> None:
        """Nothing more to check: the text validators do not apply to a number."""


def field_name(fact: Fact) -> str:
    return f"fact-{fact.key}"


def fact_fields(facts: Iterable[Fact]) -> dict[str, forms.Field]:
    """A field for each question. None of them has to be answered: without an answer the rule does not apply."""
    return {field_name(fact): _field(fact) for fact in facts}


def _field(fact: Fact) -> forms.Field:
    words: dict[str, Any] = {"label": fact.ask, "help_text": fact.help, "required": False}
    if fact.answer != "number":
        words["error_messages"] = dict.fromkeys(("invalid_choice", "invalid_list"), "Choose one of the answers")
    if fact.answer == "number":
        return WholeNumberField(**words)
    if fact.answer == "topics":
        return forms.MultipleChoiceField(
            choices=[(choice, choice) for choice in fact.choices], widget=forms.CheckboxSelectMultiple, **words
        )
    if fact.answer == "choice":
        choices = [*((choice, choice) for choice in fact.choices), ("", "Not sure")]
        return forms.ChoiceField(choices=choices, widget=RadioCards(layout="single"), **words)
    return forms.ChoiceField(choices=_YES_NO, widget=RadioCards(layout="narrow"), **words)


def answers(facts: Iterable[Fact], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by key of the fact; questions without an answer are left out."""
    found = {}
    for fact in facts:
        value = cleaned.get(field_name(fact))
        if fact.answer == "yes-no" and value:
            found[fact.key] = value == "yes"
        elif value not in (None, "", []):
            found[fact.key] = value
    return found


_YES_NO_SHOWN: dict[Any, str] = {True: "yes", False: "no"}


def shown(facts: Iterable[Fact], known: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows for answers that are known."""
    values = {}
    for fact in facts:
        value = known.get(fact.key)
        if fact.answer == "yes-no":
            values[field_name(fact)] = _YES_NO_SHOWN.get(value, "")
        else:
            values[field_name(fact)] = "" if value is None else value
    return values


def answered(facts: Iterable[Fact], known: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each question with its answer in words; "Not answered yet" where there is none."""
    return [(fact.ask, _in_words(known.get(fact.key))) for fact in facts]


def _in_words(value: Any) -> str:
    if value is None:
        return "Not answered yet"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
