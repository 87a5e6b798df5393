"""Rule packs as files: one folder a body, one TOML file a version. Reading and checking; no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .rules.catalogue import BodyFile
from .rules.document import Document
from .rules.examples import Failure, run_example, run_period_example
from .rules.parsing import MOST_BYTES, DocumentError, Problem, key_lines, line_of, parse_text, read_toml, validate

SHIPPED = Path(__file__).resolve().parent / "rule_packs"
BODY_FILE = "body.toml"


@dataclass(frozen=True)
class PackProblem:
    """One thing wrong in one file."""

    path: Path
    problem: Problem

    def __str__(self) -> str:
        name = f"{self.path.parent.name}/{self.path.name}" if self.path.parent.name else self.path.name
        return f"{name}: {self.problem}"


@dataclass(frozen=True)
class VersionFile:
    """A rule document and the file it came from."""

    path: Path
    document: Document
    lines: dict[str, int]


@dataclass(frozen=True)
class Pack:
    """A body with its catalogue and all versions of its rule sets."""

    folder: Path
    body: BodyFile
    versions: tuple[VersionFile, ...]


@dataclass(frozen=True)
class Reading:
    """What was read from some paths, and everything that is wrong with it."""

    packs: tuple[Pack, ...]
    loose: tuple[VersionFile, ...]  # rule documents given one by one, without their body
    problems: tuple[PackProblem, ...]

    @property
    def documents(self) -> tuple[VersionFile, ...]:
        return (*(version for pack in self.packs for version in pack.versions), *self.loose)

    @property
    def examples(self) -> int:
        """How many worked examples there are."""
        return sum(len(one.document.examples) + len(one.document.period_examples) for one in self.documents)


def read(paths: Sequence[Path] = (SHIPPED,)) -> Reading:
    """Read packs (a folder with body.toml), folders of packs, and single documents; run all their examples.

    Never raises for bad content: everything wrong is in `problems`, and what is wrong is not in `packs`.
    """
    packs: list[Pack] = []
    loose: list[VersionFile] = []
    problems: list[PackProblem] = []
    for path in paths:
        if path.is_file():
            loose += _document(path, problems)
            continue
        folders = _folders(path)
        if not folders:
            message = f"holds no pack: no folder with a {BODY_FILE}" if path.exists() else "does not exist"
            problems.append(PackProblem(path, Problem("", message)))
        packs += [pack for folder in folders for pack in _pack(folder, problems)]
    problems += _between(packs)
    for version in (*(one for pack in packs for one in pack.versions), *loose):
        problems += _inside(version)
    return Reading(tuple(packs), tuple(loose), tuple(problems))


def _folders(path: Path) -> list[Path]:
    if (path / BODY_FILE).is_file():
        return [path]
    return sorted(file.parent for file in path.glob(f"*/{BODY_FILE}"))


def _text(path: Path, problems: list[PackProblem]) -> str | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"the file is larger than {MOST_BYTES:,} bytes")
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        message = "is not UTF-8 text; save it as UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        problems.append(PackProblem(path, Problem("", message)))
        return None


def _document(path: Path, problems: list[PackProblem]) -> Iterator[VersionFile]:
    text = _text(path, problems)
    if text is None:
        return
    try:
        yield VersionFile(path, parse_text(text), key_lines(text))
    except DocumentError as error:
        problems += [PackProblem(path, problem) for problem in error.problems]


def _pack(folder: Path, problems: list[PackProblem]) -> Iterator[Pack]:
    files = [file for file in sorted(folder.glob("*.toml")) if file.name != BODY_FILE]
    versions = [one for file in files for one in _document(file, problems)]
    path = folder / BODY_FILE
    text = _text(path, problems)
    if text is None:
        return
    lines = key_lines(text)
    try:
        body = validate(BodyFile, read_toml(text), lines=lines)
    except DocumentError as error:
        problems += [PackProblem(path, problem) for problem in error.problems]
        return
    problems += [PackProblem(path, Problem(where, what, line_of(lines, where))) for where, what in _catalogue(body)]
    if folder.name != body.key:
        problems.append(PackProblem(path, Problem("key", f"is {body.key!r}, but the folder is {folder.name!r}")))
    yield Pack(folder, body, tuple(versions))


def _catalogue(body: BodyFile) -> Iterator[tuple[str, str]]:
    """Names in a catalogue that lead nowhere or stand twice."""
    ladders = {ladder.key for ladder in body.ladders}
    keys = [entry.key for entry in body.certifications]
    for position, entry in enumerate(body.certifications):
        path = f"certifications.{position}"
        if keys.index(entry.key) != position:
            yield f"{path}.key", f"{entry.key!r} is used twice"
        if entry.ladder and entry.ladder not in ladders:
            yield f"{path}.ladder", f"there is no ladder {entry.ladder!r}"
        if entry.ladder and entry.levels:
            yield f"{path}.levels", "give levels or a ladder, not both"
        for other in entry.related:
            if other not in keys:
                yield f"{path}.related", f"there is no certification {other!r}"


def _between(packs: Iterable[Pack]) -> Iterator[PackProblem]:
    """What documents say of their body, and of each other."""
    owner: dict[str, str] = {}
    seen: dict[tuple[str, str], Path] = {}
    for pack in packs:
        known = {entry.key for entry in pack.body.certifications}
        for version in pack.versions:
            for where, what in _of_body(version.document, pack.body.key, known):
                yield _problem(version, where, what)
            rules = version.document.rules
            if owner.setdefault(rules.key, pack.body.key) != pack.body.key:
                yield _problem(version, "rules.key", f"{rules.key!r} is a rule set of {owner[rules.key]!r} already")
            elif (rules.key, rules.version) in seen:
                other = seen[rules.key, rules.version].name
                yield _problem(version, "rules.version", f"{rules.version!r} is in {other} already")
            seen[rules.key, rules.version] = version.path


def _of_body(document: Document, body: str, known: set[str]) -> Iterator[tuple[str, str]]:
    if document.rules.body != body:
        yield "rules.body", f"is {document.rules.body!r}, but the folder is {body!r}"
    for key in document.rules.certifications:
        if key not in known:
            yield "rules.certifications", f"there is no certification {key!r} in {BODY_FILE}"
    for position, other in enumerate(document.renewed_by):
        if other.certification and other.certification not in known:
            where = f"renewed_by.{position}.certification"
            yield where, f"there is no certification {other.certification!r} in {BODY_FILE}"


def _inside(version: VersionFile) -> Iterator[PackProblem]:
    """What is wrong with a document that makes sense: examples that do not hold."""
    document = version.document
    for position, example in enumerate(document.examples):
        yield from _failed(version, f"examples.{position}", partial(run_example, document, example))
    for position, period_example in enumerate(document.period_examples):
        yield from _failed(
            version, f"period_examples.{position}", partial(run_period_example, document, period_example)
        )


def _failed(version: VersionFile, where: str, run: Callable[[], list[Failure]]) -> Iterator[PackProblem]:
    try:
        failures = run()
    except ValueError as error:  # a date the period rules need is missing
        yield _problem(version, where, str(error))
        return
    for failure in failures:
        what = f"should be {failure.expected} and is {failure.found} ({failure.example})"
        yield _problem(version, f"{where}.expect.{failure.what}", what)


def _problem(version: VersionFile, where: str, what: str) -> PackProblem:
    return PackProblem(version.path, Problem(where, what, line_of(version.lines, where)))
