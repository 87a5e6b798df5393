"""What differs between two texts, line by line, with the lines around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 3


@dataclass(frozen=True)
class DiffLine:
    """A line of either text: its numbers, and whether it was added, removed, or stands in both (an empty word)."""

    what: str
    text: str
    old: int | None = None
    new: int | None = None

    @property
    def mark(self) -> str:
        return {"added": "+", "removed": "-"}.get(self.what, " ")


@dataclass(frozen=True)
class Hunk:
    """Lines that stand together."""

    lines: tuple[DiffLine, ...]

    @property
    def starts(self) -> int:
        """The line of the newer text where it begins, or of the older one where nothing of the newer is left."""
        return next((line.new for line in self.lines if line.new), self.lines[0].old or 1)


def hunks(old: str, new: str, around: int = AROUND) -> list[Hunk]:
    """The places where two texts differ, in order; none where they are the same."""
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > 2_000)  # exact is slow for long texts
    return [
        Hunk(tuple(_lines(before, after, group)))
        for group in matcher.get_grouped_opcodes(around)
        if any(code[0] != "equal" for code in group)
    ]


def _lines(
    before: list[str], after: list[str], group: list[tuple[str, int, int, int, int]]
) -> Iterator[DiffLine]:  # fmt: skip
    for code, old_start, old_end, new_start, new_end in group:
        if code == "equal":
            for step in range(old_end - old_start):
                yield DiffLine("", before[old_start + step], old_start + step + 1, new_start + step + 1)
            continue
        for place in range(old_start, old_end):
            yield DiffLine("removed", before[place], old=place + 1)
        for place in range(new_start, new_end):
            yield DiffLine("added", after[place], new=place + 1)
