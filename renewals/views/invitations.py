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
from renewals.forms.employers import SharesForm

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
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Join, choosing what is shared, or decline. Only for the account with the invited address."""
    visit = visit_of(request)
    invitation = get_object_or_404(invitations_to(visit.user, visit.at), pk=pk)
    sent = request.POST if request.method == "POST" else take(request)
    form = SharesForm(sent, employer=invitation.employer, initial={"shares": Membership.Shares.STANDING})
    try:
        if request.method == "POST" and "decline" in request.POST:
            actions.decline(invitation=invitation, by=visit.user, at=visit.at)
            messages.success(request, f"You declined. {invitation.employer} sees nothing of your record.")
            return redirect("sharing:sharing")
        if request.method == "POST" and form.is_valid():
            actions.accept(
                invitation=invitation, shares=form.cleaned_data["shares"], by=visit.user, at=visit.at,
                today=visit.today,
            )  # fmt: skip
            messages.success(request, f"You joined {invitation.employer}.")
            return redirect(reverse("sharing:sharing"))
    except EmployerProblem as problem:
        messages.warning(request, str(problem))
        return redirect("sharing:sharing")
    context = {"invitation": invitation, "form": form}
    return render(request, "sharing/invitation.html", context, status=422 if form.is_bound and form.errors else 200)
