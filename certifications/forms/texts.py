"""Forms that take a whole rule document: typed as text, or as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.form_style import PlainForm
from certifications.rules.parsing import MOST_BYTES, DocumentError, Problem
from certifications.rules.raw import raw_of_text

MOST_SHOWN = 50


class RulesTextForm(PlainForm, forms.Form):
    """The rules as text. `raw` holds the values once the form is clean, `problems` what keeps it from being read."""

    text = forms.CharField(
        label="The rules as text", strip=False,
        widget=forms.Textarea({"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off", "wrap": "off"}),
        error_messages={"required": "The text is empty. To leave the rules as they are, go back without saving"},
    )  # fmt: skip
    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.raw: dict[str, Any] = {}
        self.problems: tuple[Problem, ...] = ()

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        try:
            self.raw = raw_of_text(text)
        except DocumentError as error:
            self.problems = tuple(error.problems)
            raise forms.ValidationError("This cannot be read as it stands. Nothing is saved yet") from None
        return text


class RulesFileForm(PlainForm, forms.Form):
    """A file of rules. `text` and `raw` hold what is in it once the form is clean."""

    file = forms.FileField(
        label="File of rules", widget=forms.FileInput({"accept": ".toml,text/plain"}),
        help_text="A TOML file as this page exports it, up to 500 KB.",
        error_messages={
            "required": "Choose a file", "empty": "The file is empty", "max_length": "Give the file a shorter name",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = ""
        self.raw: dict[str, Any] = {}
        self.problems: tuple[Problem, ...] = ()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("Choose a file of at most 500 KB")
        try:
            self.text = file.read().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise forms.ValidationError("This is not a text file in UTF-8") from None
        try:
            self.raw = raw_of_text(self.text)
        except DocumentError as error:
            self.problems = tuple(error.problems)
            raise forms.ValidationError("This file cannot be read") from None
        return file
