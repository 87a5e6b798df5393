"""The worked examples of a draft: which hold, why one does not, and taking what the rules say now."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from certifications.actions.drafts import Conflict, DraftClosed, TooLong
from certifications.actions.examples import ExampleGone, accept_result, remove_example
from certifications.drafting import LEAST_EXAMPLES, examples_of, publishable, read
from certifications.editor.desk import Desk
from certifications.forms.examples import AcceptForm
from certifications.models import RuleDraft
from certifications.rules.document import Document
from certifications.rules.trying import EXAMPLES, Step, Tried, facts_said, steps_of, try_example

from .draft_conflict import conflict_page
from .gate import draft_of, writer

PARTS = {"counts": EXAMPLES, "dates": "period_examples"}
WORDS = {part: word for word, part in PARTS.items()}


@require_safe
def examples(request: HttpRequest, pk: int) -> HttpResponse:
    """Every example, those that do not hold first."""
    draft = draft_of(request, pk)
    found = read(draft.raw)
    tried = examples_of(draft)
    order = sorted(tried, key=lambda one: one.holds)
    context = {
        "draft": draft, "troubles": [] if found.document else Desk(draft).troubles,
        "rows": [{"one": one, "url": _url(draft, one)} for one in order],
        "green": sum(one.holds for one in tried), "counted": bool(found.document), "least": LEAST_EXAMPLES,
        "few": sum(one.part == EXAMPLES for one in tried) < LEAST_EXAMPLES, "publishable": not publishable(draft),
    }  # fmt: skip
    return render(request, "rules/examples.html", context)


def _url(draft: RuleDraft, one: Tried) -> str:
    return reverse("certifications:draft_example", args=[draft.pk, WORDS[one.part], one.place + 1])


@require_http_methods(["GET", "HEAD", "POST"])
def example(request: HttpRequest, pk: int, part: str, number: int) -> HttpResponse:
    """One example: what it expects beside what comes out, the steps of the count, and accepting the new result."""
    draft = draft_of(request, pk)
    document = read(draft.raw).document
    one = next((one for one in examples_of(draft) if (WORDS[one.part], one.place + 1) == (part, number)), None)
    if one is None or document is None:
        raise Http404
    form = AcceptForm(request.POST if request.method == "POST" else None, initial={"lock_version": draft.lock_version})
    if request.method == "POST" and draft.in_work and form.is_valid():
        return _accept(request, draft, one, form)
    context = {
        "draft": draft, "one": one, "form": form, "part": part, "number": number, **_beside(draft, document, one),
    }  # fmt: skip
    return render(request, "rules/example.html", context, status=422 if form.is_bound and form.errors else 200)


def _beside(draft: RuleDraft, document: Document, one: Tried) -> dict[str, Any]:
    """The steps of the draft, beside those of the version it starts from where one fails that held there."""
    if one.part != EXAMPLES:
        return {}
    wanted = document.examples[one.place]
    found: dict[str, Any] = {
        "example": wanted,
        "facts": facts_said(document, wanted.facts),
    }
    now = steps_of(document, wanted)
    before: list[Step] = []
    if draft.base and not one.holds and try_example(draft.base.document, wanted).holds:
        before = steps_of(draft.base.document, wanted)
        found["base"] = draft.base
    found["steps"] = [
        {"now": step, "before": was, "differs": bool(was and step and was.counted != step.counted)}
        for step, was in zip_longest(now, before)
    ]
    return found


def _accept(request: HttpRequest, draft: RuleDraft, one: Tried, form: AcceptForm) -> HttpResponse:
    def act() -> str:
        accept_result(
            draft=draft, part=one.part, place=one.place, note=form.cleaned_data["note"],
            lock_version=form.cleaned_data["lock_version"], by=writer(request), at=clock.now(),
        )  # fmt: skip
        return "The new result is what the example expects now."

    return done(request, draft, act)


@require_POST
def remove(request: HttpRequest, pk: int, part: str, number: int) -> HttpResponse:
    """Take an example out of the draft."""
    draft = draft_of(request, pk)
    form = AcceptForm({**request.POST.dict(), "note": "-"})
    if part not in PARTS:
        raise Http404
    if not form.is_valid():
        return HttpResponseBadRequest()

    def act() -> str:
        remove_example(
            draft=draft, part=PARTS[part], place=number - 1, lock_version=form.cleaned_data["lock_version"],
            by=writer(request), at=clock.now(),
        )  # fmt: skip
        return "The example is removed."

    return done(request, draft, act)


def done(request: HttpRequest, draft: RuleDraft, act: Callable[[], str]) -> HttpResponse:
    """Carry out a write about an example and go back to the list, or say why it was not carried out."""
    back = reverse("certifications:draft_examples", args=[draft.pk])
    try:
        messages.success(request, act())
    except Conflict as conflict:
        return conflict_page(request, conflict, back)
    except (DraftClosed, TooLong) as problem:
        messages.warning(request, f"{problem} Nothing was saved.")
    except ExampleGone:
        messages.warning(request, "This example was changed or removed meanwhile. Look at the list again.")
    return redirect(back)
