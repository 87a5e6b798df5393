"""The page a person shows to anybody, and what anybody sees."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.kept_forms import take
from certifications.models import HeldCertification
from renewals.actions.showing import show_publicly, stop_showing
from renewals.forms.showing import ShowForm
from renewals.models import PublicPage
from renewals.public_page import PublicView, open_page, view_of

from .visits import visit_of


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Choose what anybody may see, and the address of it."""
    visit = visit_of(request)
    page = PublicPage.objects.of(visit.user).open().first()
    initial = {
        "held": page.shown
        if page
        else list(HeldCertification.objects.of(visit.user).in_use().values_list("pk", flat=True)),
        "shows_level": page.shows_level if page else True,
        "shows_end": page.shows_end if page else True,
    }
    form = ShowForm(request.POST if request.method == "POST" else take(request), user=visit.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        show_publicly(
            held=list(said["held"]), shows_level=said["shows_level"], shows_end=said["shows_end"],
            by=visit.user, at=visit.at,
        )  # fmt: skip
        messages.success(request, "Saved. Your page shows it from now on.")
        return redirect("sharing:show")
    context = {"form": form, "holds": bool(form.fields["held"].queryset), "page": page}  # type: ignore[attr-defined]
    if page:
        address = request.build_absolute_uri(reverse("sharing:page", args=[page.token]))
        context |= {"address": address, "seen": view_of(page, visit.today)}
    return render(request, "sharing/show.html", context, status=422 if form.is_bound and form.errors else 200)


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """The address never works again."""
    visit = visit_of(request)
    if stop_showing(by=visit.user, at=visit.at):
        messages.success(request, "Your page is gone. Its address does not work any more.")
    return redirect("sharing:show")


@never_cache
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What anybody sees who has the address; one neutral answer where it does not work."""
    seen = _seen(token)
    answer = render(request, "sharing/page.html", {"seen": seen}, status=200 if seen else 404)
    return _unlisted(answer)


@never_cache
@require_safe
def badge(request: HttpRequest, token: str) -> HttpResponse:
    """The same in one line, as a picture."""
    seen = _seen(token)
    words = seen.badge if seen else "This link is not active"
    context = {"words": words, "width": 7 * len(words) + 96, "text_width": 7 * len(words)}
    answer = render(request, "sharing/badge.svg", context, status=200 if seen else 404)
    answer["Content-Type"] = "image/svg+xml"
    return _unlisted(answer)


def _seen(token: str) -> PublicView | None:
    found = open_page(token)
    return view_of(found, clock.today(found.user)) if found else None


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """Search engines keep it out of their lists."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
