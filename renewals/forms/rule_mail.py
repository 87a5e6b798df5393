"""What those whom a change of rules affects read first."""

from __future__ import annotations

from django import forms

from accounts.text_fields import NoteField
from certifications.models.versions import MOST_EXPLAINED

from ..impact.explanation import objections
from ..impact.publication import Readiness


class ReadForm(forms.Form):
    """Which state of the draft the page showed."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class RuleMailForm(ReadForm):
    """The words of a mail about new rules."""

    text = NoteField(
        label="What you say about the change",
        help_text=f"Plain text, at most {MOST_EXPLAINED:,} characters. An empty line begins a new paragraph.",
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Write a text, or put the default text back"},
    )

    @classmethod
    def of(cls, ready: Readiness) -> RuleMailForm:
        """As the draft has them."""
        return cls(initial={"text": ready.explanation, "lock_version": ready.draft.lock_version})

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if problems := objections(text):
            raise forms.ValidationError(problems)
        return text
