"""Forms of the catalogue: a body, a certification, the rows of its levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.form_style import PlainForm
from certifications.models import Body, Certification

MOST_LEVELS = 20
LEVEL_PARTS = {"code": 40, "name": 160, "meaning": 4000, "needs": 4000}


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date", "class": "w-date"}, format="%Y-%m-%d")


class _WithRead(PlainForm, forms.ModelForm):
    """A form that remembers which state of its row was read."""

    read = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edited = self.instance.edited_at
        self.fields["read"].initial = edited.isoformat() if edited else ""

    def clean_read(self) -> datetime | None:
        text = self.cleaned_data["read"]
        try:
            return datetime.fromisoformat(text) if text else None
        except ValueError:
            raise forms.ValidationError("Open the page again") from None

    def _free_name(self, others: QuerySet[Any], what: str) -> str:
        """The name, where no other one is called so: people could not tell them apart."""
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data and others.exclude(pk=self.instance.pk).filter(name__iexact=name).exists():
            raise forms.ValidationError(
                f"There is {what} with this name already. Open that one, or choose another name"
            )
        return name

    @property
    def values(self) -> dict[str, Any]:
        """The values of the row itself."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


def _url(label: str) -> forms.URLField:
    return forms.URLField(
        label=label, required=False, max_length=500, assume_scheme="https", widget=forms.TextInput(),
        error_messages={"invalid": "Enter an address that begins with https:// or http://"},
    )  # fmt: skip


class BodyForm(_WithRead):
    url = _url("The body's own page")

    class Meta:
        model = Body
        fields = ("name", "full_name", "trade", "url", "meaning", "checked_on", "confidence")
        labels = {
            "name": "Name", "full_name": "Full name", "trade": "Trade",
            "meaning": "What it does", "checked_on": "Last checked on", "confidence": "How sure we are",
        }  # fmt: skip
        widgets = {"meaning": forms.Textarea({"rows": 3}), "checked_on": _day()}
        help_texts = {"name": "Short, as people say it.", "trade": "What people of it work in."}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_name(self) -> str:
        return self._free_name(Body.objects.all(), "a body")

    def clean_checked_on(self) -> date:
        day: date = self.cleaned_data["checked_on"]
        if day > self.today:
            raise forms.ValidationError("This date is in the future. Choose today or earlier")
        return day


class CertificationForm(_WithRead):
    url = _url("Its own page")
    related = forms.ModelMultipleChoiceField(
        label="Related", queryset=Certification.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    includes = forms.ModelMultipleChoiceField(
        label="Includes", queryset=Certification.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Who holds this one has earned those as well.",
    )  # fmt: skip

    class Meta:
        model = Certification
        fields = ("name", "short", "kind", "field", "specialty", "meaning", "url")
        labels = {
            "name": "Name", "short": "Short name", "kind": "Kind", "field": "Field", "specialty": "Specialty",
            "meaning": "What it means",
        }  # fmt: skip
        widgets = {"meaning": forms.Textarea({"rows": 3})}
        help_texts = {"short": "Up to 12 letters, such as WRT."}

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        others = body.certifications.exclude(pk=self.instance.pk).order_by("name")
        for name in ("related", "includes"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]
            if self.instance.pk:
                self.fields[name].initial = getattr(self.instance, name).all()

    def clean_name(self) -> str:
        return self._free_name(self.body.certifications.all(), "a certification")


@dataclass
class LevelRow:
    """One level as it is typed, with what is wrong with it."""

    pk: int | None = None
    code: str = ""
    name: str = ""
    meaning: str = ""
    needs: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        return {"pk": self.pk, **{part: getattr(self, part) for part in LEVEL_PARTS}}


class Levels:
    """The levels of a certification in order, as they are stored or typed; rows move by buttons."""

    def __init__(self, certification: Certification | None, sent: QueryDict | None = None) -> None:
        # Without their number nothing is known of them, least of all that there are none any more.
        if sent is None or not _is_number(sent.get("levels")):
            stored = certification.levels.all() if certification else ()
            self.rows = [LevelRow(one.pk, one.code, one.name, one.meaning, one.needs) for one in stored]
        else:
            self.rows = [_row(sent, place) for place in range(_number(sent.get("levels")))]

    def act(self, act: str) -> bool:
        """Do what a button says with the rows: "add", "up:2", "down:0", "remove:1". Whether it was one of these."""
        what, _, at = act.partition(":")
        place = _number(at, most=len(self.rows))
        if what == "add" and len(self.rows) < MOST_LEVELS:
            self.rows.append(LevelRow())
        elif what in ("up", "down", "remove") and at and place < len(self.rows):
            row = self.rows.pop(place)
            if what != "remove":
                self.rows.insert(max(0, place + (1 if what == "down" else -1)), row)
        else:
            return what == "add"
        return True

    def valid(self) -> bool:
        """Whether every row has a code of its own and a name; rows without anything are left out."""
        self.rows = [row for row in self.rows if any(row.values.values())]
        codes = [row.code for row in self.rows]
        for row in self.rows:
            for part, most in LEVEL_PARTS.items():
                if len(getattr(row, part)) > most:
                    row.errors[part] = f"At most {most} characters"
            if not row.code:
                row.errors["code"] = "Enter a code"
            elif codes.count(row.code) > 1:
                row.errors["code"] = "Another level has this code"
            if not row.name:
                row.errors["name"] = "Enter a name"
        return not any(row.errors for row in self.rows)


def _number(text: str | None, most: int = MOST_LEVELS) -> int:
    return min(int(text), most) if text and _is_number(text) else 0


def _is_number(text: str | None) -> bool:
    return text is not None and text.isascii() and text.isdecimal() and len(text) < 18


def _row(sent: Mapping[str, str], place: int) -> LevelRow:
    def part(name: str) -> str:
        return sent.get(f"levels-{place}-{name}", "").strip().replace("\r\n", "\n").replace("\x00", "")

    pk = part("pk")
    known = int(pk) if _is_number(pk) else None
    return LevelRow(known, part("code"), part("name"), part("meaning"), part("needs"))
