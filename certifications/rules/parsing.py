"""Text of a rule document -> Document, or every error at once with its key path and line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .document import Document
from .messages import message, syntax
from .sense import contradictions
from .unfit import unfit

M = TypeVar("M", bound=BaseModel)
MOST_BYTES = 500_000
MOST_TABLES = 6_000  # everything a document may hold, and its examples, make a few thousand
MOST_DOTS = 30  # of one dotted key; a reader of TOML builds as many tables in each other
MOST_PROBLEMS = 1_000  # named one by one
LONGEST_PATH = 200
LONGEST_LINE = 4_000  # for telling where a key stands


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a document: where (key path and line, if known) and what."""

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.path}: {self.message}" if self.path else f"{where}{self.message}"


class DocumentError(ValueError):
    """A document that cannot be used; `problems` holds all that is wrong with it."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems[:20]))


def read_toml(text: str) -> dict[str, Any]:
    """Read TOML with exact decimals. Raises DocumentError with the line of a syntax error."""
    text = text.removeprefix("\ufeff")  # some editors put a mark before UTF-8
    if len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        raise DocumentError([Problem("", f"the file is larger than {MOST_BYTES:,} bytes")])
    if len(_TABLE.findall(text)) > MOST_TABLES:
        raise DocumentError([Problem("", f"the file has more than {MOST_TABLES:,} tables")])
    if line := _too_deep(text):
        raise DocumentError([Problem("", "a key is nested too deeply", line)])
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        last = len(text.splitlines())
        line = int(place[1]) if place else last
        raise DocumentError([Problem("", syntax(str(error), line), line)]) from None
    except (RecursionError, ValueError) as error:
        why = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise DocumentError([Problem("", why)]) from None


_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_CHAIN = re.compile(r"[A-Za-z0-9_\-. \t]+")


def _too_deep(text: str) -> int | None:
    """The line of a dotted key with more parts than any document has use for."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > MOST_DOTS:
            bare = _STRING.sub("", line).partition("#")[0]
            if any(chain.count(".") > MOST_DOTS for chain in _CHAIN.findall(bare)):
                return number
    return None


def parse_text(text: str) -> Document:
    """A rule document from TOML text. Raises DocumentError naming everything that is wrong."""
    values, lines = read_toml(text), key_lines(text)
    strange, found = _unfit(values, lines), []
    try:
        document = parse(values, lines=lines)
    except DocumentError as error:
        found = error.problems
    named = {problem.path for problem in found}
    if found := [*found, *(problem for problem in strange if problem.path not in named)]:
        raise DocumentError(found)
    return document


def fit_values(text: str) -> dict[str, Any]:
    """The values of a TOML text. Raises DocumentError where it cannot be read, or holds what no draft may hold."""
    values = read_toml(text)
    if found := _unfit(values, key_lines(text)):
        raise DocumentError(found)
    return values


def _unfit(values: dict[str, Any], lines: dict[str, int]) -> list[Problem]:
    return [Problem(path, wrong, line_of(lines, path)) for path, wrong in unfit(values)]


def parse(raw: Any, *, lines: dict[str, int] | None = None) -> Document:
    """A rule document from plain values, checked for shape and for sense.

    Raises DocumentError with all problems; `lines` maps key paths to lines of the text they came from.
    """
    document = validate(Document, raw, lines=lines or {})
    found = [Problem(path, wrong, line_of(lines or {}, path)) for path, wrong in contradictions(document)]
    if found:
        raise DocumentError(found)
    return document


def validate(model: type[M], raw: Any, *, lines: dict[str, int]) -> M:
    """Check plain values against a model; raises DocumentError with every field's problem."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = []
        for item in error.errors(include_url=False)[:MOST_PROBLEMS]:
            path = ".".join(str(part) for part in item["loc"])[:LONGEST_PATH]
            problems.append(Problem(path, message(item, model), line_of(lines, path)))
        if error.error_count() > MOST_PROBLEMS:
            problems.append(Problem("", f"and {error.error_count() - MOST_PROBLEMS:,} more such problems"))
        raise DocumentError(problems) from None
    except RecursionError:
        raise DocumentError([Problem("", "is nested too deeply")]) from None


_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(#.*)?$")
_PAIR = re.compile(r"^\s*([A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*)\s*=")
_OPENS = re.compile(r"\s*\[\s*(#.*)?")


def key_lines(text: str) -> dict[str, int]:
    """The line of every table and key of a TOML text, by dotted path with list positions.

    Tables of a list that each begin on a line of their own are found as well.
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = many = ""
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LONGEST_LINE:
            continue
        if many and line.startswith("]"):
            many = ""
        elif many and line.lstrip().startswith("{"):
            counts[many] = counts.get(many, -1) + 1
            found.setdefault(f"{many}.{counts[many]}", number)
        elif header := _HEADER.match(line):
            prefix = _header_path(header[2].replace(" ", ""), header[1] == "[[", counts)
            found.setdefault(prefix, number)
        elif pair := _PAIR.match(line):
            path = f"{prefix}.{pair[1]}" if prefix else pair[1]
            found.setdefault(path, number)
            many = path if _OPENS.fullmatch(line, pair.end()) else ""
    return found


def _header_path(name: str, many: bool, counts: dict[str, int]) -> str:
    path = ""
    parts = name.split(".")
    for position, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        if many and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}.{counts[path]}"
    return path


def line_of(lines: dict[str, int], path: str) -> int | None:
    """The line of a key path, or of the nearest table around it."""
    while path:
        for known in (path, f"{path}.0"):  # the second: a list where a table should be
            if known in lines:
                return lines[known]
        path = path.rpartition(".")[0]
    return None
