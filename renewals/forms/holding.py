"""The form with which a person says what they hold. It works the renewal period out and shows it before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.fields import DayMonthYearField, RadioCards
from accounts.form_style import PlainForm
from accounts.models import User
from certifications.actions import DatesMissing, span_from_card
from certifications.card import asks, shared_end
from certifications.models import Certification, Level, RuleSetVersion
from certifications.rules.dates import DAY, Span, add_months, written
from certifications.rules.document import Fact
from certifications.rules.periods import FOREVER

from .dates import CardDateField, boxes
from .facts import answers, fact_fields, field_name
from .numbers import PointsField

FARTHEST_MONTHS = 10 * 12
OLDEST_BIRTH = date(1900, 1, 1)
NO_LEVEL = {"required": "Choose your level", "invalid_choice": "Choose your level"}
_NO_DATE = "Enter the expiry date on your card, or the date of the award"


@dataclass(frozen=True)
class WorkedOut:
    """The period that follows from what was entered, and the rules that count it."""

    span: Span
    version: RuleSetVersion | None

    @property
    def token(self) -> str:
        """Stands in the form for what the person was shown: another token means other dates or other rules."""
        return f"{self.span.start}/{self.span.end}/{self.version.pk if self.version else ''}"

    @property
    def endless(self) -> bool:
        return self.span.end >= FOREVER

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.version.document.facts if self.version else ()


class HoldForm(PlainForm, forms.Form):
    """Level and dates; then, once the period is worked out, the period itself and the questions of its rules.

    It is `agreed` when the person has sent back the very period they were shown, changed or not.
    """

    mark_optional = False  # the labels say it; a question of the rules has an answer for it

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, certification: Certification, user: User, today: date) -> None:
        self.certification, self.user, self.today = certification, user, today
        self.levels = list(certification.levels.all())
        self.asks = asks(certification, user, today)
        self.worked: WorkedOut | None = None
        self.agreed = False
        super().__init__(data)
        self.fields |= self._first_fields()

    def _first_fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        if self.levels:
            found["level"] = forms.ChoiceField(
                label="Level", choices=[(level.code, explained(level)) for level in self.levels],
                widget=RadioCards(layout="single"), error_messages=NO_LEVEL,
            )  # fmt: skip
        if self.asks.expiry:
            found["expiry"] = self._expiry()
        found["awarded"] = DayMonthYearField(
            what="Date of the award", label=_label("Date of the award", self.asks.award_required),
            latest=self.today, required=self.asks.award_required,
            help_text=self.asks.award_because or ("Instead of the expiry date." if self.asks.expiry else ""),
        )  # fmt: skip
        if self.asks.birth:
            found["birth"] = DayMonthYearField(
                what="Date of birth", earliest=OLDEST_BIRTH, latest=self.today,
                help_text="The period ends with the month you were born in. Only you can see it.",
            )  # fmt: skip
        if not self.asks.rules:
            found["need"] = PointsField(
                label=_label("Points needed", False), required=False, help_text="Leave it empty if it needs none."
            )
        return found

    def _expiry(self) -> CardDateField:
        shared = shared_end(self.certification, self.user)
        help_text = "" if self.asks.day else "The month and the year are enough."
        if self.asks.month_is_out:
            year = self.today.year + 1
            help_text += f" A card that says Apr {year} holds to 31 Mar {year}."
        if shared:
            body = self.certification.body
            help_text = f"{body} ends everything you hold on one day. Yours is {written(shared.last_day)}."
        return CardDateField(
            what="Expiry date on your card", day_matters=self.asks.day, help_text=help_text,
            latest=add_months(self.today, FARTHEST_MONTHS), initial=shared.last_day if shared else None,
            error_messages={"required": _NO_DATE},
        )  # fmt: skip

    # What was entered ----------------------------------------------------------------------------------------------

    @property
    def level(self) -> Level | None:
        code = self.cleaned_data.get("level")
        return next((level for level in self.levels if level.code == code), None)

    @property
    def span(self) -> Span:
        """The period as agreed: as worked out, or as the person changed it."""
        assert self.worked  # noqa: S101  only asked of an agreed form
        starts, last = self.cleaned_data.get("starts"), self.cleaned_data.get("last")
        return Span(starts or self.worked.span.start, last + DAY if last else self.worked.span.end)

    @property
    def answers(self) -> dict[str, Any]:
        return answers(self.worked.facts, self.cleaned_data) if self.worked else {}

    # What follows from it ------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        awarded, expiry = found.get("awarded"), found.get("expiry")
        if awarded and self.has_error("expiry", "required"):
            del self.errors["expiry"]  # one of the two is enough
        if awarded and expiry and awarded >= expiry:
            self.add_error("awarded", "Date of the award must be before the expiry date")
        if not self.errors:
            self._work_out(expiry, awarded, found.get("birth") or self.user.birth_date)
        return self.cleaned_data

    def _work_out(self, expiry: date | None, awarded: date | None, birth: date | None) -> None:
        try:
            span, version = span_from_card(
                certification=self.certification, level=self.level, expiry=expiry, awarded_on=awarded, birth=birth,
                today=self.today,
            )  # fmt: skip
        except DatesMissing:
            self.add_error("expiry", _NO_DATE)
            return
        except (ValueError, OverflowError):
            self.add_error("expiry", "No period can be worked out from these dates. Check the years")
            return
        self.worked = WorkedOut(span, version)
        more = {**self._period_fields(span), **fact_fields(self.worked.facts)}
        self.fields |= more
        if self.data.get("shown") == self.worked.token:
            self._clean_more(more)
            self.agreed = not self.errors
        else:
            self._show_afresh(more)

    def _period_fields(self, span: Span) -> dict[str, forms.Field]:
        latest = add_months(self.today, FARTHEST_MONTHS)
        fields: dict[str, forms.Field] = {
            "starts": DayMonthYearField(what="First day of the period", latest=latest, initial=span.start)
        }
        if span.end < FOREVER:
            fields["last"] = DayMonthYearField(what="Last day of the period", latest=latest, initial=span.last)
        return fields

    def _clean_more(self, more: dict[str, forms.Field]) -> None:
        for name, field in more.items():
            value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            try:
                self.cleaned_data[name] = field.clean(value)
            except forms.ValidationError as error:
                self.add_error(name, error)
        starts, last = self.cleaned_data.get("starts"), self.cleaned_data.get("last")
        if starts and last and last <= starts:
            self.add_error("last", "Last day of the period must be after its first day")

    def _show_afresh(self, more: dict[str, forms.Field]) -> None:
        """Put the period just worked out into the boxes; what may stand there belongs to another one."""
        data = cast(QueryDict, self.data).copy()
        for name, field in more.items():
            if isinstance(field, DayMonthYearField):
                for box, text in boxes(self.add_prefix(name), field.initial).items():
                    data[box] = text
        data["shown"] = self.worked.token if self.worked else ""
        self.data = data

    # For the page --------------------------------------------------------------------------------------------------

    @property
    def first_fields(self) -> list[BoundField]:
        return [self[name] for name in ("level", "expiry", "awarded", "birth", "need") if name in self.fields]

    @property
    def question_fields(self) -> list[BoundField]:
        return [self[field_name(fact)] for fact in self.worked.facts] if self.worked else []

    @property
    def period_fields(self) -> list[BoundField]:
        return [self[name] for name in ("starts", "last") if name in self.fields]

    @property
    def period_has_errors(self) -> bool:
        return any(field.errors for field in self.period_fields)


def _label(words: str, required: bool) -> str:
    return words if required else f"{words} (optional)"


def explained(level: Level) -> SafeString:
    if not level.meaning:
        return format_html("{}", level.name)
    return format_html('{} <span class="choice-more">{}</span>', level.name, level.meaning)
