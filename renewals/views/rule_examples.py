"""A worked example from a real person with names removed: choose whom, look at what would be kept, take it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from pydantic import ValidationError

from accounts import clock
from accounts.plain_text import one_line
from certifications.actions.examples import save_example
from certifications.drafting import read
from certifications.models import RuleDraft
from certifications.rules.document import Document, Example
from certifications.rules.nameless import nameless
from certifications.rules.trying import EXAMPLES, facts_said, steps_of, taken, try_example
from certifications.views.draft_examples import PARTS, done
from certifications.views.gate import draft_of, writer
from renewals.example_people import MOST_SHOWN, candidates, record_of
from renewals.forms.rule_examples import SayForm


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The people whose record may be taken."""
    draft, user = draft_of(request, pk), writer(request)
    if _document(draft) is None:
        return _not_yet(request, draft)
    words = one_line(request.GET.get("q", ""))[:80]
    found = candidates(user, draft.rule_set, clock.today(user), words)
    context = {"draft": draft, "found": found, "words": words, "most": MOST_SHOWN}
    return render(request, "rules/example_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int, held: int) -> HttpResponse:
    """What would be kept of a record, and what the draft says about it; POST takes it."""
    draft, user = draft_of(request, pk), writer(request)
    document = _document(draft)
    if document is None:
        return _not_yet(request, draft)
    case = record_of(user, draft.rule_set, held, clock.today(user))
    if case is None:
        raise Http404
    first = {"say": f"A real record, {len(case.entries)} activities", "lock_version": draft.lock_version}
    form = SayForm(request.POST if request.method == "POST" else None, initial=first)
    say = form.cleaned_data["say"] if request.method == "POST" and form.is_valid() else str(first["say"])
    try:
        row = nameless(document, case, say)
        example = Example.model_validate({**row, "expect": {}})
        row["expect"] = taken(document, example)
    except (ValidationError, ValueError):
        messages.warning(request, "The draft cannot count this record. Choose another one.")
        return redirect("renewals:draft_example_person", draft.pk)
    if request.method == "POST" and form.is_valid():
        return _take(request, draft, row, form.cleaned_data["lock_version"])
    context = {"draft": draft, "form": form, **_shown(document, row)}
    return render(request, "rules/example_preview.html", context, status=422 if form.errors else 200)


def _shown(document: Document, row: dict[str, Any]) -> dict[str, Any]:
    example = Example.model_validate(row)
    return {
        "example": example, "figures": try_example(document, example).figures, "steps": steps_of(document, example),
        "facts": facts_said(document, example.facts),
    }  # fmt: skip


def _document(draft: RuleDraft) -> Document | None:
    """The rules of a draft that is in work, whatever its other examples are like."""
    if not draft.in_work:
        return None
    return read({key: value for key, value in draft.raw.items() if key not in PARTS.values()}).document


def _not_yet(request: HttpRequest, draft: RuleDraft) -> HttpResponse:
    reason = "The rules must make sense first: then examples can be counted."
    messages.warning(request, reason if draft.in_work else "This draft is not worked on any more.")
    return redirect("certifications:draft_examples", draft.pk)


def _take(request: HttpRequest, draft: RuleDraft, row: dict[str, Any], lock_version: int) -> HttpResponse:
    def act() -> str:
        save_example(
            draft=draft, part=EXAMPLES, place=None, row=row, lock_version=lock_version, by=writer(request),
            at=clock.now(), how="example added",
        )  # fmt: skip
        return "The example is saved, without names."

    return done(request, draft, act)
