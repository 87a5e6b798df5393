"""An employer's settings, its teams and its sites."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.kept_forms import take
from accounts.models import Site, Team
from accounts.problems import EmployerProblem
from renewals.forms.employers import AddPlaceForm, EmployerForm, PlaceForm

from .place import owned_place


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Name, time zone and weekly email; from here to teams and sites."""
    place = owned_place(request)
    form = EmployerForm.of(place.employer, request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and form.is_valid():
        actions.change_employer(employer=place.employer, by=place.user, at=place.now, **form.cleaned_data)
        messages.success(request, "The settings are saved.")
        return redirect(place.url("team:settings"))
    context = {
        "place": place,
        "form": form,
        "groups": [
            {"heading": "Teams", "word": "team", "rows": Team.objects.filter(employer=place.employer)},
            {"heading": "Sites", "word": "site", "rows": Site.objects.filter(employer=place.employer)},
        ],
    }
    return render(request, "team/settings.html", context, status=422 if form.is_bound and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new team or site."""
    place = owned_place(request)
    wanted = request.GET.get("kind", "team")
    initial = {"kind": wanted if wanted in ("team", "site") else "team"}
    form = AddPlaceForm(request.POST if request.method == "POST" else take(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        kind = Site if form.cleaned_data["kind"] == "site" else Team
        try:
            group = actions.add_place(
                kind=kind, employer=place.employer, name=form.cleaned_data["name"], by=place.user, at=place.now
            )
        except EmployerProblem as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, f"{group.name} is added.")
            return redirect(place.url("team:settings"))
    context = {"place": place, "form": form, "group": None}
    return render(request, "team/group.html", context, status=422 if form.is_bound and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a team, or remove it."""
    return _group(request, Team, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def site(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a site, or remove it."""
    return _group(request, Site, pk)


def _group(request: HttpRequest, kind: type[Team] | type[Site], pk: int) -> HttpResponse:
    place = owned_place(request)
    groups: QuerySet[Any] = place.employer.teams.all() if kind is Team else place.employer.sites.all()
    group: Team | Site = get_object_or_404(groups, pk=pk)
    removing = "remove" in request.POST
    form = PlaceForm(request.POST if request.method == "POST" and not removing else None, initial={"name": group.name})
    try:
        if removing:
            actions.remove_place(place=group, by=place.user, at=place.now)
            messages.success(request, f"{group.name} is removed.")
            return redirect(place.url("team:settings"))
        if form.is_bound and form.is_valid():
            kept = actions.rename_place(place=group, name=form.cleaned_data["name"], by=place.user, at=place.now)
            messages.success(request, f"It is called {kept.name} now.")
            return redirect(place.url("team:settings"))
    except EmployerProblem as problem:
        form = PlaceForm({"name": request.POST.get("name", group.name)})
        form.add_error("name", str(problem))
    context = {"place": place, "form": form, "group": group}
    return render(request, "team/group.html", context, status=422 if form.is_bound and form.errors else 200)
