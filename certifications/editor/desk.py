"""A draft on the desk: its document or what is wrong with it, its words, and what changed against its base."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..models import RuleDraft
from ..rules.changed import changes
from ..rules.document import Document
from ..rules.parsing import DocumentError, Problem, parse
from ..rules.wording import Section, sections
from .picks import Choices, rows
from .pruning import readable
from .rooms import ROOMS, Room, room_of
from .showing import Showing
from .telling import Trouble, troubles

# Part of the document -> what the words about its rows are marked with.
MARKS = {
    "sources": "source", "categories": "category", "kinds": "kind", "minimums": "minimum", "caps": "cap",
    "alternatives": "alternative", "events": "event", "escalations": "escalation", "facts": "fact",
    "money.fees": "fee",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One section in the list of sections: how much stands there, changed and wrong."""

    room: Room
    rows: int
    changed: int
    troubles: int


class Desk:
    """Everything the editor's pages show of one draft. `raw` may be other values than those stored."""

    def __init__(self, draft: RuleDraft, raw: Mapping[str, Any] | None = None) -> None:
        self.draft = draft
        self.raw: Mapping[str, Any] = draft.raw if raw is None else raw

    @cached_property
    def _read(self) -> tuple[Document | None, tuple[Problem, ...]]:
        try:
            return parse(self.raw), ()
        except DocumentError as error:
            return None, tuple(error.problems)

    @property
    def document(self) -> Document | None:
        """The document that the values make; None where something is wrong."""
        return self._read[0]

    @cached_property
    def troubles(self) -> list[Trouble]:
        return troubles(self.raw, self._read[1])

    @cached_property
    def base(self) -> dict[str, Any] | None:
        """The version that the draft changes, as plain values."""
        return json.loads(self.draft.base.canonical) if self.draft.base else None

    @cached_property
    def changed(self) -> list[str]:
        """The key paths of all values that differ from the base."""
        if self.base is None:
            return []
        now = self.document.plain() if self.document else self.raw
        return [one.path for one in changes(self.base, now)]

    @cached_property
    def _spoken(self) -> tuple[tuple[Section, ...], bool]:
        """The words, and whether something that is wrong was left out of them."""
        document, left_out = (self.document, False) if self.document else readable(self.raw)
        if document is None:
            return (), True
        try:
            return sections(document), left_out
        except LookupError:  # a name that leads nowhere, which is named as such
            return (), True

    @property
    def said(self) -> tuple[Section, ...]:
        """The rules in plain words, the same that holders read; what is to be put right is left out."""
        return self._spoken[0]

    @property
    def left_out(self) -> bool:
        return self._spoken[1]

    def words_of(self, room: Room) -> list[Section]:
        """The words beside one section of the editor."""
        return [section for section in self.said if section.key in room.words]

    @cached_property
    def standings(self) -> list[Standing]:
        """Every section, with what stands there."""
        return [self._standing(room) for room in ROOMS]

    def _standing(self, room: Room) -> Standing:
        number = sum(len(list(rows(self.raw.get(part)))) for part in room.parts)
        return Standing(
            room, number, sum(room_of(path.split(" ")[0]) == room for path in self.changed),
            sum(one.room == room for one in self.troubles),
        )  # fmt: skip

    @cached_property
    def _choices(self) -> Choices:
        body = self.draft.rule_set.body
        known = body.certifications.order_by("name").values_list("slug", "name") if body else ()
        return Choices(self.raw, tuple(known))

    @cached_property
    def showing(self) -> Showing:
        """What makes the fields of the forms."""
        return Showing(self.raw, self.base, self._choices, self.troubles, self._row_words)

    @property
    def _row_words(self) -> dict[str, tuple[str, ...]]:
        """The sentences about each row, by its path."""
        items = {item.anchor: item for section in self.said for item in section.items}
        found = {}
        for part, mark in MARKS.items():
            inside: Any = self.raw
            for name in part.split("."):
                inside = inside.get(name) if isinstance(inside, Mapping) else None
            for place, row in enumerate(inside if isinstance(inside, list) else ()):
                item = items.get(f"{mark}-{row.get('key')}") if isinstance(row, Mapping) else None
                if item:
                    found[f"{part}.{place}"] = tuple(one.text for one in item.said)
        return found
