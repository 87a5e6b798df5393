"""Who did what, when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from renewals.forms.manage import TrailForm
from renewals.operating.trail import trail

from .gate import for_site_admins
from .pages import before, paged


@require_safe
@for_site_admins
def show(request: HttpRequest) -> HttpResponse:
    """The audit trail, newest first."""
    form = TrailForm(request.GET)
    asked = form.asked()
    found = trail(asked, before(request))
    context = {"form": form, "asked": asked, "found": found, **paged(request, *form.fields)}
    return render(request, "manage/trail.html", context, status=422 if form.errors else 200)
