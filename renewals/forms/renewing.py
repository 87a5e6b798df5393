"""The form that records a renewal. It shows what is frozen and what comes next before anything is kept."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from accounts.fields import DayMonthYearField
from accounts.form_style import PlainForm
from accounts.text_fields import LineField
from certifications.queries import Holding
from certifications.rules.dates import DAY, Span, add_months
from renewals.renewal import CannotRenew, Renewal, missing, work_out

from .dates import boxes
from .holding import FARTHEST_MONTHS


class RenewalForm(PlainForm, forms.Form):
    """When the body renewed, its reference, and the next period, which may be said otherwise.

    It is `agreed` when the person has sent back the very renewal they were shown.
    """

    renewed_on = DayMonthYearField(what="Date of the renewal")
    reference = LineField(
        label="Reference", required=False, max_length=80, help_text="What the certifying body gave you, if anything.",
        error_messages={"max_length": "Reference must be 80 characters or fewer"},
    )  # fmt: skip
    granted = forms.BooleanField(required=False, label="It was granted all the same")
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, holding: Holding, today: date) -> None:
        self.holding, self.today = holding, today
        self.renewal: Renewal | None = None
        self.following: Span | None = None  # the next period where the person said it otherwise
        self.agreed = False
        super().__init__(data if data is not None else _of_today(today))
        field: Any = self.fields["renewed_on"]
        field.latest = today
        latest = add_months(today, FARTHEST_MONTHS)
        self.fields["starts"] = DayMonthYearField(what="First day of the next period", latest=latest, required=False)
        self.fields["last"] = DayMonthYearField(what="Last day of the next period", latest=latest, required=False)

    @property
    def token(self) -> str:
        """Stands in the form for what the person was shown."""
        renewal = self.renewal
        return f"{renewal.renewed_on}/{renewal.following.start}/{renewal.following.end}" if renewal else ""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "renewed_on" not in found:
            return found
        self.renewal = self._work_out(found["renewed_on"])
        if self.renewal is None:
            return found
        if self.data.get("shown") != self.token:
            self._show_afresh(self.renewal)
            return found
        said = self._said()
        if said is None:
            self.add_error("last", "Last day of the next period must be after its first day")
        elif said != self.renewal.following and not self.errors:
            self.following = said
            self.renewal = self._work_out(found["renewed_on"], said) or self.renewal
        if self.lacking and not found.get("granted"):  # a closed period opens no more
            self.add_error("granted", "Tick that it was granted all the same, or record the renewal when it is")
        self.agreed = not self.errors
        return found

    def _work_out(self, renewed_on: date, following: Span | None = None) -> Renewal | None:
        try:
            return work_out(self.holding, renewed_on=renewed_on, today=self.today, following=following)
        except CannotRenew as error:
            self.add_error("starts" if following else "renewed_on", str(error).rstrip("."))
            return None

    def _said(self) -> Span | None:
        starts, last = self.cleaned_data.get("starts"), self.cleaned_data.get("last")
        if starts and last:
            return Span(starts, last + DAY) if last > starts else None
        return self.renewal.following if self.renewal else None

    def _show_afresh(self, renewal: Renewal) -> None:
        """Put the next period just worked out into the boxes; what stood there belonged to another date."""
        data = cast(QueryDict, self.data).copy()
        for name, day in (("starts", renewal.following.start), ("last", renewal.following.last)):
            self.errors.pop(name, None)
            for box, text in boxes(name, day).items():
                data[box] = text
        data["shown"] = self.token
        self.data = data

    @property
    def lacking(self) -> list[str]:
        """What the period that closes still lacks by its rules."""
        return missing(self.renewal) if self.renewal else []

    @property
    def first_fields(self) -> list[BoundField]:
        return [self["renewed_on"], self["reference"]]

    @property
    def period_fields(self) -> list[BoundField]:
        return [self["starts"], self["last"]]

    @property
    def period_has_errors(self) -> bool:
        return any(field.errors for field in self.period_fields)


def _of_today(today: date) -> QueryDict:
    """What the page starts with: renewed today."""
    return QueryDict(urlencode(boxes("renewed_on", today)))
