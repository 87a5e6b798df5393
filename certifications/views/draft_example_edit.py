"""Making a worked example by hand, and changing one: fill it in, let the rules count it, say what must come out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.kept_forms import take
from accounts.models import User
from certifications.actions.examples import examples_in, save_example
from certifications.drafting import read
from certifications.forms.example import MOST_ROWS, NEW_ROWS, ExampleEdit
from certifications.forms.example_dates import DatesEdit
from certifications.models import RuleDraft
from certifications.rules.dates import add_months
from certifications.rules.document import Document
from certifications.rules.trying import EXAMPLES, steps_of

from .draft_examples import PARTS, done
from .gate import draft_of, writer

Edit = ExampleEdit | DatesEdit


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """An example that the draft does not have yet."""
    return _page(request, draft_of(request, pk), part, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, part: str, number: int) -> HttpResponse:
    """Change an example of the draft."""
    draft = draft_of(request, pk)
    if part not in PARTS or not 1 <= number <= len(examples_in(draft, PARTS[part])):
        raise Http404
    return _page(request, draft, part, number)


def _page(request: HttpRequest, draft: RuleDraft, part: str, number: int | None) -> HttpResponse:
    if part not in PARTS:
        raise Http404
    # Other examples must not keep one from being made right.
    document = read({key: value for key, value in draft.raw.items() if key not in PARTS.values()}).document
    if document is None or not draft.in_work:
        reason = "The rules must make sense first: then examples can be counted."
        messages.warning(request, reason if draft.in_work else "This draft is not worked on any more.")
        return redirect("certifications:draft_examples", draft.pk)
    kept = examples_in(draft, PARTS[part])[number - 1] if number else _first(document, part, writer(request))
    edited = _edit(request, document, draft, part, kept)
    does = request.POST.get("do", "") if request.method == "POST" else ""
    result: dict[str, Any] = {}
    if does == "more" and isinstance(edited, ExampleEdit):
        edited = _with_more(request, document, kept)
    elif does and edited.is_valid():
        edited, result = _counted(edited, take_result=does == "take")
        if does == "save" and not edited.errors:
            return _save(request, draft, part, number, edited)
    shown = does != "more" and edited.errors
    context = {
        "draft": draft, "part": part, "number": number, "edit": edited, "result": result,
        "problems": list(edited.problems()) if shown else [], "most": MOST_ROWS,
    }  # fmt: skip
    name = "rules/example_edit.html" if PARTS[part] == EXAMPLES else "rules/example_dates_edit.html"
    return render(request, name, context, status=422 if shown else 200)


def _edit(request: HttpRequest, document: Document, draft: RuleDraft, part: str, kept: dict[str, Any]) -> Edit:
    data = request.POST if request.method == "POST" else take(request)
    if PARTS[part] != EXAMPLES:
        return DatesEdit(document, kept, data, lock_version=draft.lock_version)
    start = request.GET.get("from", "")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 0
    return ExampleEdit(document, kept, data, lock_version=draft.lock_version, first=first)


def _first(document: Document, part: str, user: User) -> dict[str, Any]:
    """What a new example begins with: a period that ended yesterday, counted on its last day."""
    if PARTS[part] != EXAMPLES:
        return {}
    last = date(clock.today(user).year - 1, 12, 31)
    begins = add_months(last + timedelta(days=1), -(document.period.months or 12))
    return {"starts": begins.isoformat(), "ends": last.isoformat(), "as_of": last.isoformat()}


def _with_more(request: HttpRequest, document: Document, kept: dict[str, Any]) -> ExampleEdit:
    data = request.POST.copy()
    edited = ExampleEdit(document, kept, data)
    rows = min(len(edited.rows) + NEW_ROWS, MOST_ROWS)
    data["rows"] = str(rows)
    for place in range(len(edited.rows), rows):
        for name, value in (("amount", "1"), ("unit", "hour"), ("evidence", "on"), ("relevant", "on")):
            data[f"a{place}-{name}"] = value
    return ExampleEdit(document, kept, data)


def _counted(edited: Edit, *, take_result: bool) -> tuple[Edit, dict[str, Any]]:
    """What the rules say now about what was filled in; with `take_result` it becomes what must come out."""
    try:
        with_result = edited.with_result()
    except ValueError as error:
        edited.failed.append(f"It cannot be counted: {error}")
        return edited, {}
    if not with_result.is_valid():
        return with_result, {}
    result: dict[str, Any] = {"figures": with_result.figures()}
    if isinstance(edited, ExampleEdit):
        result["steps"] = steps_of(edited.document, edited.counted())
    return (with_result if take_result else edited), result


def _save(request: HttpRequest, draft: RuleDraft, part: str, number: int | None, edited: Edit) -> HttpResponse:
    row = edited.whole()
    if not row["expect"]:
        edited.failed.append("Say what must come out, or take what the rules say now")
        name = "rules/example_edit.html" if PARTS[part] == EXAMPLES else "rules/example_dates_edit.html"
        context = {"draft": draft, "part": part, "number": number, "edit": edited, "most": MOST_ROWS}
        return render(request, name, {**context, "problems": list(edited.problems())}, status=422)

    def act() -> str:
        save_example(
            draft=draft, part=PARTS[part], place=number - 1 if number else None, row=row,
            lock_version=edited.head.cleaned_data["lock_version"], by=writer(request), at=clock.now(),
            how="example changed" if number else "example added",
        )  # fmt: skip
        return "The example is saved."

    return done(request, draft, act)
