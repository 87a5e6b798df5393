"""The page everything starts from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import BouncedAddress
from renewals.home import home_of
from renewals.models import InAppNotice

from .visits import visit_of

NOTICES = 3  # the others stand under Reminders


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Am I OK, and what do I do next?"""
    visit = visit_of(request)
    context = {
        "home": home_of(visit.user, visit.today), "today": visit.today,
        "notices": InAppNotice.objects.of(visit.user).unread()[:NOTICES],
        "unreached": BouncedAddress.objects.unreached().about(visit.user.email).exists(),
    }  # fmt: skip
    return render(request, "renewals/home.html", context)
