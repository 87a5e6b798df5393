"""Files beside a form: they never stop it from being saved, and none is lost when the form comes back."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from activities.evidence import BadEvidence, Checked, Trouble, examine
from activities.models import Evidence

_PICKED = ("photo", "file")
_MOST_STAGED = 10


class Upload(forms.FileField):
    """A file that is looked at later: nothing about it is an error of the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, **kwargs)


class WithFiles(forms.Form):
    """Two ways to add a photo or a PDF, and the files kept from an earlier try."""

    photo = Upload(
        label="Take photo",
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment", "data-shrink": True}),
    )
    file = Upload(
        label="Choose file",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf",
                              "data-shrink": True}),
    )  # fmt: skip

    files_of: User
    _looked: tuple[list[Checked], list[Trouble]] | None = None

    @property
    def checked(self) -> list[Checked]:
        """The files sent just now that are good."""
        return self._look()[0]

    @property
    def troubles(self) -> list[Trouble]:
        """What is wrong with the others."""
        return self._look()[1]

    def _look(self) -> tuple[list[Checked], list[Trouble]]:
        if self._looked is None:
            good: list[Checked] = []
            bad: list[Trouble] = []
            for name in _PICKED:
                sent = self.files.get(self.add_prefix(name))
                if sent is None or sent.file is None:
                    continue
                try:
                    good.append(examine(sent.file, name=sent.name or "", size=sent.size or 0))
                except BadEvidence as error:
                    bad.append(error.trouble)
            self._looked = good, bad
        return self._looked

    @property
    def staged(self) -> list[Evidence]:
        """Files of this person kept by an earlier try of this form."""
        sent = self.data.getlist("staged") if hasattr(self.data, "getlist") else []
        ids = [int(one) for one in sent[:_MOST_STAGED] if one.isascii() and one.isdigit() and len(one) < 19]
        waiting = Evidence.objects.of(self.files_of).filter(pk__in=ids, state=Evidence.State.STAGED)
        return list(waiting.order_by("pk")) if ids else []
