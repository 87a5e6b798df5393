"""What the next step is, and what it is worth."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from renewals.career import career_of

from .visits import visit_of


@require_safe
def career(request: HttpRequest) -> HttpResponse:
    """The next level of everything this person holds, and what is near it."""
    visit = visit_of(request)
    return render(request, "renewals/career.html", {"career": career_of(visit.user, visit.today)})
