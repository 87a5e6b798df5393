"""What a person had typed when their sign-in ran out: kept, and given back to the same page for the same person.

A view that shows a form asks `take(request)` on GET and binds the form to the answer:

    form = LogForm(request.POST if request.method == "POST" else take(request))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict

_SLOT = "kept_form"
_COOKIE = "cpd_who"
_LEFT_OUT = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")
_MOST = 64 * 1024


def remember_who(response: HttpResponseBase, user_id: int) -> None:
    """Note in a signed cookie who signs in here, so that a form kept later goes back to nobody else."""
    response.set_signed_cookie(
        _COOKIE,
        str(user_id),
        salt=_COOKIE,
        max_age=settings.SESSION_COOKIE_AGE * 2,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def keep(request: HttpRequest, stage: Callable[[HttpRequest, int], list[int]] | None = None) -> bool:
    """Keep the form that was just sent without a sign-in. False when we do not know whose it is or it is too long.

    `stage` stores the files sent with it for the person with that id and returns the numbers of those it took; they
    come back in the form as `staged`.
    """
    who = request.get_signed_cookie(_COOKIE, "", salt=_COOKIE)
    if request.method != "POST" or not who:
        return False
    fields = request.POST.copy()
    for name in _LEFT_OUT:
        fields.pop(name, None)
    typed = fields.urlencode()
    if len(typed) > _MOST:
        return False
    for number in stage(request, int(who)) if stage else ():
        fields.appendlist("staged", str(number))
    typed = fields.urlencode()
    files = [str(file.name) for name in request.FILES for file in request.FILES.getlist(name)]
    request.session[_SLOT] = {"who": who, "path": request.path, "typed": typed, "files": files}
    return True


def take(request: HttpRequest) -> QueryDict | None:
    """The form this person had sent to this page, once; None when there is none."""
    kept = _mine(request)
    if kept is None:
        return None
    del request.session[_SLOT]
    return QueryDict(kept["typed"], mutable=True)


def kept_files(request: HttpRequest) -> list[str]:
    """Names of the files that were sent with the kept form and have to be chosen again. Ask before `take`."""
    kept = _mine(request)
    return list(kept["files"]) if kept else []


def _mine(request: HttpRequest) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(_SLOT)
    if kept and request.user.is_authenticated and kept["who"] == str(request.user.pk) and kept["path"] == request.path:
        return kept
    return None
