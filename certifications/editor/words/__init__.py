"""What people read beside each field of a rule document, in the order in which they are asked."""

from __future__ import annotations

from typing import Any

from . import counting, head, needing

Labels = dict[str, tuple[str, str]]

# Model -> key -> label and help. What is not here is in no form; a test sees to it that all is here.
WORDS: dict[Any, Labels] = {**head.WORDS, **counting.WORDS, **needing.WORDS}
# Seldom used: shown on demand.
MORE: dict[Any, frozenset[str]] = {**head.MORE, **counting.MORE, **needing.MORE}
# Decided elsewhere: which rule set this is was chosen when it was made, its state when it is published.
FIXED: dict[Any, frozenset[str]] = head.FIXED
OPTIONS: dict[tuple[Any, str], dict[str, str]] = {**head.OPTIONS, **counting.OPTIONS, **needing.OPTIONS}
