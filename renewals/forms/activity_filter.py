"""The filter above the list of activities. What it does not know it ignores: an old link still shows the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.text_fields import LineField
from activities.queries import Show, Wanted
from certifications.models import HeldCertification
from certifications.rules.words import GROUP_LABELS

SHOWN = {
    Show.ALL: "All",
    Show.COUNTED: "Counted",
    Show.PARTLY: "Partly counted",
    Show.NOT_COUNTED: "Not counted",
    Show.UNPROVEN: "Counted without evidence",
}


class ActivityFilter(forms.Form):
    """Search words, certification, kind, and what became of the points."""

    mark_optional = False
    use_required_attribute = False

    q = LineField(required=False, label="Search", widget=forms.TextInput(attrs={"type": "search"}))
    cert = forms.ChoiceField(required=False, label="Certification")
    kind = forms.ChoiceField(
        required=False,
        label="Kind",
        choices=[("", "All"), *((key.value, label) for key, label in GROUP_LABELS.items())],
    )
    show = forms.ChoiceField(required=False, label="Show", choices=[(key.value, label) for key, label in SHOWN.items()])

    def __init__(self, query: Any, held: Sequence[HeldCertification]) -> None:
        given = _known(query, held)
        super().__init__(initial=given, auto_id="filter_%s")
        self.given = given
        self.fields["cert"].choices = [("", "All"), *((str(one.pk), str(one)) for one in held)]  # type: ignore[attr-defined]
        if len(held) < 2:
            del self.fields["cert"]

    @property
    def wanted(self) -> Wanted:
        """What is asked for, as a search."""
        cert = self.given["cert"]
        return Wanted(self.given["q"], int(cert) if cert else None, self.given["kind"], Show(self.given["show"]))


def _known(query: Any, held: Sequence[HeldCertification]) -> dict[str, str]:
    """The parts of a query string that mean something here; the first of each name counts."""
    given = {name: (query.getlist(name) or [""])[0] for name in ("q", "cert", "kind", "show")}
    return {
        "q": LineField(required=False).to_python(given["q"][:200]),
        "cert": given["cert"] if given["cert"] in {str(one.pk) for one in held} else "",
        "kind": given["kind"] if given["kind"] in {key.value for key in GROUP_LABELS} else "",
        "show": given["show"] if given["show"] in {key.value for key in Show} else "",
    }
