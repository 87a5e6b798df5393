"""What a person means to reach: a level, or another certification."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.kept_forms import take
from renewals.actions.covering import say_interest, take_interest_back
from renewals.forms.coverage import InterestForm, interests_of

from .visits import visit_of


@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: HttpRequest) -> HttpResponse:
    """Everything they said, and saying one more."""
    visit = visit_of(request)
    meant = {"what": request.GET.get("what", "")[:40]}
    form = InterestForm(request.POST if request.method == "POST" else take(request), initial=meant)
    if request.method == "POST" and form.is_valid():
        certification, level = form.chosen()
        say_interest(
            certification=certification, level=level, note=form.cleaned_data["note"],
            shared=form.cleaned_data["shared"], by=visit.user, at=visit.at,
        )  # fmt: skip
        seen = "Employers you work for can see it." if form.cleaned_data["shared"] else "Only you can see it."
        messages.success(request, f"Saved. {seen}")
        return redirect("sharing:interests")
    context = {"form": form, "interests": interests_of(visit.user)}
    return render(request, "sharing/interests.html", context, status=422 if form.is_bound and form.errors else 200)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer."""
    visit = visit_of(request)
    take_interest_back(interest=get_object_or_404(interests_of(visit.user), pk=pk), by=visit.user, at=visit.at)
    messages.success(request, "It is taken back.")
    return redirect("sharing:interests")
