"""The two pages for people who have not signed in: what this is, and how points are counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from renewals.sample import bodies, sample


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What the product does, shown on a sample that the engine counts."""
    return render(request, "landing.html", {"sample": sample(), "bodies": bodies()})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How points are counted and what the words mean."""
    return render(request, "help.html")
