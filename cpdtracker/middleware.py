"""What happens to every request before its view, and to what a view could not handle."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from accounts.clock import zone_of
from accounts.kept_forms import keep
from cpdtracker import system_pages
from cpdtracker.kept_files import stage_files
from cpdtracker.public import PUBLIC_VIEWS

View = Callable[..., Any]
METHODS = ("GET", "HEAD", "POST")


class LimitsMiddleware:
    """Refuses by first sight: methods no page has, and bodies no page takes (before a byte of them is read)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if _announced_length(request) > settings.REQUEST_MAX_BYTES:
            return system_pages.too_large(request)
        return self.get_response(request)


def _announced_length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page is closed unless `cpdtracker.public` names it.

    A mark on the view itself opens nothing, so that the list shows all there is.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        # The list first: a public page must not need the session, nor the database behind it.
        if (match and match.view_name in PUBLIC_VIEWS) or request.user.is_authenticated:
            return None
        if keep(request, stage_files):
            messages.info(request, "Sign in to finish saving. We kept what you typed.")
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """What is for one person is kept by no cache that several share."""
        match = request.resolver_match
        if not (match and match.view_name in PUBLIC_VIEWS) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private"
        return response


class OwnTimeMiddleware:
    """Whoever is signed in reads moments by the clock on their own wall. Public pages stay in the site's time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(None):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: View, view_args: Any, view_kwargs: Any) -> None:
        match = request.resolver_match
        if not (match and match.view_name in PUBLIC_VIEWS) and request.user.is_authenticated:
            timezone.activate(zone_of(request.user))
