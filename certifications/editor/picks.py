"""What may be chosen in a field because the draft, the body or the product has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..rules.document import (
    CarryOver,
    Category,
    Condition,
    Document,
    Head,
    KindRule,
    Minimum,
    Multiplier,
    RenewedBy,
    Select,
)
from ..rules.words import FORMATS, KINDS, REACHES, ROLES
from .words import WORDS


class Pick(StrEnum):
    """Where the choices come from."""

    CATEGORIES = "categories"
    SOURCES = "sources"
    FACTS = "facts"
    MINIMUMS = "minimums"
    CERTIFICATIONS = "certifications"
    KINDS = "kinds"
    FORMATS = "formats"
    ROLES = "roles"
    REACHES = "reaches"


PICKS: dict[tuple[Any, str], Pick] = {
    **{(model, "source"): Pick.SOURCES for model in WORDS if model is not Document and "source" in WORDS[model]},
    (Select, "category"): Pick.CATEGORIES, (KindRule, "category"): Pick.CATEGORIES,
    (Category, "parent"): Pick.CATEGORIES, (CarryOver, "arrives_as"): Pick.CATEGORIES,
    (Select, "kind"): Pick.KINDS, (KindRule, "kind"): Pick.KINDS,
    (Select, "format"): Pick.FORMATS, (Select, "role"): Pick.ROLES, (Multiplier, "role"): Pick.ROLES,
    (Select, "reach"): Pick.REACHES,
    (Condition, "fact"): Pick.FACTS, (Minimum, "fact"): Pick.FACTS, (Minimum, "for_each"): Pick.FACTS,
    (CarryOver, "within_minimums"): Pick.MINIMUMS,
    (Head, "certifications"): Pick.CERTIFICATIONS, (RenewedBy, "certification"): Pick.CERTIFICATIONS,
}  # fmt: skip

# What is known about every holder without a question.
BUILT_IN = {
    "level": "Level held", "period-number": "Number of the period (1 is the first)", "first-period": "First period",
    "awarded": "Day of award", "birth": "Day of birth", "period-start": "First day of the period",
    "period-end": "Last day of the period", "further-certifications": "Further certifications held with this body",
}  # fmt: skip

Options = tuple[tuple[str, str], ...]
_CLOSED: dict[Pick, Options] = {
    Pick.KINDS: tuple((key, kind.label) for key, kind in KINDS.items()),
    Pick.FORMATS: tuple(FORMATS.items()),
    Pick.ROLES: tuple(ROLES.items()),
    Pick.REACHES: tuple(REACHES.items()),
}


@dataclass(frozen=True)
class Choices:
    """The choices of one draft. `certifications` are the body's: key and name."""

    raw: Mapping[str, Any]
    certifications: Options = ()

    def of(self, pick: Pick) -> Options:
        """Value and label of each choice, in the draft's order."""
        if pick in _CLOSED:
            return _CLOSED[pick]
        if pick is Pick.CERTIFICATIONS:
            return self.certifications
        if pick is Pick.SOURCES:
            return tuple((key, f"{key}, {title}") for key, title in self._named("sources", "title"))
        if pick is Pick.FACTS:
            return (*self._named("facts", "ask"), *BUILT_IN.items())
        return self._named(pick.value, "name")

    def _named(self, part: str, label: str) -> Options:
        return tuple(
            (str(row["key"]), str(row.get(label) or row["key"]))
            for row in rows(self.raw.get(part))
            if isinstance(row.get("key"), str)
        )


def rows(value: Any) -> Iterable[Mapping[str, Any]]:
    """The tables of a list, whatever else an edited document may hold there."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
