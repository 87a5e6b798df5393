"""What an employer asks for beside the certifying body: a short form or a rule document; and adjustments."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from accounts.fields import RadioCards
from accounts.form_style import PlainForm
from accounts.models import Employer
from accounts.plain_text import one_line
from accounts.text_fields import DayField, LineField, NoteField
from certifications.models import Adjustment, Certification, Level
from certifications.rules.document import Document
from certifications.rules.in_house import Wish, made_from
from certifications.rules.parsing import MOST_BYTES, DocumentError, parse_text
from certifications.rules.points import show
from certifications.rules.words import GROUP_LABELS, Group

from ..access import visible_held

_POINTS = re.compile(r"[0-9]{1,5}([.,][0-9]{1,2})?")
_LEAST_IN = [("", "None"), *((group.value, label) for group, label in GROUP_LABELS.items())]
_PROBLEMS_SHOWN = 20


class PointsField(LineField):
    """Points as a plain number with at most two decimals; hundredths when clean."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-hours"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return 0
        if not _POINTS.fullmatch(text):
            raise forms.ValidationError(f"{self.label}: enter a number, like 12 or 7.5")
        whole, _, part = text.replace(",", ".").partition(".")
        return int(whole) * 100 + int(part.ljust(2, "0") or 0)


class MonthsField(LineField):
    """Whole months."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-hours"})

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return 0
        if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= self.most:
            raise forms.ValidationError(f"Enter whole months from 1 to {self.most}")
        return int(text)


class RequirementForm(PlainForm, forms.Form):
    """A rule document from a few answers, or an uploaded one."""

    name = LineField(label="Name", max_length=160, required=False)
    points = PointsField(label="Points needed", required=False, help_text="An hour is a point.")
    months = MonthsField(label="In how many months", required=False, most=120)
    least_in = forms.ChoiceField(label="Of these, at least some from", choices=_LEAST_IN, required=False)
    least_points = PointsField(label="At least so many points of it", required=False)
    field_time = PointsField(label="Points for a month of field time", required=False)
    document = forms.FileField(
        label="Or upload a rule document (TOML)", required=False, allow_empty_file=True,
        help_text="It replaces everything above.",
    )  # fmt: skip

    mark_optional = False

    def __init__(self, *args: Any, version: int, day: date, **kwargs: Any) -> None:
        self.version, self.day = version, day
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("document"):
            data["rules"] = self._uploaded(data["document"])
        else:
            self._answered(data)
        return data

    @property
    def rules(self) -> Document:
        """The rule document, when the form holds."""
        found: Document = self.cleaned_data["rules"]
        return found

    def _uploaded(self, file: Any) -> Document | None:
        if file.size > MOST_BYTES:
            self.add_error("document", f"The file is larger than {MOST_BYTES:,} bytes")
            return None
        try:
            document = parse_text(file.read().decode())
        except UnicodeDecodeError:
            self.add_error("document", "The file is not a text in UTF-8")
        except DocumentError as error:
            for problem in error.problems[:_PROBLEMS_SHOWN]:
                self.add_error("document", str(problem))
        else:
            if document.period.months:
                return document
            self.add_error("document", "period.months: how many months the points are for is missing")
        return None

    def _answered(self, data: dict[str, Any]) -> None:
        for name, words in (
            ("name", "Enter a name"),
            ("points", "Enter the points needed"),
            ("months", "Enter in how many months"),
        ):
            if not data.get(name) and not self.has_error(name):
                self.add_error(name, words)
        least, group = data.get("least_points", 0), data.get("least_in", "")
        if least and not group:
            self.add_error("least_in", "Choose what these points are from")
        elif group and not least and not self.has_error("least_points"):
            self.add_error("least_points", "Enter how many points at least")
        elif least and least > data.get("points", 0) and not self.has_error("points"):
            self.add_error("least_points", "This is more than the points needed")
        elif group == Group.FIELD_TIME and not data.get("field_time"):
            self.add_error("field_time", "Enter what a month of field time is worth")
        if self.errors:
            return
        names = ("name", "points", "months", "least_in", "least_points", "field_time")
        try:
            data["rules"] = made_from(Wish(**{name: data[name] for name in names}), version=self.version, day=self.day)
        except DocumentError as error:
            for problem in error.problems:
                self.add_error(None, str(problem))


class NewRequirement(RequirementForm):
    """The same for a certification that the employer's people hold, from a day on."""

    certification = forms.ChoiceField(
        label="Certification", error_messages={"invalid_choice": "Certification: choose from the list"}
    )
    since = DayField(label="From", what="From", error_messages={"required": "Enter the day it begins"})
    field_order = ("certification", "since")

    def __init__(self, *args: Any, employer: Employer, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, version=1, day=today, **kwargs)
        held = visible_held(employer, today)
        found = Certification.objects.filter(pk__in=held.values("certification")).prefetch_related("levels")
        self.known: dict[str, tuple[Certification, Level | None]] = {}
        for certification in found.order_by("name", "pk"):
            self.known[f"{certification.pk}"] = (certification, None)
            self.known |= {
                f"{certification.pk}-{level.pk}": (certification, level) for level in certification.levels.all()
            }
        self.fields["certification"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((key, _named(*one)) for key, one in self.known.items()),
        ]

    @property
    def chosen(self) -> tuple[Certification, Level | None]:
        return self.known[self.cleaned_data["certification"]]

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > self.today:
            raise forms.ValidationError("From must be today or earlier")
        if since.year < self.today.year - 10:
            raise forms.ValidationError("From must be within the last 10 years")
        return since


def _named(certification: Certification, level: Level | None) -> str:
    return f"{certification.name}, {level.name}" if level else f"{certification.name}, any level"


def initial_of_wish(wish: Wish | None) -> dict[str, Any]:
    """What stands in the form for rules that were made from it."""
    if wish is None:
        return {}
    points = {name: getattr(wish, name) for name in ("points", "least_points", "field_time")}
    told = {name: show(value).replace(",", "") if value else "" for name, value in points.items()}
    return {"name": wish.name, "months": wish.months, "least_in": wish.least_in, **told}


class AdjustForm(PlainForm, forms.Form):
    """Ease a requirement for one person."""

    kind = forms.ChoiceField(
        label="Why", choices=Adjustment.Kind.choices, widget=RadioCards, error_messages={"required": "Choose why"}
    )
    percent = LineField(
        label="Percent of the requirement that still holds", required=False, max_length=3,
        help_text="For leave and part time. For example 50",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-hours"}),
    )  # fmt: skip
    extra_months = MonthsField(label="Months more", required=False, most=60, help_text="For leave and extensions.")
    reason = NoteField(
        label="Reason", max_length=500, help_text="The person reads this.", widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason", "max_length": "Reason must be 500 characters or fewer"},
    )  # fmt: skip

    mark_optional = False

    def clean_percent(self) -> int:
        text = self.cleaned_data["percent"]
        if not text:
            return 100
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > 100:
            raise forms.ValidationError("Enter a whole number from 0 to 100")
        return int(text)

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not one_line(reason):
            raise forms.ValidationError("Enter the reason")
        return reason

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if kind == Adjustment.Kind.EXEMPTION:
            data["percent"], data["extra_months"] = 0, 0
        if kind == Adjustment.Kind.EXTENSION:
            data["percent"] = 100
        if kind == Adjustment.Kind.PART_TIME:
            data["extra_months"] = 0
        if self.errors or not kind:
            return data
        if kind == Adjustment.Kind.EXTENSION and not data["extra_months"]:
            self.add_error("extra_months", "Enter how many months more")
        elif kind == Adjustment.Kind.PART_TIME and data["percent"] == 100:
            self.add_error("percent", "Enter what part still holds, like 50")
        elif kind == Adjustment.Kind.LEAVE and data["percent"] == 100 and not data["extra_months"]:
            self.add_error("percent", "Enter what part still holds, or how many months more")
        return data
