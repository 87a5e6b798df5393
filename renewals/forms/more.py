"""What a log form asks under "More": nothing of it is needed to save."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from accounts.fields import RadioCards
from accounts.form_style import PlainForm
from accounts.text_fields import LineField, LinkField, NoteField
from activities.models import Activity
from certifications.rules.words import FORMATS, REACHES, ROLES
from renewals.desk import Desk

from .files import WithFiles
from .nonce import nonce_of

NOTHING = ("", "Not said")
# What a field below "More" holds when nobody touched it.
_UNTOLD: tuple[Any, ...] = ("", None, [], "hour")
LEVELS = (("", "Not said"), ("yes", "Yes"), ("no", "No"))


class Ticks(forms.CheckboxSelectMultiple):
    """Tick boxes, one below the other."""

    layout = "single"


class MoreFields(PlainForm, WithFiles):
    """The facts that may wait, and for which certifications an activity is meant."""

    mark_optional = False  # everything below "More" is; the form says so once

    nonce = LineField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(required=False, label="Your role", choices=[NOTHING, *ROLES.items()])
    reach = forms.ChoiceField(required=False, label="Reach", choices=[NOTHING, *REACHES.items()])
    format = forms.ChoiceField(required=False, label="Format", choices=[NOTHING, *FORMATS.items()])
    provider = LineField(required=False, label="Provider", max_length=160)
    course = LineField(required=False, label="Course code", max_length=120)
    link = LinkField(required=False, label="Link")
    note = NoteField(required=False, label="Notes", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    certs = forms.MultipleChoiceField(required=False, label="For which certifications?", widget=Ticks)

    desk: Desk

    def __init__(self, *args: Any, desk: Desk, correcting: bool = False, **kwargs: Any) -> None:
        self.desk, self.files_of, self.correcting = desk, desk.user, correcting
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = field.label or name
            messages = field.error_messages
            if isinstance(field, forms.ChoiceField):
                messages["invalid_choice"] = f"{label}: choose one of the options".replace("?:", ":")
                messages["invalid_list"] = messages["invalid_choice"]
        self._offer_certifications()

    def _offer_certifications(self) -> None:
        field = self.fields["certs"]
        if not self.desk.held:
            del self.fields["certs"]
            return
        field.choices = [(str(held.pk), str(held)) for held in self.desk.held]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = "Choose from your own certifications"
        field.initial = [str(held.pk) for held in self.desk.held]

    @property
    def chosen(self) -> int:
        """How many certifications are ticked, for the line that stands for the whole list."""
        value = self["certs"].value() if "certs" in self.fields else []
        return len(value or [])

    @property
    def not_for(self) -> frozenset[int]:
        """Ids of the certifications that were not ticked."""
        ticked = set(self.cleaned_data.get("certs") or [])
        return frozenset(held.pk for held in self.desk.held if str(held.pk) not in ticked)

    @property
    def form_nonce(self) -> UUID:
        """What tells this form from the next one."""
        return nonce_of(self.cleaned_data.get("nonce"))

    @property
    def more_is_open(self) -> bool:
        """Whether something below "More" is wrong or was filled in by the person, so that it must be seen."""
        if not (self.is_bound or self.correcting):
            return False
        below = [field for field in self if field.name in self.below and field.name != "certs"]
        told = any(field.errors or field.value() not in _UNTOLD for field in below)
        return told or self.chosen < len(self.desk.held)

    below: tuple[str, ...] = ("role", "reach", "format", "provider", "course", "link", "note", "certs")


def initial_of(activity: Activity, desk: Desk) -> dict[str, Any]:
    """What stands in the fields of MoreFields for an activity that is being corrected."""
    apart = set(activity.claims.filter(relevant=False).values_list("held_id", flat=True))
    names = ("role", "reach", "format", "provider", "course", "link", "note")
    return {
        **{name: getattr(activity, name) for name in names},
        "certs": [str(held.pk) for held in desk.held if held.pk not in apart],
    }


class AboveLevel(forms.ChoiceField):
    """Asked only where rules ask: was the training above the level that is held?"""

    widget = RadioCards(layout="narrow")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label="Was it training above your level?", choices=LEVELS, **kwargs)
