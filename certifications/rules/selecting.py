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


def selects(select: Select, item: Selectable, category: str, below: Below, *, carried: bool = False) -> bool:
    """Whether `select` means this item when it stands in `category` (categories include what is below them)."""
    if select.category and not any(category in below.get(name, ()) for name in select.category):
        return False
    if select.kind and item.kind not in select.kind:
        return False
    if select.type and item.type not in select.type:
        return False
    if select.format and item.format not in select.format:
        return False
    if select.role and item.role not in select.role:
        return False
    if select.reach and item.reach not in select.reach:
        return False
    if select.topic and item.topics.isdisjoint(select.topic):
        return False
    if select.shared is not None and item.shared != select.shared:
        return False
    if select.carried is not None and carried != select.carried:
        return False
    return select.except_ is None or not selects(select.except_, item, category, below, carried=carried)
