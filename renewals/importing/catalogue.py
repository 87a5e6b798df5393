"""Certifications as people name them in lists."""

from __future__ import annotations

import re

from certifications.models import Certification, Level


class Unknown(ValueError):
    """No such certification or level. `column` says which of the two; `str()` of it what to write."""

    def __init__(self, column: str, expected: str) -> None:
        self.column = column
        super().__init__(expected)


class Catalogue:
    """Everything in the catalogue, by name, short name and slug."""

    def __init__(self) -> None:
        self._named: dict[str, dict[int, Certification]] = {}
        found = Certification.objects.catalogue().select_related("body").prefetch_related("levels").order_by("pk")
        for one in found:
            names = [one.name, one.slug]
            for body in (one.body.name, one.body.slug) if one.body else ():
                names += [f"{body} {one.name}", f"{body} {one.short}"]
            for name in [*names, one.short]:
                self._named.setdefault(_plain(name), {})[one.pk] = one

    def find(self, name: str, level: str) -> tuple[Certification, Level | None]:
        """The certification and level that are meant. Raises Unknown where that is not clear."""
        found = list(self._named.get(_plain(name), {}).values())
        if not found:
            raise Unknown("certification", "The name of a certification as in our list")
        if len(found) > 1:
            names = " or ".join(sorted(f"{one.body} {one.name}" for one in found[:4]))
            raise Unknown("certification", f"Which one: {names}")
        return found[0], self._level(found[0], level)

    def _level(self, certification: Certification, level: str) -> Level | None:
        if not level:
            return None
        rungs = list(certification.levels.all())
        wanted = _plain(level)
        for rung in rungs:
            if wanted in (_plain(rung.code), _plain(rung.name), _plain(f"level {rung.code}")):
                return rung
        names = ", ".join(rung.name for rung in rungs)
        raise Unknown("level", f"One of: {names}" if names else "Nothing: this certification has no levels")


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()
