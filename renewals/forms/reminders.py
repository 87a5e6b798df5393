"""Forms about reminders: a person's own, an employer's, the site's."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.fields import RadioCards
from accounts.form_style import PlainForm

from ..models import ReminderSettings
from ..reminding.wishes import Wishes

DAYS = (150, 120, 90, 60, 45, 30, 21, 14, 7, 3, 1)
_HOURS = [(hour, f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}") for hour in range(24)]
_WRONG = {"invalid_choice": "Choose from the list"}


def _hour(label: str, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=_HOURS, coerce=int, help_text=help_text, error_messages=_WRONG,
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip


class ScheduleForm(PlainForm, forms.Form):
    """What a person, an employer and the site can all choose."""

    mark_optional = False

    days_before = forms.TypedMultipleChoiceField(
        label="Days before the end", coerce=int, required=False, error_messages=_WRONG,
        choices=[(days, f"{days} days" if days > 1 else "1 day") for days in DAYS],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    quiet_from = _hour("No emails from")
    quiet_until = _hour("Until", "The same hour twice: emails may come at any time")
    dates = forms.ChoiceField(
        label="How dates are written", choices=ReminderSettings.Dates.choices, error_messages=_WRONG
    )

    def __init__(self, data: Any = None, *, wishes: Wishes) -> None:
        known = {name: getattr(wishes, name) for name in self.base_fields if hasattr(wishes, name)}
        super().__init__(data, initial=known)
        chosen = self.fields["days_before"]
        extra = [days for days in wishes.days_before if days not in DAYS]
        if extra and isinstance(chosen, forms.TypedMultipleChoiceField):
            # Somebody else's way of choosing days is kept, so that saving the page changes nothing else.
            days = sorted({*DAYS, *extra}, reverse=True)
            chosen.choices = [(one, f"{one} days" if one > 1 else "1 day") for one in days]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("action") == ReminderSettings.Action.SET_TIMES and not found.get("days_before"):
            self.add_error("days_before", "Choose one or more days, or choose never above")
        return found


def _radio(label: str, choices: Any, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=RadioCards(layout="narrow"), help_text=help_text, error_messages=_WRONG
    )


class PaceForm(ScheduleForm):
    """How often in each standing; a person's own, or what holds for everybody who chose nothing."""

    action = _radio("When something needs action", ReminderSettings.Action.choices)
    on_track = _radio("Summary while on track", ReminderSettings.OnTrack.choices)
    at_risk = _radio("While at risk", ReminderSettings.AtRisk.choices)
    field_order = ["by_mail", "action", "days_before", "at_risk", "on_track", "quiet_from", "quiet_until", "dates"]


class ReminderForm(PaceForm):
    """A person's own reminders."""

    by_mail = forms.TypedChoiceField(
        label="Where we tell you", coerce=lambda value: value == "True", error_messages=_WRONG,
        choices=[("True", "By email and on your home page"), ("False", "On your home page only")],
        widget=RadioCards(layout="single"),
    )  # fmt: skip
    tells_employer = forms.BooleanField(
        label="Also tell my employer at once when I am Due or Lapsed", required=False,
        help_text="Only an employer that sees your standing. Its weekly summary goes by what you share.",
    )  # fmt: skip
    team_digest = forms.BooleanField(label="Weekly summary of the team", required=False)
    team_notices = forms.BooleanField(label="An email when somebody of the team is close to the end", required=False)

    def __init__(self, data: Any = None, *, wishes: Wishes, works: bool, oversees: bool) -> None:
        super().__init__(data, wishes=wishes)
        if not works:
            del self.fields["tells_employer"]
        if not oversees:
            del self.fields["team_digest"], self.fields["team_notices"]


class TeamReminderForm(ScheduleForm):
    """When those who oversee a team hear of its people on the day itself."""

    action = _radio("When somebody is about to lapse", ReminderSettings.Action.choices)
    field_order = ["action", "days_before", "quiet_from", "quiet_until", "dates"]
