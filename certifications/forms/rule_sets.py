"""The form that begins a rule set."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from accounts.form_style import PlainForm
from certifications.models import Body, RuleSetVersion
from certifications.shelf import SAMPLE, raw_of

NOTHING, USUAL = "nothing", "sample"


class NewRuleSetForm(PlainForm, forms.Form):
    """For which body, called what, and begun from what."""

    body = forms.ModelChoiceField(
        label="Certifying body", queryset=Body.objects.order_by("name"), empty_label="Choose",
        error_messages={"required": "Choose the certifying body", "invalid_choice": "Choose the certifying body"},
    )  # fmt: skip
    name = forms.CharField(
        label="Name", max_length=160, help_text="As people read it, such as Fire Alarm Systems.",
        error_messages={"required": "Enter a name"},
    )  # fmt: skip
    begin = forms.ChoiceField(
        label="Begin with",
        error_messages={"required": "Choose what to begin with", "invalid_choice": "Choose what to begin with"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = RuleSetVersion.objects.live().of_bodies().defer("canonical").select_related("rule_set")
        others = [(str(one.pk), f"A copy of {one}") for one in live.order_by("rule_set__name", "-number")]
        begin = cast(forms.ChoiceField, self.fields["begin"])
        begin.choices = [(NOTHING, "Nothing"), (USUAL, "A sample: 30 points in three years"), *others]

    def sample(self) -> dict[str, Any] | None:
        """The values to begin with; None for nothing."""
        begin = self.cleaned_data["begin"]
        if begin in (NOTHING, USUAL):
            return SAMPLE if begin == USUAL else None
        return raw_of(RuleSetVersion.objects.live().of_bodies().get(pk=begin))
