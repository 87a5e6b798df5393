"""The account's own pages."""

from __future__ import annotations

from typing import cast

from allauth.account.views import logout
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, clock
from accounts.kept_forms import take
from accounts.models import User
from accounts.settings_forms import SettingsForm
from accounts.themes import COOKIE, COOKIE_SECONDS, THEMES


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep a choice of theme, on the user or in a cookie, and go back to the page it was made on."""
    chosen = request.POST.get("theme", "")
    response = redirect(_page_to_return_to(request))
    if chosen not in THEMES:
        return response
    if request.user.is_authenticated:
        actions.change_settings(by=request.user, at=clock.now(), theme=chosen)
    else:
        response.set_cookie(
            COOKIE, chosen, max_age=COOKIE_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response


def _page_to_return_to(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # Only paths of ours: "//elsewhere" and "https:elsewhere" are refused by the check, a bare word is no page.
    return wanted if safe and wanted.startswith("/") else "/"


def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask once, then sign out. The browser forgets the pages it kept: Back must not show a record to who comes next."""
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Name, time zone and theme; from here to email, password, passkeys and two-step sign-in."""
    user = cast(User, request.user)
    form = SettingsForm.of(user, request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and form.is_valid():
        actions.change_settings(by=user, at=clock.now(), **form.cleaned_data)
        messages.success(request, "Your settings are saved.")
        return redirect("accounts:settings")
    return render(request, "accounts/settings.html", {"form": form})
