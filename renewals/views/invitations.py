"""The link of an invitation, and the page on which it is answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions, clock
from accounts.actions.invitations import hash_of
from accounts.kept_forms import take
from accounts.models import Invitation, Membership
from accounts.problems import EmployerProblem
from accounts.queries import invitations_to
from renewals.actions.joining import join
from renewals.forms.importing import JoinForm
from renewals.importing.offers import offers_of

from .visits import visit_of


@require_safe
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Says who invites, and leads to signing in. Opening it answers nothing, so a scanner of mails does no harm."""
    at = clock.now()
    invitation = Invitation.objects.select_related("employer", "invited_by").filter(token_hash=hash_of(token)).first()
    context = {"invitation": invitation, "next": request.path}
    if invitation is None or not invitation.is_open(at):
        response = render(request, "sharing/closed.html", status=404)
    elif not request.user.is_authenticated:
        response = render(request, "sharing/link.html", context)
    elif invitations_to(visit_of(request).user, at).filter(pk=invitation.pk).exists():
        response = redirect("sharing:invitation", invitation.pk)
    else:
        response = render(request, "sharing/other_address.html", context)
    # The token goes to no other site. Within this one it must: a form of a page without any referrer comes from "null".
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Join, choosing what is shared, or decline. Only for the account with the invited address."""
    visit = visit_of(request)
    invitation = get_object_or_404(invitations_to(visit.user, visit.at), pk=pk)
    sent = request.POST if request.method == "POST" else take(request)
    offered = offers_of(invitation, visit.user)
    form = JoinForm(sent, employer=invitation.employer, offered=offered, initial={"shares": Membership.Shares.STANDING})
    try:
        if request.method == "POST" and "decline" in request.POST:
            actions.decline(invitation=invitation, by=visit.user, at=visit.at)
            messages.success(request, f"You declined. {invitation.employer} sees nothing of your record.")
            return redirect("sharing:sharing")
        if request.method == "POST" and form.is_valid():
            _, left = join(
                invitation=invitation, shares=form.cleaned_data["shares"], chosen=form.chosen, by=visit.user,
                at=visit.at, today=visit.today,
            )  # fmt: skip
            for one in left:
                messages.warning(request, f"{one.certification.name} was not added. Add it yourself.")
            messages.success(request, f"You joined {invitation.employer}.")
            return redirect(reverse("sharing:sharing"))
    except EmployerProblem as problem:
        messages.warning(request, str(problem))
        return redirect("sharing:sharing")
    context = {"invitation": invitation, "form": form, "unclear": [one for one in offered if not one.can_be_taken]}
    return render(request, "sharing/invitation.html", context, status=422 if form.is_bound and form.errors else 200)
