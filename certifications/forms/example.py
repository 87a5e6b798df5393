"""A worked example made by hand: its head, the holder, the activities, what came over, and what must come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from pydantic import ValidationError

from accounts.form_style import PlainForm
from certifications.rules.document import Document, Example, Expect
from certifications.rules.figures import FIGURES, shown
from certifications.rules.trying import USUAL, taken

from .example_fields import ActivityForm, ExpectForm, FactsForm, choice_field, day_field, joined, several, words_field

NEW_ROWS, MOST_ROWS, MOST_CARRIED = 3, 40, 20


class HeadForm(PlainForm, forms.Form):
    """What the example says, its period, and the day on which it is counted."""

    say = forms.CharField(
        label="What it shows", max_length=160, widget=forms.TextInput({"autocomplete": "off"}),
        help_text="A sentence, like: 99 points asked, 81 count.",
        error_messages={"required": "Enter what the example shows"},
    )  # fmt: skip
    starts = day_field("First day of the period", required=True)
    ends = day_field("Last day of the period", required=True)
    as_of = day_field("Counted on", required=True)
    owed = forms.CharField(label="Points owed from the period before", required=False, max_length=12)
    failures = words_field("Ends of earlier periods that were missed", help_text="Days like 2024-03-31, ; between.")
    origin = forms.CharField(
        label="Where the figures come from", required=False, max_length=4000, widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    MAIN = ("say", "starts", "ends", "as_of")
    mark_optional = False

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in ("origin", "owed", "failures")]

    @property
    def more_open(self) -> bool:
        return any(field.value() or field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        starts, ends = chosen.get("starts"), chosen.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day must not be before the first")
        return chosen

    def raw(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        found = {"say": chosen["say"], **{name: chosen[name].isoformat() for name in ("starts", "ends", "as_of")}}
        if chosen["failures"]:
            found["failures"] = several(chosen["failures"])
        return found | {name: chosen[name] for name in ("origin", "owed") if chosen[name]}


class CarriedForm(PlainForm, forms.Form):
    """Points that came over from the period before."""

    points = forms.CharField(label="Points that came over", required=False, max_length=12)
    category = choice_field("Category", {})
    earned_on = day_field("Earned on")
    topics = words_field("Topics", help_text="With ; between several.")
    periods = forms.IntegerField(label="Times it has come over", required=False, min_value=1, max_value=20)
    mark_optional = False

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = choice_field("Category", {one.key: one.name for one in document.categories})

    def raw(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        found: dict[str, Any] = {"points": chosen["points"]}
        found |= {name: chosen[name] for name in ("category",) if chosen[name]}
        found |= {"earned_on": chosen["earned_on"].isoformat()} if chosen["earned_on"] else {}
        found |= {"topics": several(chosen["topics"])} if chosen["topics"] else {}
        return found | ({"periods": chosen["periods"]} if chosen["periods"] not in (None, 1) else {})


@dataclass(frozen=True)
class Page:
    """Some of the activities of an example: those behind place `start` up to number `last`."""

    start: int
    last: int
    here: bool

    @property
    def words(self) -> str:
        """ "41 to 63", or that there is room for more."""
        return f"{self.start + 1} to {self.last}" if self.last > self.start else "more"


class ExampleEdit:
    """All forms of one example. `kept` is the example as it stands in the draft, empty for a new one.

    One page shows so many activities, from the one in place `first` on; those before and behind stay as they are.
    """

    def __init__(
        self,
        document: Document,
        kept: Mapping[str, Any],
        data: QueryDict | None = None,
        *,
        lock_version: int = 1,
        first: int = 0,
    ) -> None:
        self.document, self.data = document, data
        self.kept = kept = readable(kept)
        self.failed: list[str] = []
        head = {**kept, "failures": joined(kept.get("failures")), "lock_version": lock_version}
        self.head = HeadForm(data, initial=head)
        self.facts = FactsForm(document, kept["facts"], data, prefix="fact")
        self.expect = ExpectForm(document, data, prefix="expect", initial=expected_words(document, kept["expect"]))
        activities, carried = kept["activities"], kept["carried"]
        self.first = min(_place(data, first), len(activities)) // MOST_ROWS * MOST_ROWS
        here = activities[self.first : self.first + MOST_ROWS]
        number = _number(data, "rows", len(here) or NEW_ROWS)
        self.rows = [self._row(place, here) for place in range(number)]
        carries = min(_number(data, "carries", len(carried) + 1), MOST_CARRIED)
        self.carried = [self._carried(place, carried) for place in range(carries)]

    def _row(self, place: int, activities: list[Any]) -> ActivityForm:
        raw = activities[place] if place < len(activities) else {}
        return ActivityForm(self.document, self.data, prefix=f"a{place}", initial=ActivityForm.initial_of(raw))

    def _carried(self, place: int, carried: list[Any]) -> CarriedForm:
        raw = carried[place] if place < len(carried) else {}
        initial = {**raw, "topics": joined(raw.get("topics"))}
        return CarriedForm(self.document, self.data, prefix=f"c{place}", initial=initial)

    @property
    def forms(self) -> list[Any]:
        return [self.head, self.facts, *self.rows, *self.carried, self.expect]

    def is_valid(self) -> bool:
        """Whether everything can be read; what cannot be is named at its field, or in `failed`."""
        if any(form.errors for form in self.forms):
            return False
        try:
            Example.model_validate({**self.raw(), "expect": self.expect.raw()})
        except ValidationError as error:
            self.failed = [_told(one["loc"], one["msg"]) for one in error.errors()]
        return not self.failed

    def raw(self) -> dict[str, Any]:
        """The example as a document writes it, without what it expects."""
        others = self.kept["activities"]
        rows = [row.raw() for row in self.rows if row.said]
        rows = [*others[: self.first], *rows, *others[self.first + MOST_ROWS :]]
        carried = [one.raw() for one in self.carried if one.cleaned_data["points"]]
        parts = {"facts": self.facts.raw(), "activities": rows, "carried": carried}
        return {**self.head.raw(), **{key: value for key, value in parts.items() if value}}

    def whole(self) -> dict[str, Any]:
        """The example with what it expects; what no form shows stays as it was."""
        unseen = {key: value for key, value in self.kept["expect"].items() if key not in self.expect.fields}
        return {**self.raw(), "expect": self.expect.raw() | unseen}

    def counted(self) -> Example:
        """The example as the engine counts it."""
        return Example.model_validate({**self.raw(), "expect": {}})

    @property
    def full(self) -> bool:
        """Whether no more activities fit on this page."""
        return len(self.rows) >= MOST_ROWS

    def pages(self) -> list[Page]:
        """The pages of an example with many activities; none where one page shows all of it."""
        number = len(self.kept["activities"])
        if number < MOST_ROWS:
            return []
        starts = range(0, number + 1, MOST_ROWS)  # after a full last page there is room for more
        return [Page(start, min(start + MOST_ROWS, number), start == self.first) for start in starts]

    @property
    def errors(self) -> bool:
        return bool(self.failed) or any(form.errors for form in self.forms)

    def problems(self) -> Iterator[dict[str, str]]:
        """Everything that is wrong, with the control to go to."""
        for form in self.forms:
            where = f"Activity {self.first + self.rows.index(form) + 1}: " if isinstance(form, ActivityForm) else ""
            for field in form:
                yield from ({"text": f"{where}{text}", "target": field.id_for_label} for text in field.errors)
        yield from ({"text": text, "target": ""} for text in self.failed)

    def figures(self) -> list[tuple[str, str]]:
        """The usual figures of what must come out, in words; for forms that were given a result."""
        expect = Expect.model_validate(self.expect.raw())
        return [(FIGURES[key], shown(self.document, key, getattr(expect, key))) for key in USUAL]

    def with_result(self) -> ExampleEdit:
        """The same forms, with what the rules say now as what must come out. Raises ValueError where none can be."""
        now = expected_words(self.document, taken(self.document, self.counted()))
        data = self.data.copy() if self.data is not None else QueryDict(mutable=True)
        for key in self.expect.fields:
            data[f"expect-{key}"] = now.get(key, data.get(f"expect-{key}", ""))
        return ExampleEdit(self.document, self.kept, data)


def readable(kept: Mapping[str, Any]) -> dict[str, Any]:
    """An example whose parts have the shape that forms can show; a part of another shape counts as empty."""
    found: dict[str, Any] = dict(kept)
    for key in ("facts", "expect"):
        if not isinstance(kept.get(key), Mapping):
            found[key] = {}
    for key in ("activities", "carried"):
        rows = kept.get(key)
        found[key] = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return found


def expected_words(document: Document, expect: Mapping[str, Any]) -> dict[str, str]:
    """An expectation as its fields show it."""
    try:
        values = Expect.model_validate(dict(expect))
    except ValidationError:
        return {}
    found = {}
    for key, value in values:
        if value is None:
            continue
        if key in ("standing", "satisfied_by", "consequence"):
            found[key] = str(value) or "-"
        else:
            found[key] = shown(document, key, value)
    return found


def _number(data: QueryDict | None, name: str, otherwise: int) -> int:
    sent = data.get(name, "") if data is not None else ""
    return min(int(sent), MOST_ROWS) if sent.isascii() and sent.isdigit() and len(sent) < 4 else otherwise


def _place(data: QueryDict | None, otherwise: int) -> int:
    sent = data.get("first", "0") if data is not None else ""
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else otherwise


def _told(location: tuple[int | str, ...], message: str) -> str:
    where = " ".join(str(part + 1) if isinstance(part, int) else part.replace("_", " ") for part in location)
    return f"{where[:1].upper()}{where[1:]}: {message.removeprefix('Value error, ')}"
