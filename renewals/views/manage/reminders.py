"""What holds for everybody who chose nothing else about reminders."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.kept_forms import take
from accounts.models import User
from renewals.actions import wishing
from renewals.forms.reminders import PaceForm
from renewals.reminding.wishes import site_wishes

from .gate import for_site_admins


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def reminders(request: HttpRequest) -> HttpResponse:
    """The standard of this site."""
    form = PaceForm(request.POST if request.method == "POST" else take(request), wishes=site_wishes())
    if request.method == "POST" and form.is_valid():
        wishing.choose_for_site(by=cast(User, request.user), at=clock.now(), chosen=form.cleaned_data)
        messages.success(request, "The reminders of the site are saved.")
        return redirect("manage:reminders")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "manage/reminders.html", {"form": form}, status=status)
