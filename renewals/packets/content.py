"""What a packet says, as plain values: complete enough to be printed in years to come, without engine or rules."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    # A packet that was frozen by a later release may say more than this one knows.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Loss(_Part):
    """Points of one activity that do not count."""

    points: str
    label: str
    text: str


class Confirmed(_Part):
    """An employer confirmed an activity as it is told here."""

    employer: int
    name: str
    on: date


class Row(_Part):
    """One activity. `number` runs through what counts; 0 for what does not count at all."""

    number: int = 0
    title: str
    since: date | None = None
    on: date
    kind: str = ""
    amount: str = ""
    provider: str = ""
    category: str = ""
    asked: str
    counted: str
    losses: tuple[Loss, ...] = ()
    files: tuple[int, ...] = ()
    lacks_evidence: bool = False
    confirmed: tuple[Confirmed, ...] = ()


class File(_Part):
    """A file of evidence, numbered in the order of the activities it proves."""

    number: int
    name: str
    media_type: str
    size: int
    sha256: str
    rows: tuple[int, ...]


class Category(_Part):
    name: str
    counted: str
    cap: str = ""


class Check(_Part):
    """A requirement besides the total."""

    text: str
    met: bool


class Packet(_Part):
    """Everything the packet says. Points are texts as people read them."""

    person: str
    certification: str
    body: str = ""
    number: str = ""
    start: date
    last_day: date
    rules: str
    rules_digest: str = ""
    made_on: date
    renewed_on: date | None = None
    reference: str = ""
    unit: str
    asked: str
    counted: str
    needed: str
    not_counted: str
    complete: bool
    satisfied_by: str = ""
    categories: tuple[Category, ...] = ()
    checks: tuple[Check, ...] = ()
    rows: tuple[Row, ...] = ()
    left_out: tuple[Row, ...] = ()
    files: tuple[File, ...] = ()
    appendix: bool = True  # whether what does not count is part of it
    evidence: bool = True  # whether the evidence is part of it

    @property
    def canonical(self) -> str:
        """The same packet always gives the same text."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @property
    def title(self) -> str:
        return f"Renewal packet: {self.certification}"

    @property
    def lacking(self) -> int:
        """How many activities count and lack the evidence that the rules want."""
        return sum(row.lacks_evidence for row in self.rows)

    def without_appendix(self) -> Packet:
        """Without what does not count: whoever sends it may leave that out."""
        return self.model_copy(update={"left_out": (), "appendix": False})

    def seen_by(self, employer: int, *, evidence: bool) -> Packet:
        """As this employer may see it: no word of another employer, files only where they are shared."""
        changed = {
            name: tuple(_seen_by(row, employer, evidence=evidence) for row in rows)
            for name, rows in (("rows", self.rows), ("left_out", self.left_out))
        }
        return self.model_copy(update={**changed, "files": self.files if evidence else (), "evidence": evidence})


def _seen_by(row: Row, employer: int, *, evidence: bool) -> Row:
    kept = tuple(one for one in row.confirmed if one.employer == employer)
    hidden = {} if evidence else {"files": (), "lacks_evidence": False}
    return row.model_copy(update={"confirmed": kept, **hidden})


def packet_from(canonical: str) -> Packet:
    """A packet that was kept, read back."""
    return Packet.model_validate_json(canonical)
