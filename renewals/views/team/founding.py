"""Open an employer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.kept_forms import take
from renewals.forms.employers import FoundForm

from ..visits import visit_of


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Whoever opens an employer is its first owner. The same form sent twice opens one."""
    visit = visit_of(request)
    form = FoundForm(request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and form.is_valid():
        employer = actions.found_employer(by=visit.user, at=visit.at, today=visit.today, **form.cleaned_data)
        messages.success(request, f"{employer.name} is set up. You are its owner.")
        return redirect(f"{reverse('team:invite')}?employer={employer.pk}")
    return render(request, "team/new.html", {"form": form}, status=422 if form.is_bound and form.errors else 200)
