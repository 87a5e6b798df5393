"""A catalogue form that was saved too late: what is stored now beside what was typed, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from certifications.models import Body, Certification
from certifications.rules.dates import written

from .catalogue import BodyForm, CertificationForm, Levels


@dataclass(frozen=True)
class Differs:
    """One thing that says something else in both, in words; empty where it says nothing."""

    label: str
    theirs: str
    mine: str


def differing(
    form: BodyForm | CertificationForm, stored: Body | Certification, levels: Levels | None = None
) -> list[Differs]:
    """What differs between a row as it is stored and a form that holds. Rows of levels count as one thing."""
    found = []
    for field in form:
        if field.name in form.cleaned_data and field.name != "read":
            theirs = _words(field.field, _value(stored, field.name))
            found.append(Differs(str(field.label), theirs, _words(field.field, form.cleaned_data[field.name])))
    if levels is not None and isinstance(stored, Certification):
        found.append(Differs("Levels, lowest first", _rows(Levels(stored)), _rows(levels)))
    return [one for one in found if one.theirs != one.mine]


def read_now(form: BodyForm | CertificationForm, stored: Body | Certification) -> None:
    """Let the form go on from what is stored now: saved once more, it takes the place of that."""
    sent = cast(QueryDict, form.data).copy()
    sent["read"] = stored.edited_at.isoformat() if stored.edited_at else ""
    form.data = sent


def _value(stored: Any, name: str) -> Any:
    value = getattr(stored, name)
    return value.all() if hasattr(value, "all") else value


def _words(field: forms.Field, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return written(value)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(sorted(str(one.name) for one in value))
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in cast(Iterable[tuple[object, object]], field.choices)}
        return labels.get(str(value), str(value))
    return str(value).replace("\r\n", "\n").strip()


def _rows(levels: Levels) -> str:
    return "\n".join(
        f"{row.code}: {row.name}. {row.meaning} {row.needs}".strip() for row in levels.rows if row.code or row.name
    )
