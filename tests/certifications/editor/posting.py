"""What a browser would post for a page of the editor, as far as the page shows what stands in the document."""

from collections.abc import Iterable, Mapping
from typing import Any

from certifications.editor.fields import Field, fields_at, fields_of
from certifications.editor.reading import ON, value_at
from certifications.editor.values import shown

Sent = dict[str, list[str]]


def posted(raw: Mapping[str, Any], at: str = "", parts: Iterable[str] | None = None) -> Sent:
    """Everything that the form for the table at a path holds; of the document only some parts."""
    sent: Sent = {}
    found = fields_at(at)
    assert found is not None
    chosen = [one for one in found[1] if parts is None or one.name in set(parts)]
    _table(chosen, value_at(raw, at), at, sent)
    return sent


def _table(fields: Iterable[Field], table: Mapping[str, Any], at: str, sent: Sent) -> None:
    for one in fields:
        name = f"{at}.{one.name}" if at else one.name
        value = table.get(one.name)
        if one.model is None:
            sent.update({key: values for key, values in shown(one, value, name).items() if values})
        elif one.widget == "rows":
            for place, row in enumerate([] if one.own_page else value or []):
                _table(fields_of(one.model), row, f"{name}.{place}", sent)
        elif not name.endswith(".except.except") and (one.widget == "part" or value is not None):
            if one.widget == "optional":
                sent[f"{name}{ON}"] = ["yes"]
            _table(fields_of(one.model), value or {}, name, sent)


def own_pages(raw: Mapping[str, Any], at: str = "") -> list[str]:
    """The paths of all rows with a page of their own, the inner ones after those they lie in."""
    found = fields_at(at)
    table = value_at(raw, at)
    paths = []
    for one in found[1] if found else ():
        name = f"{at}.{one.name}" if at else one.name
        value = table.get(one.name)
        if one.widget == "rows" and one.own_page:
            for place in range(len(value or [])):
                paths += [f"{name}.{place}", *own_pages(raw, f"{name}.{place}")]
        elif one.widget in ("part", "optional") and value and not name.endswith("select"):
            paths += own_pages(raw, name)
    return paths
