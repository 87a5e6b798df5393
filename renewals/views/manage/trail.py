"""Who did what, when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from renewals.forms.manage import TrailForm
from renewals.operating.trail import trail

from .gate import for_site_admins


@require_safe
@for_site_admins
def show(request: HttpRequest) -> HttpResponse:
    """The audit trail, newest first."""
    form = TrailForm(request.GET)
    asked = form.asked()
    before = request.GET.get("before", "")
    known = before.isascii() and before.isdigit() and len(before) <= 18
    found = trail(asked, int(before) if known else None)
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "form": form, "asked": asked, "found": found, "newest": not known,
        "chosen": f"{urlencode(kept)}&" if kept else "",
    }  # fmt: skip
    return render(request, "manage/trail.html", context, status=422 if form.errors else 200)
