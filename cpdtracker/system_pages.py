"""Pages for when something went another way than planned."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for too long or came from elsewhere; nothing was saved."""
    return render(request, "errors/csrf.html", status=403)
