"""Forms about an employer, its members, teams and sites, and what people share with it."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_style import PlainForm
from accounts.models import Employer, Membership, Site, Team
from accounts.settings_forms import time_zones
from accounts.text_fields import NameField

_WEEKDAYS = [("", "No weekly email"), *enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))]
MOST_ADDRESSES = 200
_ROLES = [
    (Membership.Role.TECHNICIAN, "Technician: keeps a record of their own"),
    (Membership.Role.COORDINATOR, "Coordinator: sees the team, logs classes, confirms"),
    (Membership.Role.OWNER, "Owner: also manages members and settings"),
]
SHARES = [
    (Membership.Shares.NOTHING, "Nothing"),
    (Membership.Shares.STANDING, "Standing: the word and the end date, no points"),
    (Membership.Shares.ACTIVITIES, "Standing, points and activities"),
    (Membership.Shares.EVIDENCE, "Standing, points, activities and evidence files"),
]


def _name_field(what: str, most: int) -> NameField:
    told = {"required": "Enter the name", "max_length": f"{what} must be {most} characters or fewer"}
    return NameField(label=what, max_length=most, error_messages=told)


class FoundForm(PlainForm, forms.Form):
    """A new employer."""

    name = _name_field("Name of the company or agency", 160)


class EmployerForm(PlainForm, forms.Form):
    """An employer's own settings."""

    name = _name_field("Name of the company or agency", 160)
    time_zone = forms.ChoiceField(label="Time zone", choices=time_zones)
    digest_weekday = forms.TypedChoiceField(
        label="Weekly email to coordinators and owners", choices=_WEEKDAYS, coerce=int, empty_value=None, required=False
    )

    mark_optional = False

    @classmethod
    def of(cls, employer: Employer, data: Any = None) -> EmployerForm:
        day = employer.digest_weekday
        initial = {
            "name": employer.name,
            "time_zone": employer.time_zone,
            "digest_weekday": "" if day is None else day,
        }
        return cls(data, initial=initial)


class PlaceForm(PlainForm, forms.Form):
    """The name of a team or a site."""

    name = _name_field("Name", 120)


class AddPlaceForm(PlaceForm):
    """A new team or site."""

    kind = forms.ChoiceField(label="What", choices=[("team", "Team"), ("site", "Site")], widget=forms.RadioSelect)
    field_order = ["kind", "name"]


class _Place(forms.ModelChoiceField):
    def __init__(self, what: str, kind: type[Team] | type[Site]) -> None:
        super().__init__(
            kind.objects.none(),
            label=what,
            required=False,
            empty_label=f"No {what.lower()}",
            error_messages={"invalid_choice": f"Choose a {what.lower()} of the list"},
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class RoleForm(PlainForm, forms.Form):
    """Role, team and site of a member, among those of their employer."""

    role = forms.ChoiceField(label="Role", choices=_ROLES, widget=forms.RadioSelect)
    team = _Place("Team", Team)
    site = _Place("Site", Site)

    def __init__(self, data: Any = None, *, employer: Employer, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["role"].widget.layout = "single"
        for name, kind in (("team", Team), ("site", Site)):
            self.fields[name].queryset = kind.objects.filter(employer=employer)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, membership: Membership, data: Any = None) -> RoleForm:
        initial = {"role": membership.role, "team": membership.team_id, "site": membership.site_id}
        return cls(data, employer=membership.employer, initial=initial)


class InviteForm(RoleForm):
    """Pasted addresses, and what these people become."""

    pasted = forms.CharField(
        label="Email addresses",
        max_length=20_000,
        widget=forms.Textarea({"rows": 5, "autocapitalize": "none", "spellcheck": "false"}),
        help_text="One or many. Put each on a line of its own, or commas between them.",
        error_messages={
            "required": "Enter one or more email addresses",
            "max_length": f"Enter at most {MOST_ADDRESSES} addresses at a time",
        },
    )
    field_order = ["pasted", "role", "team", "site"]

    def __init__(self, data: Any = None, *, employer: Employer, **kwargs: Any) -> None:
        super().__init__(data, employer=employer, **{"initial": {"role": Membership.Role.TECHNICIAN}, **kwargs})


class SharesForm(PlainForm, forms.Form):
    """What an employer sees of a person's record."""

    shares = forms.ChoiceField(choices=SHARES, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, employer: Employer, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["shares"].label = f"What {employer.name} sees"
        self.fields["shares"].error_messages["required"] = f"Choose what {employer.name} sees"
        self.fields["shares"].widget.layout = "single"
