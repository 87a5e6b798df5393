"""What a rules page is made of: sections of plain sentences, each with the source it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Document


@dataclass(frozen=True)
class Said:
    """A sentence, the key of its source, and whether it should be checked with the certifying body."""

    text: str
    source: str = ""
    check: bool = False


@dataclass(frozen=True)
class Item:
    """A rule by itself: its anchor on the page, its name, and what it says."""

    anchor: str
    title: str
    said: tuple[Said, ...] = ()
    url: str = ""
    lines: tuple[str, ...] = ()  # details that are shown on demand

    @property
    def common(self) -> Said | None:
        """The one source of all sentences, where there is one: then it needs to be shown once."""
        return common(self.said)


@dataclass(frozen=True)
class Table:
    """A table with one row an item; cells are texts."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of the rules under one heading."""

    key: str
    title: str
    said: tuple[Said, ...] = ()
    items: tuple[Item, ...] = ()
    table: Table | None = None

    @property
    def empty(self) -> bool:
        return not (self.said or self.items or self.table)

    @property
    def common(self) -> Said | None:
        """The one source of the section's own sentences, where there is one."""
        return common(self.said)

    @property
    def every(self) -> tuple[Said, ...]:
        """Every sentence of the section, those of its items included."""
        return (*self.said, *(one for item in self.items for one in item.said))


class Speaker:
    """Makes sentences of one document, each marked with its source.

    A fact without a source of its own is as sure as the document says it is as a whole.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._origins = {source.key: source.origin for source in document.sources}

    def sure(self, source: str) -> bool:
        """Whether the certifying body itself says it."""
        if source:
            return self._origins.get(source) == "body"
        return self.document.rules.confidence == "body"

    def say(self, text: str, source: str = "") -> Said:
        """A sentence with its source."""
        return Said(sentence(text), source, not self.sure(source))

    def all(self, texts: list[str], source: str = "") -> tuple[Said, ...]:
        """Sentences with one source; empty texts are left out."""
        return tuple(self.say(text, source) for text in texts if text)

    def own(self, texts: list[str]) -> tuple[Said, ...]:
        """Sentences of ours, about how we read and show the rules: there is nothing to check in them."""
        return tuple(Said(sentence(text)) for text in texts if text)


def common(said: tuple[Said, ...]) -> Said | None:
    """A stand-in for the source that several sentences share; None where they differ, or name none."""
    marks = {(one.source, one.check) for one in said}
    if len(said) < 2 or len(marks) > 1 or not said[0].source:
        return None
    return Said("", said[0].source, said[0].check)


def sentence(text: str) -> str:
    """A text with a capital in front and a full stop behind."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", ":")) else ".")


def anchor(part: str, key: str) -> str:
    """The place of a rule on the rules page: "cap-additional-education"."""
    return f"{part}-{key}"
