"""People, their roles, and whether mail reaches them. What they logged is nobody's business here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.kept_forms import take
from accounts.models import User
from accounts.problems import RoleProblem
from renewals.actions import appointing
from renewals.forms.manage import FindForm, ReasonForm
from renewals.operating.people import GROUPS, admins, known, people

from .gate import for_site_admins
from .pages import before, paged


class _Decide(Protocol):
    def __call__(self, *, may: bool, reason: str) -> bool: ...


@dataclass(frozen=True)
class Role:
    """A role in words."""

    slug: str
    name: str
    field: str
    allows: str


ROLES = (
    Role(
        "rules-admin",
        "rules admin",
        "is_rules_admin",
        "writes rules, tries them on everybody and publishes them with a second person",
    ),
    Role(
        "site-admin",
        "site admin",
        "is_site_admin",
        "sees who is written to and the audit log, holds sending, and decides about roles, accounts and owners",
    ),
)


@require_safe
@for_site_admins
def show(request: HttpRequest) -> HttpResponse:
    """People by name, address, role or trouble; newest first."""
    form, group = FindForm(request.GET, label="Name or email address"), request.GET.get("group", "")
    if group not in GROUPS:
        raise Http404
    asked, today = form.asked(), clock.today(cast(User, request.user))
    context = {
        "form": form, "asked": asked, "group": group, "groups": GROUPS, "admins": admins(),
        "found": people(asked, group, today, before(request)), **paged(request, "q", "group"),
    }  # fmt: skip
    return render(request, "manage/users.html", context, status=422 if form.errors else 200)


@require_safe
@for_site_admins
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One account."""
    asker = cast(User, request.user)
    found = get_object_or_404(User, pk=pk)
    roles = [(role, getattr(found, role.field)) for role in ROLES]
    context = {"one": known(found, clock.today(asker)), "roles": roles, "own": found == asker}
    return render(request, "manage/user.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def role(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Ask once, with a reason, then give or take a role."""
    found = get_object_or_404(User, pk=pk)
    asked = next((one for one in ROLES if one.slug == role), None)
    if asked is None:
        raise Http404
    has = bool(getattr(found, asked.field))
    by, at = cast(User, request.user), clock.now()

    def decide(*, may: bool, reason: str) -> bool:
        act = appointing.write_rules if asked.field == "is_rules_admin" else appointing.run_site
        return act(user=found, may=may, reason=reason, by=by, at=at)

    done = {True: f"{found} is a {asked.name} now.", False: f"{found} is no longer a {asked.name}."}
    return _decided(request, found, has, decide, done, "manage/role.html", {"role": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, with a reason, then close an account or open it again."""
    found = get_object_or_404(User, pk=pk)
    by, at = cast(User, request.user), clock.now()

    def decide(*, may: bool, reason: str) -> bool:
        act = appointing.reopen if may else appointing.close
        return act(user=found, reason=reason, by=by, at=at)

    done = {True: f"{found} can sign in again.", False: f"The account of {found} is closed."}
    return _decided(request, found, found.is_active, decide, done, "manage/account.html", {})


def _decided(
    request: HttpRequest, found: User, has: bool, decide: _Decide, done: dict[bool, str], template: str,
    more: dict[str, object],
) -> HttpResponse:  # fmt: skip
    """The page that asks, and what comes of it. `has` is how it is now; what was asked for travels with the form."""
    may = {"give": True, "take": False}.get(request.POST.get("wanted", ""), not has)
    form = ReasonForm(request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and form.is_valid():
        try:
            changed = decide(may=may, reason=form.cleaned_data["reason"])
        except RoleProblem as problem:
            form.add_error(None, str(problem))
        else:
            if changed:
                messages.success(request, done[may])
            else:
                messages.info(request, "Somebody decided that meanwhile.")
            return redirect("manage:user", found.pk)
    context = {"found": found, "may": may, "form": form, "own": found == request.user, **more}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
