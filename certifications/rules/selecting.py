"""Which claims a selector means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from .document import Select


class Selectable(Protocol):
    """What a selector looks at."""

    @property
    def kind(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def reach(self) -> str: ...
    @property
    def topics(self) -> frozenset[str]: ...
    @property
    def shared(self) -> bool: ...


Below = Mapping[str, frozenset[str]]


class Matcher:
    """A selector made ready for many questions; categories include what is below them."""

    def __init__(self, select: Select, below: Below) -> None:
        self.select = select
        self.categories = frozenset().union(*(below.get(name, frozenset()) for name in select.category))
        self.excepted = Matcher(select.except_, below) if select.except_ else None

    def means(self, item: Selectable, category: str, *, carried: bool = False) -> bool:
        """Whether the selector means this item when it stands in `category`."""
        select = self.select
        if select.category and category not in self.categories:
            return False
        if (select.kind and item.kind not in select.kind) or (select.type and item.type not in select.type):
            return False
        if (select.format and item.format not in select.format) or (select.role and item.role not in select.role):
            return False
        if (select.reach and item.reach not in select.reach) or (select.topic and item.topics.isdisjoint(select.topic)):
            return False
        if (select.shared is not None and item.shared != select.shared) or (
            select.carried is not None and carried != select.carried
        ):
            return False
        return self.excepted is None or not self.excepted.means(item, category, carried=carried)


def selects(select: Select, item: Selectable, category: str, below: Below, *, carried: bool = False) -> bool:
    """The same for a single question."""
    return Matcher(select, below).means(item, category, carried=carried)
