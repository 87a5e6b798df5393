"""The page everything starts from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from renewals.home import home_of

from .visits import visit_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Am I OK, and what do I do next?"""
    visit = visit_of(request)
    return render(request, "renewals/home.html", {"home": home_of(visit.user, visit.today), "today": visit.today})
