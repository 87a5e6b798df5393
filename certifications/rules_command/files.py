"""Reading what the command line names: rule documents, packs, and case files."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field

from certifications import packs
from certifications.rules.document import DateFacts, Document, Question
from certifications.rules.document.base import Date, Key
from certifications.rules.parsing import MOST_BYTES, DocumentError, key_lines, parse_text, read_toml, validate
from certifications.rules.period_examples import period_of
from certifications.rules.versions import version_for

M = TypeVar("M", bound=BaseModel)
# A worked example is a case as well: what it says and expects is left aside.
ASIDE = frozenset({"say", "expect", "origin"})
# Stands for "today" where a file names no day: the first period is meant.
LONG_AGO = date(1900, 1, 1)


class WrongUse(Exception):
    """The command cannot be carried out as it was given: a file that is not there, a pack with nothing in it."""


class NotUsable(Exception):
    """A file was read and holds something that cannot be used; `lines` say what, one sentence each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class DatesFile(DateFacts):
    """What a period is worked out from, and which rules are meant where a pack has several."""

    rules: Key | None = None
    version: Annotated[str, Field(max_length=40)] | None = None


class CaseFile(Question, DatesFile):
    """A case to count: the same keys as a worked example, and dates to work the period out from."""

    as_of: Date


def document_at(path: Path) -> Document:
    """One rule document. Raises WrongUse and NotUsable."""
    try:
        return parse_text(text_of(path))
    except DocumentError as error:
        raise NotUsable([f"{path}: {problem}" for problem in error.problems]) from None


def text_of(path: Path) -> str:
    """The text of a file. Raises WrongUse and NotUsable."""
    if not path.exists():
        raise WrongUse(f"{path}: there is no such file")
    if path.is_dir():
        raise WrongUse(f"{path}: is a folder, not a file")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotUsable([f"{path}: the file is larger than {MOST_BYTES:,} bytes"])
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise NotUsable([f"{path}: is not UTF-8 text; save it as UTF-8"]) from None
    except OSError as error:
        raise WrongUse(f"{path}: {error.strerror or error}") from None


def case_at(path: Path) -> CaseFile:
    """A case file, TOML or JSON by its name. Raises WrongUse and NotUsable."""
    values, lines = _values(path)
    return _validated(path, CaseFile, values, lines)


def dates_at(path: Path) -> DatesFile:
    """The dates of a case file; what is there to be counted is left aside."""
    values, lines = _values(path)
    counted = CaseFile.model_fields.keys() - DatesFile.model_fields.keys()
    return _validated(path, DatesFile, {key: value for key, value in values.items() if key not in counted}, lines)


def _values(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The plain values of a case file, with dates that stand among the facts where they are looked for."""
    text = text_of(path)
    try:
        values = json.loads(text, parse_float=Decimal) if path.suffix == ".json" else read_toml(text)
    except DocumentError as error:
        raise NotUsable([f"{path}: {problem}" for problem in error.problems]) from None
    except (ValueError, RecursionError) as error:
        message = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise NotUsable([f"{path}: {message}"]) from None
    if not isinstance(values, dict):
        raise NotUsable([f"{path}: must be an object with keys such as as_of and activities"])
    values = {key: value for key, value in values.items() if key not in ASIDE}
    facts = values.get("facts")
    for key, fact in (("awarded", "awarded"), ("birth", "birth"), ("number", "period-number")):
        if isinstance(facts, dict) and fact in facts:
            values.setdefault(key, facts[fact])
    return values, {} if path.suffix == ".json" else key_lines(text)


_DAYS = {
    "the date of the award is needed": "write awarded, or starts and ends, or expiry (the date on the card)",
    "the date of birth is needed": "write birth, or starts and ends",
}


def unusable(path: Path, error: ValueError) -> NotUsable:
    """What a case file lacks for the dates of its period, and which key says it."""
    write = _DAYS.get(str(error))
    return NotUsable([f"{path}: {error}{f': {write}' if write else ''}"])


def _validated(path: Path, model: type[M], values: dict[str, Any], lines: dict[str, int]) -> M:
    try:
        return validate(model, values, lines=lines)
    except DocumentError as error:
        raise NotUsable([f"{path}: {problem}" for problem in error.problems]) from None


def document_for(path: Path, case: DatesFile) -> Document:
    """The document a case is counted by: the file itself, or of a pack the version that the dates decide.

    Raises WrongUse where a pack has several rule sets and the case does not say which.
    """
    if not path.is_dir():
        return document_at(path)
    reading = packs.read([path])
    if reading.problems:
        raise NotUsable([str(problem) for problem in reading.problems])
    documents = [one.document for one in reading.documents if case.rules in (None, one.document.rules.key)]
    documents = [one for one in documents if case.version in (None, one.rules.version)]
    keys = sorted({one.rules.key for one in documents})
    if not documents:
        named = [one for one in (case.rules, case.version and f"version {case.version}") if one]
        raise WrongUse(f"{path}: has no rules {' '.join(named)}".rstrip())
    if len(keys) > 1:
        raise WrongUse(f"{path}: has several rule sets, so the case must name one: rules = {' or '.join(keys)}")
    if case.version:
        return documents[0]
    span, _ = period_of(documents[-1], case, case.as_of or LONG_AGO)
    found = version_for(documents, span, case.as_of or span.last)
    if found is None:
        raise WrongUse(f"{path}: has drafts only, so the case must name one: version = ...")
    return found
