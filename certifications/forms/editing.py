"""What was posted from the editor: the document it makes, and which button was pressed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.http import QueryDict

from certifications.editor.fields import fields_at, list_at
from certifications.editor.reading import merged, operate, put, value_at, with_keys
from certifications.models import RuleDraft
from certifications.rules.parsing import DocumentError, parse
from certifications.rules.raw import as_raw, unfit, unfit_character

_ACT = re.compile(r"(save|go|add|up|down|remove)(?::([a-z0-9_.-]{1,120}))?")


class Edit:
    """One posted page of the editor: some fields of the table at `at`, and what its button asks for.

    The page carries the table as it was read (`read`), so that what was meant can be told even when somebody else
    has changed the draft meanwhile.
    """

    def __init__(self, sent: QueryDict, draft: RuleDraft, *, at: str, parts: Iterable[str]) -> None:
        self._sent, self._draft, self.at, self._parts = sent, draft, at, tuple(parts)
        found = _ACT.fullmatch(sent.get("act", "save"))
        self.act, self.target = (found[1], found[2] or "") if found else ("save", "")
        version = sent.get("lock_version", "")
        self.lock_version = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0

    @staticmethod
    def kept(raw: Mapping[str, Any], at: str, parts: Iterable[str]) -> str:
        """The table as text for the page; of the document only the parts that the page edits itself."""
        table = value_at(raw, at)
        if not at:
            own = {one.name for one in _document_fields() if one.own_page}
            table = {name: raw[name] for name in parts if name in raw and name not in own}
        return json.dumps(table, ensure_ascii=False)

    @cached_property
    def stale(self) -> bool:
        """Whether somebody changed the draft since the page was read."""
        return self.lock_version != self._draft.lock_version

    @cached_property
    def _posted(self) -> dict[str, list[str]]:
        return {
            name: ["".join(one for one in value if not unfit_character(one)) for value in values]
            for name, values in self._sent.lists()
        }

    @cached_property
    def raw(self) -> dict[str, Any]:
        """The whole document as it becomes."""
        where, raw = self._meant()
        raw = merged(raw, where, self._parts, self._moved(where))
        for path in self._lists(raw, where):
            raw = with_keys(raw, path)
        if self.stale or self.act not in ("add", "up", "down", "remove"):
            return raw
        of = list_at(self.target)
        if self.act == "add" and of and of.own_page:
            return raw
        return operate(raw, self.act, self.target) or raw

    def _moved(self, where: str) -> dict[str, list[str]]:
        """What was posted, under the names that the table has where it stands now."""
        if where == self.at:
            return self._posted
        old = f"{self.at}."
        return {
            f"{where}.{name.removeprefix(old)}" if name.startswith(old) else name: values
            for name, values in self._posted.items()
        }

    def _meant(self) -> tuple[str, dict[str, Any]]:
        """Where the posted table stands now, and the document with that table as it was read."""
        raw = dict(self._draft.raw)
        read = self._read() if self.stale else None
        if read is None:
            return self.at, raw
        if not self.at:
            return "", {**raw, **read}
        around = self.at.rpartition(".")[0]
        rows = value_at(raw, around)
        there = rows if isinstance(rows, list) else []
        same = [
            place for place, row in enumerate(there) if isinstance(row, Mapping) and row.get("key") == read.get("key")
        ]
        where = f"{around}.{same[0] if same and read.get('key') else len(there)}"
        return where, dict(put(raw, where, read))

    def _read(self) -> dict[str, Any] | None:
        try:
            read = json.loads(self._sent.get("read", ""), parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            return None
        return as_raw(read) if isinstance(read, dict) and not unfit(read) else None

    def _lists(self, raw: Mapping[str, Any], where: str) -> list[str]:
        """The lists whose rows may have got names on this page."""
        found = fields_at(where)
        table = value_at(raw, where)
        inside = [
            f"{where}.{one.name}" if where else one.name for one in (found[1] if found else ())
            if one.widget == "rows" and isinstance(table, Mapping) and isinstance(table.get(one.name), list)
        ]  # fmt: skip
        deeper = ["period.nested", "period.reinstatement"] if not where and "period" in self._parts else []
        own = [where.rpartition(".")[0]] if where else []
        return [*own, *inside, *(path for path in deeper if value_at(raw, path))]

    @property
    def empty(self) -> bool:
        """Whether a new row was opened and nothing was entered."""
        there = value_at(self._draft.raw, self.at.rpartition(".")[0]) if self.at else None
        place = self.at.rpartition(".")[2]
        new = bool(self.at) and int(place) >= (len(there) if isinstance(there, list) else 0)
        return new and not self.stale and value_at(self.raw, self.at) == {}

    def wrong(self, raw: Mapping[str, Any]) -> bool:
        """Whether something on this page is still to be put right."""
        try:
            parse(raw)
        except DocumentError as error:
            return any(one.path == self.at or one.path.startswith(f"{self.at}.") for one in error.problems)
        return False


def _document_fields() -> tuple[Any, ...]:
    found = fields_at("")
    return found[1] if found else ()
