"""When those who oversee a team hear that somebody is about to lapse."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.kept_forms import take
from renewals.actions import wishing
from renewals.forms.reminders import TeamReminderForm
from renewals.reminding.wishes import wishes_of_employer

from .place import owned_place


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Days before the end, hours without mail, how dates are written."""
    place = owned_place(request)
    sent = request.POST if request.method == "POST" else take(request)
    form = TeamReminderForm(sent, wishes=wishes_of_employer(place.employer))
    if request.method == "POST" and form.is_valid():
        wishing.choose(by=place.user, at=place.now, chosen=form.cleaned_data, employer=place.employer)
        messages.success(request, "The reminders of the team are saved.")
        return redirect(place.url("team:reminders"))
    context = {"place": place, "form": form}
    return render(request, "team/reminders.html", context, status=422 if form.is_bound and form.errors else 200)
