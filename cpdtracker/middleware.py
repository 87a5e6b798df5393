"""Every page is closed unless `cpdtracker.public` names it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from cpdtracker.public import PUBLIC_VIEWS


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Asks for sign-in on every view whose name is not in the public list.

    A mark on the view itself opens nothing, so that the list shows all there is.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        # The list first: a public page must not need the session, nor the database behind it.
        if (match and match.view_name in PUBLIC_VIEWS) or request.user.is_authenticated:
            return None
        return self.handle_no_permission(request, view_func)
