"""The catalogue file of a body: the body itself, its certifications and their levels."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from .document.base import ConfidenceWord, Key, Name, Strict, Text


class LevelEntry(Strict):
    """One rung of a certification's ladder and what it means."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    name: Name
    meaning: Text = ""
    needs: Text = ""


class CertificationEntry(Strict):
    """A certification, licence or micro-credential of the body."""

    key: Key
    name: Name
    short: Annotated[str, Field(min_length=1, max_length=12)]
    kind: Literal["certification", "licence", "micro-credential"] = "certification"
    field: Name
    specialty: Annotated[str, Field(max_length=160)] = ""
    meaning: Text = ""
    levels: Annotated[tuple[LevelEntry, ...], Field(max_length=20)] = ()
    ladder: Key | None = None  # take the levels of this ladder
    related: Annotated[tuple[Key, ...], Field(max_length=40)] = ()
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=500)] = ""


class Ladder(Strict):
    """Levels shared by several certifications of the body."""

    key: Key
    levels: Annotated[tuple[LevelEntry, ...], Field(min_length=1, max_length=20)]


class BodyFile(Strict):
    """One `body.toml`: everything about a certifying body that is not a rule."""

    format: Literal[1]
    key: Key
    name: Name
    full_name: Annotated[str, Field(max_length=200)] = ""
    trade: Name
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=500)] = ""
    meaning: Text = ""
    checked_on: date
    confidence: ConfidenceWord = "body"
    ladders: Annotated[tuple[Ladder, ...], Field(max_length=20)] = ()
    certifications: Annotated[tuple[CertificationEntry, ...], Field(min_length=1, max_length=300)]
