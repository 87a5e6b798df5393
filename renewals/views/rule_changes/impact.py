"""Who is affected if this draft is published: counted on everybody, with live progress (S22)."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.spreadsheets.writing import write_csv
from certifications.actions.drafts import Conflict, DraftClosed
from certifications.models import RuleDraft
from certifications.rules.parsing import DocumentError
from certifications.views.gate import draft_of, writer
from renewals.actions.publishing import set_terms
from renewals.actions.simulating import (
    NothingToResume,
    cancel_simulation,
    resume_simulation,
    shards_to_do,
    start_simulation,
)
from renewals.forms.rule_terms import TermsForm, initial_of
from renewals.impact.publication import Readiness, readiness
from renewals.impact.reading import HEADINGS, earlier_runs, groups, named_rows, progress_of, table, tallies
from renewals.models import Change, Simulation
from renewals.tasks import simulate_shard

_MOST_GROUPS = 50


@require_http_methods(["GET", "HEAD", "POST"])
def impact(request: HttpRequest, pk: int) -> HttpResponse:
    """The impact as counted last; POST counts it, with other terms, or stops and goes on."""
    draft = draft_of(request, pk)
    if request.method == "POST" and draft.in_work:
        return _do(request, draft)
    return _page(request, draft)


def _do(request: HttpRequest, draft: RuleDraft) -> HttpResponse:
    simulation = Simulation.objects.newest_of(draft)
    do = request.POST.get("do", "")
    if do == "stop" and simulation:
        cancel_simulation(simulation=simulation, by=writer(request), at=clock.now())
    elif do == "resume" and simulation:
        try:
            resume_simulation(simulation=simulation, by=writer(request), at=clock.now())
        except NothingToResume:
            messages.info(request, "There is nothing to go on with.")
        _ring(simulation)
    elif do == "again":
        return _count(request, draft)
    elif do == "terms":
        return _with_terms(request, draft)
    return redirect("renewals:draft_impact", draft.pk)


def _with_terms(request: HttpRequest, draft: RuleDraft) -> HttpResponse:
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form)
    chosen = form.cleaned_data
    try:
        draft = set_terms(
            draft=draft, starts_on=chosen["starts_on"], protections=form.protections,
            lock_version=chosen["lock_version"], by=writer(request), at=clock.now(),
        )  # fmt: skip
    except Conflict as conflict:
        messages.warning(request, f"{conflict} Read it again before you count.")
        return redirect("renewals:draft_impact", draft.pk)
    except DraftClosed as closed:
        messages.warning(request, f"{closed} Nothing was saved.")
        return redirect("certifications:draft_compare", draft.pk)
    return _count(request, draft)


def _count(request: HttpRequest, draft: RuleDraft) -> HttpResponse:
    user = writer(request)
    try:
        simulation = start_simulation(draft=draft, by=user, at=clock.now(), today=clock.today(user))
    except DocumentError:
        messages.warning(request, "The draft is not whole yet. What is missing is named on the page of its rules.")
    else:
        _ring(simulation)
    return redirect("renewals:draft_impact", draft.pk)


def _ring(simulation: Simulation) -> None:
    try:
        for shard_id in shards_to_do(simulation):
            simulate_shard.delay(shard_id)
    except OperationalError:
        return  # the rows are the truth: pieces that nobody heard of are found by the sweep


def _page(request: HttpRequest, draft: RuleDraft, form: TermsForm | None = None) -> HttpResponse:
    user = writer(request)
    today = clock.today(user)
    ready = readiness(draft, today)
    simulation = ready.simulation
    change = request.GET.get("change", "")
    change = change if change in Change.values else ""
    context: dict[str, Any] = {
        "draft": draft, "ready": ready, "simulation": simulation, "form": form or _form(ready, today),
        "change": change, "changes": ready.changes,
    }  # fmt: skip
    if simulation and simulation.state == Simulation.State.DONE:
        found = groups(simulation, change)
        people = simulation.rows.people()
        context |= {
            "tallies": tallies(simulation), "groups": found[:_MOST_GROUPS], "more": len(found) - _MOST_GROUPS,
            "named": named_rows(simulation, user, today, change), "worse": simulation.summary.get(Change.WORSE, 0),
            "failed": simulation.summary.get(Change.FAILED, 0), "runs": earlier_runs(simulation),
            "people": people, "several": people < simulation.total,
        }  # fmt: skip
    elif simulation:
        context["progress"] = progress_of(simulation)
    return render(request, "rules/impact.html", context, status=422 if form and form.errors else 200)


def _form(ready: Readiness, today: date) -> TermsForm | None:
    if ready.content is None:
        return None
    initial = initial_of(ready.content, ready.draft.lock_version)
    if ready.draft.starts_on is None and ready.content.starts_on <= today:
        initial["starts_on"] = date(today.year + 1, 1, 1)
    return TermsForm(initial=initial)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """What was counted, as CSV: a line for each person whose name the reader may see, and for each group of others."""
    draft = draft_of(request, pk)
    user = writer(request)
    simulation = Simulation.objects.newest_of(draft)
    if simulation is None or simulation.state != Simulation.State.DONE:
        raise Http404
    change = request.GET.get("change", "")
    rows = table(simulation, user, clock.today(user), change if change in Change.values else "")
    made = io.BytesIO()
    write_csv(made, HEADINGS, rows)
    made.seek(0)
    name = f"{draft.rule_set.slug} impact {simulation.day.isoformat()}.csv"
    return FileResponse(made, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
