"""A draft as text: edit all of it at once, take it away as a file, put a file in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.kept_forms import take
from certifications.actions.drafts import Conflict, DraftClosed, TooLong, save_raw
from certifications.comparing import Compared, compare_raw
from certifications.drafting import named_for, read
from certifications.forms.texts import MOST_SHOWN, RulesFileForm, RulesTextForm
from certifications.models import RuleDraft
from certifications.rules.parsing import Problem
from certifications.rules.writing import text_of

from .draft_conflict import conflict_page
from .gate import draft_of, writer

_WHERE = re.compile(r" \(at line [0-9]+, column ([0-9]+)\)")
MORE_NUMBERS = 200  # beside lines that are typed before the page is sent


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """All of a draft in one text. What cannot be read stays in the box, with the line of what is wrong."""
    draft = draft_of(request, pk)
    if not draft.in_work and request.method != "POST":
        return redirect("certifications:draft_compare", draft.pk)
    form = _text_form(request, draft)
    if request.method == "POST" and form.is_valid() and draft.in_work:
        return _save(request, draft, form.raw, form.cleaned_data["lock_version"], how="changed as text")
    shown = str(form["text"].value() or "")
    problems = form.problems if form.is_bound else read(draft.raw, shown).problems
    context = {
        "draft": draft, "form": form, "lines": _lines(shown, problems), "more": range(MORE_NUMBERS),
        "problems": [_told(shown, problem) for problem in problems[:MOST_SHOWN]], "number": len(problems),
        "saved": not form.is_bound,
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200 if draft.in_work else 409
    return render(request, "rules/text.html", context, status=status)


def _text_form(request: HttpRequest, draft: RuleDraft) -> RulesTextForm:
    sent = request.POST if request.method == "POST" else take(request)
    if sent is not None:
        return RulesTextForm(sent)
    return RulesTextForm(initial={"text": text_of(draft.raw), "lock_version": draft.lock_version})


def _lines(shown: str, problems: tuple[Problem, ...]) -> list[tuple[int, bool]]:
    """The numbers of the lines, each with whether something is wrong on it."""
    wrong = {problem.line for problem in problems}
    return [(number, number in wrong) for number in range(1, shown.count("\n") + 2)]


def _told(shown: str, problem: Problem) -> dict[str, Any]:
    lines = shown.splitlines()
    line = lines[problem.line - 1] if problem.line and problem.line <= len(lines) else ""
    message = _WHERE.sub(r" at column \1", problem.message)
    return {"line": problem.line, "path": problem.path, "message": message, "text": line.strip()[:120]}


def _save(
    request: HttpRequest, draft: RuleDraft, raw: Mapping[str, Any], lock_version: int, *, how: str
) -> HttpResponse:
    try:
        saved = save_raw(draft=draft, raw=raw, lock_version=lock_version, by=writer(request), at=clock.now(), how=how)
    except Conflict as conflict:
        return conflict_page(request, conflict, reverse("certifications:draft_text", args=[draft.pk]))
    except (DraftClosed, TooLong) as problem:
        messages.warning(request, f"{problem} Nothing was saved.")
        return redirect("certifications:draft_compare", draft.pk)
    if saved.lock_version == draft.lock_version:
        messages.info(request, "Nothing was changed.")
    elif saved.digest:
        messages.success(request, "The draft is saved.")
    else:
        messages.warning(request, "The draft is saved. What still keeps it from being published is named below.")
    return redirect("certifications:draft_text", draft.pk)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a file; the same that can be imported again."""
    draft = draft_of(request, pk)
    headers = {"Content-Disposition": f'attachment; filename="{draft.rule_set.slug}-draft.toml"'}
    return HttpResponse(text_of(draft.raw), content_type="application/toml; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file in the place of the draft: choose it, look at what would differ, then do it."""
    draft = draft_of(request, pk)
    if not draft.in_work:
        return redirect("certifications:draft_compare", draft.pk)
    if request.method == "POST" and "text" in request.POST:
        sure = RulesTextForm(request.POST)
        if sure.is_valid():
            raw = named_for(draft, sure.raw)
            return _save(request, draft, raw, sure.cleaned_data["lock_version"], how="replaced by a file")
        messages.warning(request, "The file did not arrive as it was. Choose it again.")
        return redirect("certifications:draft_import", draft.pk)
    form = RulesFileForm(request.POST, request.FILES) if request.method == "POST" else RulesFileForm()
    if request.method == "POST" and form.is_valid():
        return render(request, "rules/import_preview.html", _preview(draft, form))
    problems = [_told(form.text, problem) for problem in form.problems[:MOST_SHOWN]] if form.is_bound else []
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "rules/import.html", {"draft": draft, "form": form, "problems": problems}, status=status)


def _preview(draft: RuleDraft, form: RulesFileForm) -> dict[str, Any]:
    raw = named_for(draft, form.raw)
    found: Compared = compare_raw(draft.raw, raw)
    problems = read(raw, form.text).problems
    return {
        "draft": draft, "name": str(form.cleaned_data["file"].name)[:80], "text": form.text, "compared": found,
        "problems": [_told(form.text, problem) for problem in problems[:MOST_SHOWN]], "number": len(problems),
        "renamed": raw != form.raw, "lines": len(form.text.splitlines()),
        "comments": sum(line.lstrip().startswith("#") for line in form.text.splitlines()),
    }  # fmt: skip
