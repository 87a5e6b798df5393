"""Exports of a team: ask for one, see past ones, get the file; and the certification report to print."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from kombu.exceptions import OperationalError

from renewals.access import narrowed_at, overseen
from renewals.actions.exporting import KEPT_FOR, ExportRunning, ask_for_export
from renewals.exports import files
from renewals.exports.making import FORMATS, WHAT, Wanted, in_background, make, snapshot, too_long
from renewals.exports.report import told
from renewals.forms.exporting import ExportForm
from renewals.models import ExportRun
from renewals.tasks import make_export

from ..visits import visit_of
from .place import Place, place_of

_LISTED = 25
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Make an export at once, or in the background where it is large. A list's own button gets the file directly."""
    place = place_of(request)
    posted = request.POST if request.method == "POST" else None
    form = ExportForm(posted, employer=place.employer, today=place.today, start=request.GET.dict())
    if posted is not None and form.is_valid():
        run = _asked(place, form)
        if run is not None:
            return _answer(request, place, run)
    runs = list(
        ExportRun.objects.filter(employer=place.employer)
        .select_related("made_by")
        .order_by("-made_at", "-pk")[:_LISTED]
    )
    narrowed = narrowed_at(place.employer, place.now - KEPT_FOR)
    context = {
        "place": place, "form": form, "now": place.now, "formats": FORMATS, "ready": _ready(request, place, runs),
        "runs": [(run, WHAT.get(run.what, run.what), _shows_too_much(run, narrowed)) for run in runs],
    }  # fmt: skip
    return render(request, "team/exports.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
def export_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file of an export, for whoever oversees that employer today, for a day, and until somebody shares less."""
    visit = visit_of(request)
    mine = overseen(visit.user, visit.today).values("employer")
    run = get_object_or_404(
        ExportRun.objects.to_get(visit.at).filter(employer__in=mine).select_related("employer"), pk=pk
    )
    if _shows_too_much(run, narrowed_at(run.employer, visit.at - KEPT_FOR)):
        messages.warning(request, "Somebody shares less since this export was made. Make it again.")
        return redirect(f"{reverse('team:exports')}?employer={run.employer_id}")
    try:
        file = files.open_file(run.stored_as)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=run.file_name, content_type=_TYPES[run.file_format])
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The certification report as a page to print."""
    place = place_of(request)
    chosen = {"what": "report", "format": "pdf", "on": place.today.isoformat(), **request.GET.dict()}
    form = ExportForm({**chosen, "what": "report", "format": "pdf"}, employer=place.employer, today=place.today)
    if not form.is_valid():
        return redirect(place.url("team:exports"))
    wanted = Wanted(place.employer, "report", form.cleaned_data["on"], place.today, form.filters())
    if too_long(wanted, "pdf"):
        messages.info(request, "This report is too long for one page. Export it instead.")
        return redirect(place.url("team:exports"))
    with snapshot():
        said = told(wanted.employer, wanted.today, wanted.on, wanted.filters, at=place.now)
    context = {"place": place, "form": form, "said": said, "filters": form.said(wanted.filters)}
    return render(request, "team/report.html", context)


def _shows_too_much(run: ExportRun, narrowed: datetime | None) -> bool:
    """Whether somebody let the employer see less, or left, since the file was made."""
    return narrowed is not None and run.done_at is not None and run.done_at < narrowed


def _asked(place: Place, form: ExportForm) -> ExportRun | None:
    """The export asked for, made already if it is small; None with an error in the form."""
    chosen = form.cleaned_data
    wanted = Wanted(place.employer, chosen["what"], chosen["on"], place.today, form.filters())
    if too_long(wanted, chosen["format"]):
        form.refuse_long()
        return None
    try:
        run = ask_for_export(
            employer=place.employer, what=wanted.what, file_format=chosen["format"], filters=form.kept(), on=wanted.on,
            by=place.user, at=place.now,
        )  # fmt: skip
    except ExportRunning:
        form.add_error(None, "Your last export is still being made. Wait until it is there")
        return None
    if not in_background(wanted, run.file_format):
        make(run, at=place.now, today=place.today)
    else:
        _ring(run)
    run.refresh_from_db()
    return run


def _ring(run: ExportRun) -> None:
    try:
        make_export.delay(run.pk)
    except OperationalError:
        return  # the row is the truth: what nobody heard of is found by the sweep


def _answer(request: HttpRequest, place: Place, run: ExportRun) -> HttpResponse:
    if run.state == ExportRun.State.DONE:
        if "at_once" in request.POST:
            return redirect("team:export_file", pk=run.pk)
        return redirect(f"{reverse('team:exports')}{place.more}ready={run.pk}")
    messages.info(request, "The export is being made. Look again in a minute.")
    return redirect(place.url("team:exports"))


def _ready(request: HttpRequest, place: Place, runs: list[ExportRun]) -> ExportRun | None:
    """The export that was just made, to be got with one press."""
    wanted = request.GET.get("ready", "")
    return next((run for run in runs if str(run.pk) == wanted and run.expires_at > place.now and run.stored_as), None)
