"""What employers see of a person's record: chosen, looked at and ended by that person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions
from accounts.kept_forms import take
from accounts.models import Membership
from accounts.problems import EmployerProblem
from accounts.queries import invitations_to
from renewals.forms.employers import SharesForm
from renewals.teams.person import person_seen

from .visits import Visit, visit_of


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """Every employer of this person, what each sees, and the invitations to answer."""
    visit = visit_of(request)
    mine = Membership.objects.of(visit.user).select_related("employer", "team", "site").prefetch_related("notes__by")
    current = list(mine.on(visit.today).order_by("joined_on", "pk"))
    context = {
        "current": current,
        "past": [one for one in mine.order_by("-left_on") if one not in current and one.left_on],
        "invitations": list(invitations_to(visit.user, visit.at)),
    }
    return render(request, "sharing/sharing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what one employer sees. Its next request obeys."""
    visit = visit_of(request)
    membership = mine_today(visit, pk)
    sent = request.POST if request.method == "POST" else take(request)
    form = SharesForm(sent, employer=membership.employer, initial={"shares": membership.shares})
    if request.method == "POST" and form.is_valid():
        actions.share(membership=membership, shares=form.cleaned_data["shares"], by=visit.user, at=visit.at)
        messages.success(request, "What you share is saved. It holds from now on.")
        return redirect("sharing:sharing")
    context = {"membership": membership, "form": form}
    return render(request, "sharing/change.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """What the employer sees: its own page about this person, drawn from the same queries."""
    visit = visit_of(request)
    membership = mine_today(visit, pk)
    seen = person_seen(membership, visit.today, request.GET.get("page", "1"))
    return render(request, "sharing/view.html", {"seen": seen, "membership": membership, "chosen": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then leave an employer."""
    visit = visit_of(request)
    membership = mine_today(visit, pk)
    if request.method == "POST":
        try:
            actions.leave(membership=membership, by=visit.user, at=visit.at)
        except EmployerProblem as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, f"You left {membership.employer}. It sees nothing of your record any more.")
        return redirect("sharing:sharing")
    return render(request, "sharing/leave.html", {"membership": membership})


def mine_today(visit: Visit, pk: int) -> Membership:
    """A membership of this person that runs today; 404 otherwise."""
    mine = Membership.objects.of(visit.user).on(visit.today).select_related("employer", "user", "team", "site")
    return get_object_or_404(mine, pk=pk)
