"""Employers and who owns them; a new owner where the old ones are out of reach."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.kept_forms import take
from accounts.models import Employer, Membership, User
from accounts.problems import EmployerProblem
from renewals.access import people_of
from renewals.actions.appointing import appoint_owner
from renewals.forms.manage import FindForm, ReasonForm
from renewals.operating.organisations import members_named, organisations, overseers
from renewals.operating.organisations import organisation as filled

from .gate import for_site_admins
from .pages import before, paged


@require_safe
@for_site_admins
def show(request: HttpRequest) -> HttpResponse:
    """Employers by name, newest first."""
    form = FindForm(request.GET, label="Name of the organisation")
    asked, today = form.asked(), clock.today(cast(User, request.user))
    context = {
        "form": form, "asked": asked, "found": organisations(asked, today, before(request)), **paged(request, "q"),
    }  # fmt: skip
    return render(request, "manage/organisations.html", context, status=422 if form.errors else 200)


@require_safe
@for_site_admins
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One employer: its owners, and its people of a name, so that one of them can become an owner."""
    employer = get_object_or_404(Employer, pk=pk)
    form = FindForm(request.GET, label="Name or email address")
    asked, today = form.asked(), clock.today(cast(User, request.user))
    context = {
        "one": filled(employer, today), "coordinators": overseers(employer, today), "form": form, "asked": asked,
        "members": members_named(employer, asked, today),
    }  # fmt: skip
    return render(request, "manage/organisation.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def owner(request: HttpRequest, pk: int, membership_id: int) -> HttpResponse:
    """Ask once, with a reason, then make somebody who works there an owner."""
    employer, by = get_object_or_404(Employer, pk=pk), cast(User, request.user)
    today = clock.today(by)
    membership = get_object_or_404(people_of(employer, today), pk=membership_id)
    form = ReasonForm(request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and form.is_valid():
        try:
            changed = appoint_owner(
                membership=membership, reason=form.cleaned_data["reason"], by=by, at=clock.now(), today=today
            )
        except EmployerProblem as problem:
            form.add_error(None, str(problem))
        else:
            if changed:
                messages.success(request, f"{membership.user} is an owner now. All owners are told.")
            else:
                messages.info(request, f"{membership.user} was an owner already.")
            return redirect("manage:organisation", employer.pk)
    context = {
        "one": filled(employer, today), "membership": membership, "form": form,
        "is_owner": membership.role == Membership.Role.OWNER,
    }  # fmt: skip
    return render(request, "manage/owner.html", context, status=422 if form.is_bound and form.errors else 200)
