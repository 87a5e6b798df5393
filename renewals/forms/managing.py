"""Forms that correct what is held, and the one that moves it up a level."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundField

from accounts.fields import DayMonthYearField, RadioCards
from accounts.form_style import PlainForm
from accounts.text_fields import LineField
from certifications.card import asks
from certifications.models import Level, RenewalPeriod
from certifications.queries import Holding
from certifications.rules.dates import DAY, Span, add_months, written

from .facts import answers, fact_fields, field_name, shown
from .holding import FARTHEST_MONTHS, NO_LEVEL, OLDEST_BIRTH, explained

_WHICH = "Choose the level you passed"


class DetailsForm(PlainForm, forms.Form):
    """Level, number, award date, and the answers to the questions of the rules."""

    mark_optional = False  # next to nothing here is needed

    number = LineField(
        label="Certificate number", required=False, max_length=60,
        error_messages={"max_length": "Certificate number must be 60 characters or fewer"},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, holding: Holding, today: date) -> None:
        self.holding, self.held = holding, holding.held
        self.levels = list(self.held.certification.levels.all())
        self.facts = holding.document.facts
        asked = asks(self.held.certification, self.held.user, today)
        known = {"number": self.held.number, "awarded": self.held.awarded_on, **shown(self.facts, self.held.facts)}
        known["level"] = self.held.level.code if self.held.level else ""
        super().__init__(data, initial=known)
        if self.levels:
            self.fields["level"] = forms.ChoiceField(
                label="Level", choices=[(level.code, explained(level)) for level in self.levels],
                widget=RadioCards(layout="single"), error_messages=NO_LEVEL,
                help_text="To correct a mistake. If you passed a higher level, move up instead.",
            )  # fmt: skip
        self.fields["awarded"] = DayMonthYearField(
            what="Date of the award", latest=today, required=False, help_text=asked.award_because
        )
        if asked.birth:
            self.fields["birth"] = DayMonthYearField(
                what="Date of birth", earliest=OLDEST_BIRTH, latest=today, required=False,
                help_text="The period ends with the month you were born in. Only you can see it.",
            )  # fmt: skip
        self.fields |= fact_fields(self.facts)

    @property
    def level(self) -> Level | None:
        code = self.cleaned_data.get("level")
        return next((level for level in self.levels if level.code == code), None)

    @property
    def answers(self) -> dict[str, Any]:
        """All answers: those of this form, and those to questions that other rules asked."""
        asked = {fact.key for fact in self.facts}
        kept = {key: value for key, value in self.held.facts.items() if key not in asked}
        return {**kept, **answers(self.facts, self.cleaned_data)}

    @property
    def first_fields(self) -> list[BoundField]:
        return [self[name] for name in ("number", "awarded", "birth", "level") if name in self.fields]

    @property
    def question_fields(self) -> list[BoundField]:
        return [self[field_name(fact)] for fact in self.facts]


class PeriodForm(PlainForm, forms.Form):
    """The first and the last day of the open period."""

    def __init__(self, data: Any = None, *, period: RenewalPeriod, today: date) -> None:
        self.period = period
        super().__init__(data)
        latest = add_months(today, FARTHEST_MONTHS)
        self.fields["starts"] = DayMonthYearField(what="First day of the period", latest=latest, initial=period.start)
        if not period.never_ends:
            self.fields["last"] = DayMonthYearField(
                what="Last day of the period", latest=latest, initial=period.last_day
            )

    @property
    def span(self) -> Span:
        last = self.cleaned_data.get("last")
        return Span(self.cleaned_data["starts"], last + DAY if last else self.period.end)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts, last = found.get("starts"), found.get("last")
        if starts and last and last <= starts:
            self.add_error("last", "Last day of the period must be after its first day")
        elif starts and (before := self._before(starts)):
            self.add_error("starts", f"The period before ended on {written(before.last_day)}. Begin after it")
        return found

    def _before(self, starts: date) -> RenewalPeriod | None:
        others = RenewalPeriod.objects.filter(held=self.period.held_id).exclude(pk=self.period.pk)
        return others.filter(end__gt=starts).order_by("-end").first()


class LevelForm(PlainForm, forms.Form):
    """The level somebody passed, and when."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, holding: Holding, today: date) -> None:
        self.held, self.today = holding.held, today
        super().__init__(data, initial={"nonce": uuid4(), "log_it": True})
        place = self.held.level.position if self.held.level else 0
        self.levels = [level for level in self.held.certification.levels.all() if level.position > place]
        self.fields["level"] = forms.ChoiceField(
            label="Which level did you pass?", choices=[(level.code, explained(level)) for level in self.levels],
            widget=RadioCards(layout="single"), initial=self.levels[0].code if len(self.levels) == 1 else None,
            error_messages={"required": _WHICH, "invalid_choice": _WHICH},
        )  # fmt: skip
        self.fields["passed_on"] = DayMonthYearField(what="Date you passed", latest=today)
        self.counts = any("upgrade" in rule.kind for rule in holding.document.kinds)
        if self.counts:
            self.fields["log_it"] = forms.BooleanField(
                label="Log it as an activity, so that it counts", required=False, initial=True
            )

    @property
    def level(self) -> Level:
        return next(level for level in self.levels if level.code == self.cleaned_data["level"])
