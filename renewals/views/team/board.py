"""The dashboard of a team, and counting it anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError

from accounts.clock import local
from renewals.forms.team import FilterForm
from renewals.tasks import recount_employer
from renewals.teams.board import board

from .place import place_of

VIEWS = ("matrix", "list")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Who needs action, in which certification, by when; the matrix, or a list."""
    place = place_of(request)
    form = FilterForm(request.GET, employer=place.employer, today=place.today)
    filters = form.filters()
    view = request.GET.get("view", "")
    shown = board(place.employer, place.today, filters, request.GET.get("page", "1"))
    context = {
        "place": place, "form": form, "filters": filters, "view": view if view in VIEWS else "", "board": shown,
        "counted_at": local(shown.counted_at, place.user).replace(tzinfo=None) if shown.counted_at else None,
        "chosen": chosen(request, "page"), "chosen_but_view": chosen(request, "page", "view"),
        "chosen_but_standing": chosen(request, "page", "standing"),
    }  # fmt: skip
    return render(request, "team/board.html", context, status=422 if form.errors else 200)


@require_POST
def recount(request: HttpRequest) -> HttpResponse:
    """Count everybody anew in the background."""
    place = place_of(request)
    try:
        recount_employer.delay(place.employer.pk)
    except OperationalError:
        messages.error(request, "The recount did not start. Try again in a minute.")
    else:
        messages.success(request, "Everybody is being counted anew. Look again in a minute.")
    return redirect(reverse("team:board") + place.query)


def chosen(request: HttpRequest, *without: str) -> str:
    """The parameters of this address without some, as text that further ones can follow."""
    kept = request.GET.copy()
    for name in without:
        kept.pop(name, None)
    for name in [name for name, value in kept.items() if not value]:
        kept.pop(name)
    return f"{kept.urlencode()}&" if kept else ""
