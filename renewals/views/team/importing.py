"""Importing a list of people: upload, say what the columns are, look at what would happen, import, undo."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from accounts.models import Invitation
from accounts.spreadsheets.writing import write_csv
from renewals.actions.importing import (
    ImportChanged,
    NotToUndo,
    apply_import,
    can_undo,
    name_columns,
    plan_of,
    start_import,
    undo_import,
)
from renewals.forms.importing import ColumnsForm, UploadForm
from renewals.importing.columns import TEMPLATE
from renewals.models import PeopleImport
from renewals.tasks import mail_import

from .place import Place, owned_place

SHOWN = 100
_LISTED = 10


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file, or paste rows. Nothing is invited yet."""
    place = owned_place(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid() and form.table:
        listed = start_import(
            employer=place.employer, table=form.table, file_name=form.file_name, by=place.user, at=place.now
        )
        return redirect(place.url("team:import_columns", listed.pk))
    done = PeopleImport.objects.filter(employer=place.employer).exclude(state=PeopleImport.State.PREVIEWED)
    context = {"place": place, "form": form, "done": done.defer("rows").order_by("-applied_at")[:_LISTED]}
    return render(request, "team/import.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty list with the headings that are recognised."""
    owned_place(request)
    file = io.BytesIO()
    example = ["Dana Reyes", "dana@example.org", "North crew", "Main yard", "Fire Alarm Systems", "II", "142207"]
    write_csv(file, TEMPLATE, [[*example, "2027-03-31"]])
    headers = {"Content-Disposition": 'attachment; filename="People.csv"'}
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means. Dates that could be two days are asked about."""
    place = owned_place(request)
    listed = _listed(place, pk)
    if listed.state != PeopleImport.State.PREVIEWED:
        return redirect(place.url("team:import_preview", pk))
    form = ColumnsForm(request.POST if request.method == "POST" else None, columns=listed.columns, rows=listed.rows)
    if request.method == "POST" and form.is_valid():
        name_columns(listed=listed, means=form.means, order=form.order)
        return redirect(place.url("team:import_preview", pk))
    context = {"place": place, "form": form, "listed": listed, "rows": len(listed.rows)}
    return render(request, "team/import_columns.html", context, status=422 if form.is_bound and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would happen, by outcome; then, after importing, what happened."""
    place = owned_place(request)
    listed = _listed(place, pk)
    if listed.state != PeopleImport.State.PREVIEWED:
        return _done(request, place, listed)
    if request.method == "POST":
        try:
            listed = apply_import(
                listed=listed, seen=request.POST.get("seen", ""), by=place.user, at=place.now, today=place.today
            )
        except ImportChanged:
            messages.warning(request, "Your team changed while you were checking. Review the preview again.")
        else:
            _ring(listed)
        return redirect(place.url("team:import_preview", pk))
    planned = plan_of(listed, place.now, place.today)
    context = {
        "place": place, "listed": listed, "plan": planned, "repairs": planned.repairs, "rows": len(listed.rows),
        "shown": SHOWN,
        "groups": [
            ("Will be invited", planned.invited), ("Invited already", planned.waiting),
            ("Work here already", planned.members),
            ("Mailed 3 times within a day, possible again a day later", planned.enough),
        ],
    }  # fmt: skip
    return render(request, "team/import_preview.html", context)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what nobody answered, for 30 days."""
    place = owned_place(request)
    listed = _listed(place, pk)
    try:
        joined = undo_import(listed=listed, by=place.user, at=place.now)
    except NotToUndo:
        messages.warning(request, "This import cannot be undone any more.")
    else:
        stay = f" {joined} {'person has' if joined == 1 else 'people have'} joined and will stay." if joined else ""
        messages.success(request, f"The import is undone.{stay}")
    return redirect(place.url("team:import"))


def _listed(place: Place, pk: int) -> PeopleImport:
    found: PeopleImport = get_object_or_404(PeopleImport.objects.filter(employer=place.employer), pk=pk)
    return found


def _done(request: HttpRequest, place: Place, listed: PeopleImport) -> HttpResponse:
    made = Invitation.objects.filter(pk__in=listed.outcome.get("invitations", []))
    context = {
        "place": place, "listed": listed, "can_undo": can_undo(listed, place.now), "invited": made.count(),
        "joined": made.exclude(used_at=None).count(),
    }  # fmt: skip
    return render(request, "team/import_done.html", context)


def _ring(listed: PeopleImport) -> None:
    try:
        mail_import.delay(listed.pk)
    except OperationalError:
        return  # the rows are the truth: the sweep finds invitations whose mail has not left
