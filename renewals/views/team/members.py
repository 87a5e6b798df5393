"""Who works here: inviting, changing, ending."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.kept_forms import take
from accounts.models import Invitation, Membership
from accounts.problems import EmployerProblem
from accounts.queries import Outcome, open_invitations, plan_invitations
from renewals.access import people_of
from renewals.forms.employers import MOST_ADDRESSES, InviteForm, RoleForm

from .place import Place, owned_place


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody who works here today, and the invitations nobody answered yet."""
    place = owned_place(request)
    context = {
        "place": place,
        "people": list(people_of(place.employer, place.today)),
        "invitations": [(one, one.is_open(place.now)) for one in open_invitations(place.employer)],
    }
    return render(request, "team/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Paste addresses, look at what would happen, then invite."""
    place = owned_place(request)
    form = InviteForm(request.POST if request.method == "POST" else take(request), employer=place.employer)
    planned = None
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        planned = plan_invitations(place.employer, form.cleaned_data["pasted"], place.now, place.today)
        if not planned:
            form.add_error("pasted", "Enter one or more email addresses")
        elif len(planned) > MOST_ADDRESSES:
            form.add_error("pasted", f"Enter at most {MOST_ADDRESSES} addresses at a time")
        elif "send" in request.POST:
            try:
                return _send(request, place, form)
            except EmployerProblem as problem:
                form.add_error(None, str(problem))
    context = {"place": place, "form": form, "planned": planned if not form.errors else None}
    if context["planned"]:
        context["counts"] = {outcome.name: sum(one.outcome is outcome for one in planned or ()) for outcome in Outcome}
    return render(request, "team/invite.html", context, status=422 if form.is_bound and form.errors else 200)


def _send(request: HttpRequest, place: Place, form: InviteForm) -> HttpResponse:
    invited = actions.invite(
        employer=place.employer, by=place.user, at=place.now, today=place.today, **form.cleaned_data
    )
    number = len(invited.made)
    if number:
        messages.success(request, "1 invitation is sent." if number == 1 else f"{number} invitations are sent.")
    else:
        messages.info(request, "Nobody new was invited.")
    return redirect(place.url("team:members"))


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's role, team and site."""
    place = owned_place(request)
    membership = _member(place, pk)
    form = RoleForm.of(membership, request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_member(membership=membership, by=place.user, at=place.now, **form.cleaned_data)
        except EmployerProblem as problem:
            form.add_error("role", str(problem))
        else:
            messages.success(request, f"{membership.user} is changed.")
            return redirect(place.url("team:members"))
    context = {"place": place, "form": form, "membership": membership}
    return render(request, "team/member.html", context, status=422 if form.is_bound and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then end a membership."""
    place = owned_place(request)
    membership = _member(place, pk)
    if request.method == "POST":
        try:
            actions.end_membership(membership=membership, by=place.user, at=place.now)
        except EmployerProblem as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, f"{membership.user} no longer works here.")
            if membership.user == place.user:
                return redirect("sharing:sharing")
        return redirect(place.url("team:members"))
    return render(request, "team/member_end.html", {"place": place, "membership": membership})


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    return _answer(request, pk, actions.resend, "The invitation is sent again with a new link.")


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    return _answer(request, pk, actions.revoke, "The invitation is taken back. Its link no longer works.")


def _answer(request: HttpRequest, pk: int, act: Callable[..., Invitation], done: str) -> HttpResponse:
    place = owned_place(request)
    invitation = get_object_or_404(Invitation.objects.filter(employer=place.employer), pk=pk)
    try:
        act(invitation=invitation, by=place.user, at=place.now)
    except EmployerProblem as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, done)
    return redirect(place.url("team:members"))


def _member(place: Place, pk: int) -> Membership:
    return get_object_or_404(people_of(place.employer, place.today), pk=pk)
