"""Add a file to an activity that is saved already."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_style import PlainForm
from accounts.models import User
from activities.evidence import SENTENCES

from .files import WithFiles


class EvidenceForm(PlainForm, WithFiles):
    """Here the file is the thing itself, so it is an error if there is none, or no good one."""

    def __init__(self, data: Any = None, files: Any = None, *, owner: User) -> None:
        self.files_of = owner
        super().__init__(data, files)

    def clean(self) -> dict[str, Any]:
        if not self.checked and not self.staged:
            said = SENTENCES[self.troubles[0]] if self.troubles else "Choose a photo or a PDF"
            self.add_error("file", forms.ValidationError(said, code="required"))
        return super().clean() or self.cleaned_data
