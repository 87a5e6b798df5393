"""The form of the settings page."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

from accounts.form_style import PlainForm
from accounts.models import User
from accounts.text_fields import NameField

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones people live in, by region, each with its name as read."""
    zones = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in REGIONS)
    grouped = {region: [(zone, _city(zone)) for zone in zones if zone.startswith(f"{region}/")] for region in REGIONS}
    return [*grouped.items(), ("Other", [("UTC", "UTC")])]


def _city(zone: str) -> str:
    """`America/Argentina/Buenos_Aires` as "Buenos Aires, Argentina"."""
    parts = zone.replace("_", " ").split("/")[1:]
    return ", ".join(reversed(parts))


class SettingsForm(PlainForm, forms.Form):
    """Name, time zone, theme."""

    name = NameField(
        max_length=120,
        label="Name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name", "max_length": "Name must be 120 characters or fewer"},
    )
    time_zone = forms.ChoiceField(label="Time zone", choices=time_zones, help_text="It decides which day today is")
    theme = forms.ChoiceField(label="Theme", choices=User.Theme.choices, widget=forms.RadioSelect)

    @classmethod
    def of(cls, user: User, data: Any = None) -> SettingsForm:
        """The form filled with what a person has set. A zone no longer in the list stays to be chosen anew."""
        return cls(data, initial={"name": user.name, "time_zone": user.time_zone, "theme": user.theme})
