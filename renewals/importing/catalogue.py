"""Certifications as people name them in lists."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property

from certifications.models import Certification, Level

_ROMAN = {
    "1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi", "7": "vii", "8": "viii", "9": "ix", "10": "x",
}  # fmt: skip
_LISTED = "The name of a certification as in our list"
_LONG_ENOUGH = 6
_MOST_GUESSED = 50  # names without a match for which the nearest is looked up: it takes time


class Unknown(ValueError):
    """No such certification or level. `column` says which of the two; `str()` of it what to write."""

    def __init__(self, column: str, expected: str) -> None:
        self.column = column
        super().__init__(expected)


class Catalogue:
    """Everything in the catalogue, by name, short name and slug."""

    def __init__(self) -> None:
        self._named: dict[str, dict[int, Certification]] = {}
        self._guessed: dict[str, str] = {}
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
            raise Unknown("certification", self._meant(_plain(name)))
        if len(found) > 1:
            names = " or ".join(sorted(f"{one.body} {one.name}" for one in found[:4]))
            raise Unknown("certification", f"Which one: {names}")
        return found[0], self._level(found[0], level)

    def _meant(self, name: str) -> str:
        """What to write in the place of a name that nobody has: the nearest one, where there is one."""
        if name not in self._guessed and len(self._guessed) < _MOST_GUESSED:
            near = get_close_matches(name[:100], self._long_names, 1, 0.7)
            found = next(iter(self._named[near[0]].values())) if near else None
            self._guessed[name] = f"{found.name}, if that is what is meant" if found else _LISTED
        return self._guessed.get(name, _LISTED)

    @cached_property
    def _long_names(self) -> list[str]:
        """Names long enough to be recognised with a slip in them."""
        return [name for name in self._named if len(name) >= _LONG_ENOUGH]

    def _level(self, certification: Certification, level: str) -> Level | None:
        if not level:
            return None
        rungs = list(certification.levels.all())
        wanted = _plain(level)
        last = wanted.removeprefix("level ")
        for said in (wanted, _ROMAN.get(last, wanted)):
            for rung in rungs:
                if said in (_plain(rung.code), _plain(rung.name), _plain(f"level {rung.code}")):
                    return rung
        names = ", ".join(rung.name for rung in rungs)
        raise Unknown("level", f"One of: {names}" if names else "Nothing: this certification has no levels")


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()
