"""Who may open these pages: site admins, and away from a test machine only with two-step sign-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_site_admins(view: View[P]) -> View[P]:
    """404 for everybody else, as if there were no such page; 403 with the way out without a second step."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not cast(User, request.user).is_site_admin:
            raise Http404
        if not settings.SITE_IS_LOCAL and not is_mfa_enabled(request.user):
            return render(request, "manage/two_step.html", status=403)
        return view(request, *args, **kwargs)

    return asked
