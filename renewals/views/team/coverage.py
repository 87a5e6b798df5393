"""How many are current of how many wanted, on which day; and who could close a gap."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_forms import take
from renewals.actions.covering import set_targets
from renewals.forms.coverage import DayForm, TargetsForm
from renewals.teams.coverage import candidates, covers, held_or_wanted

from .place import place_of


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Targets, and what they would look like on a later day."""
    place = place_of(request)
    form = DayForm(request.GET if "on" in request.GET else None, today=place.today)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or place.today
    found = list(covers(place.employer, place.today, on))
    gaps = [one for one in found if one.short]
    context = {
        "place": place, "form": form, "on": on, "iso": on.isoformat(), "covers": found, "gaps": gaps,
        "candidates": candidates(place.employer, place.today, gaps).items(),
    }  # fmt: skip
    return render(request, "team/coverage.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """How many people are wanted with each certification."""
    place = place_of(request)
    form = TargetsForm(
        request.POST if request.method == "POST" else take(request), covers=held_or_wanted(place.employer, place.today)
    )
    if request.method == "POST" and form.is_valid():
        changed = set_targets(employer=place.employer, wanted=form.wanted(), by=place.user, at=place.now)
        messages.success(request, "Your targets are saved." if changed else "Nothing was changed.")
        return redirect(place.url("team:coverage"))
    context = {"place": place, "form": form}
    return render(request, "team/targets.html", context, status=422 if form.is_bound and form.errors else 200)
