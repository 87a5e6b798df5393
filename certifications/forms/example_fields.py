"""The fields of a worked example: what is known about the holder, each activity, what must come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from accounts.form_style import PlainForm
from certifications.rules.document import Document, Fact
from certifications.rules.figures import FIGURES, NUMBERS, TABLES, names_for, read_figure
from certifications.rules.trying import FACTS
from certifications.rules.words import AMOUNT_UNITS, FORMATS, KINDS, REACHES, ROLES, STANDING_LABELS

YES_NO = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6}|/[0-9]{1,6})?")


def day_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """A day, typed or picked; the browser shows it the way its reader is used to."""
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        widget=forms.DateInput({"type": "date", "min": "1900-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"),
        error_messages={"invalid": f"Enter {label[:1].lower()}{label[1:]} as a day, like 2026-03-31"},
    )  # fmt: skip


def words_field(label: str, *, help_text: str = "", most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, help_text=help_text,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


def choice_field(label: str, words: Mapping[str, str], first: str = "Not said") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", first), *words.items()])


def several(text: str) -> list[str]:
    """Words with ; between them."""
    return [one.strip() for one in text.split(";") if one.strip()]


def joined(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    return value if isinstance(value, str) else ""


class ActivityForm(PlainForm, forms.Form):
    """One activity of an example, the way a person would describe it. An empty row says nothing."""

    on = day_field("Day")
    kind = choice_field("Kind", {kind.key: kind.label for kind in KINDS.values()}, "Choose a kind")
    amount = forms.CharField(label="How much", required=False, max_length=30, initial="1")
    unit = forms.ChoiceField(label="Of what", choices=[(unit.key, unit.many) for unit in AMOUNT_UNITS.values()])
    title = words_field("What it was")
    since = day_field("First day", help_text="Of work over time, or of several days.")
    share = forms.IntegerField(label="Part time, in percent", required=False, min_value=1, max_value=100)
    category = choice_field("Category", {}, "As the rules say")
    type = words_field("Type", most=80, help_text="The body's own word for it.")
    format = choice_field("Format", FORMATS)
    role = choice_field("Role", ROLES)
    reach = choice_field("Reach", REACHES)
    level = choice_field("Level", {})
    topics = words_field("Topics", help_text="With ; between several.")
    course = words_field("Course code", most=120)
    submitted_on = day_field("Submitted on")
    confirmed = forms.ChoiceField(label="Confirmed by an employer", required=False, choices=YES_NO)
    shared = forms.BooleanField(label="Counted for another certification as well", required=False)
    evidence = forms.BooleanField(label="There is evidence", required=False, initial=True)
    relevant = forms.BooleanField(label="It belongs to the field", required=False, initial=True)

    MAIN = ("on", "kind", "amount", "unit", "title")
    mark_optional = False

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {name: str((self.initial or {}).get(name) or "") for name in ("category", "level")}
        lists = {
            "category": {one.key: one.name for one in document.categories},
            "level": {code: f"Level {code}" for code in document.rules.levels},
        }
        for name, words in lists.items():
            known = words | ({kept[name]: kept[name]} if kept[name] not in words and kept[name] else {})
            first = "As the rules say" if name == "category" else "Not said"
            self.fields[name] = choice_field(str(self.fields[name].label), known, first)

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def more(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.MAIN]

    @property
    def said(self) -> bool:
        """Whether anything is said here, other than what every new row says."""
        return any(self[name].value() for name in ("on", "kind", "title", "since", "type", "topics", "course"))

    @property
    def more_open(self) -> bool:
        """Whether one of the seldom fields says something."""
        usual = {"evidence", "relevant"}
        return any(field.errors or (field.value() and field.name not in usual) for field in self.more) or any(
            not self[name].value() for name in usual
        )

    def clean_amount(self) -> str:
        amount: str = self.cleaned_data["amount"].strip().replace(",", ".")
        if amount and not _AMOUNT.fullmatch(amount):
            raise forms.ValidationError("Enter the amount as a number, like 8 or 1.5")
        return amount

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        if self.said and not chosen.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day of the activity")
        return chosen

    def raw(self) -> dict[str, Any]:
        """The activity as a document writes it: nothing that goes without saying."""
        chosen = self.cleaned_data
        amount = chosen["amount"] or "1"
        found = {
            **{name: chosen[name].isoformat() for name in ("on", "since", "submitted_on") if chosen[name]},
            **{name: chosen[name] for name in
               ("kind", "title", "type", "category", "format", "role", "reach", "level", "course") if chosen[name]},
            "amount": int(amount) if amount.isdigit() else amount, "unit": chosen["unit"],
        }  # fmt: skip
        if chosen["topics"]:
            found["topics"] = several(chosen["topics"])
        if chosen["share"] not in (None, 100):
            found["share"] = chosen["share"]
        found |= {"shared": True} if chosen["shared"] else {}
        found |= {name: False for name in ("evidence", "relevant") if not chosen[name]}
        return found | ({"confirmed": chosen["confirmed"] == "yes"} if chosen["confirmed"] else {})

    @staticmethod
    def initial_of(raw: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show for an activity of a document."""
        confirmed = {"True": "yes", "False": "no"}.get(str(raw.get("confirmed")), "")
        shown = {"amount": "1", "unit": "hour", "evidence": True, "relevant": True, "shared": False}
        return {**shown, **raw, "topics": joined(raw.get("topics")), "confirmed": confirmed}


class FactsForm(PlainForm, forms.Form):
    """What is known about the holder: what the rules ask, and what every holder has."""

    mark_optional = False
    DAYS = ("awarded", "birth")

    def __init__(self, document: Document, facts: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = facts
        asked = {fact.key: fact for fact in document.facts}
        known = ["level"] if document.rules.levels else []
        for key in dict.fromkeys([*asked, *known, *list(FACTS)[1:5], *facts]):
            self.fields[key] = _fact_field(key, asked.get(key), document, facts.get(key))
            self.fields[key].initial = _fact_shown(facts.get(key))

    def raw(self) -> dict[str, Any]:
        return {key: found for key in self.fields if (found := self._fact(key)) not in ("", None, [])}

    def _fact(self, key: str) -> Any:
        value = self.cleaned_data[key]
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(self.fields[key], forms.ChoiceField) and value in ("yes", "no"):
            return value == "yes"
        if isinstance(value, str) and isinstance(self.kept.get(key), list | tuple):
            return several(value)
        return value


def _fact_shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list | tuple) else value


def _fact_field(key: str, fact: Fact | None, document: Document, value: Any) -> forms.Field:
    label = fact.ask if fact else FACTS.get(key, key.replace("-", " ").capitalize())
    if key in FactsForm.DAYS:
        return day_field(label)
    if (fact and fact.answer == "yes-no") or key == "first-period" or isinstance(value, bool):
        return forms.ChoiceField(label=label, required=False, choices=YES_NO)
    if (fact and fact.answer == "number") or key == "period-number" or isinstance(value, int):
        return forms.IntegerField(label=label, required=False, min_value=-1_000_000, max_value=1_000_000)
    if fact and fact.answer == "topics":
        return forms.CharField(label=label, required=False, max_length=2000, help_text="With ; between several.")
    choices: Iterable[str] = fact.choices if fact else document.rules.levels if key == "level" else ()
    if choices:
        extra = (value,) if isinstance(value, str) and value and value not in choices else ()
        return choice_field(label, {one: one for one in (*choices, *extra)})
    return words_field(label)


class ExpectForm(PlainForm, forms.Form):
    """What must come out. What is left empty is not checked."""

    mark_optional = False
    USUAL = ("counted", "needed", "by_category", "not_counted", "compliant", "standing")
    HELP = {
        "by_category": "Name and number, with ; between several.", "not_counted": "Reason and number, with ; between.",
        "excluded": "Numbers of the activities, like 1, 3.",
    }  # fmt: skip

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        ways = {"": "Not checked", "-": "Nothing"}
        choices = {
            "compliant": {"": "Not checked", "yes": "Yes", "no": "No"},
            "standing": {"": "Not checked", **{word.value: label for word, label in STANDING_LABELS.items()}},
            "satisfied_by": ways | names_for(document, "satisfied_by"),
            "consequence": ways | names_for(document, "consequence"),
        }
        for key, label in FIGURES.items():
            if key in choices:
                kept = str(self.initial.get(key) or "")
                words = choices[key] | ({kept: kept} if kept not in choices[key] else {})
                self.fields[key] = forms.ChoiceField(label=label, required=False, choices=list(words.items()))
            elif key != "carried_out":
                self.fields[key] = words_field(label, help_text=self.HELP.get(key, ""), most=2000)

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.USUAL]

    @property
    def more(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.USUAL]

    @property
    def more_open(self) -> bool:
        return any(field.value() or field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        for key in (*NUMBERS, *TABLES, "excluded"):
            if chosen.get(key):
                try:
                    chosen[key] = read_figure(self.document, key, chosen[key])
                except ValueError as error:
                    self.add_error(key, f"{FIGURES[key]}: {error}")
        return chosen

    def raw(self) -> dict[str, Any]:
        found = {key: value for key, value in self.cleaned_data.items() if value not in ("", None)}
        if "compliant" in found:
            found["compliant"] = found["compliant"] == "yes"
        return found | {key: "" for key in ("satisfied_by", "consequence") if found.get(key) == "-"}
