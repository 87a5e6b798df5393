"""The catalogue for those who write rules: bodies, their certifications, levels, and pages that were read again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.plain_text import one_line
from certifications.actions.catalogue import ChangedMeanwhile, LevelHeld, save_body, save_certification, still_true
from certifications.forms.catalogue import MOST_LEVELS, BodyForm, CertificationForm, Levels
from certifications.forms.late import differing, read_now
from certifications.models import Body, Certification

from .gate import writer


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every certifying body, by trade."""
    writer(request)
    words = one_line(request.GET.get("q", ""))[:100]
    bodies = Body.objects.annotate(number=Count("certifications")).order_by("trade", "name")
    for word in words.split()[:8]:
        bodies = bodies.filter(name__icontains=word) | bodies.filter(full_name__icontains=word)
    return render(request, "rules/catalogue.html", {"bodies": list(bodies), "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
def new_body(request: HttpRequest) -> HttpResponse:
    """A body that is not in the catalogue yet."""
    writer(request)
    return _body(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body and its certifications."""
    writer(request)
    return _body(request, get_object_or_404(Body, slug=slug))


def _body(request: HttpRequest, found: Body | None) -> HttpResponse:
    user = writer(request)
    start = None if found else {"checked_on": clock.today(user)}
    sent = request.POST if request.method == "POST" else None
    form = BodyForm(sent, instance=found, initial=start, today=clock.today(user))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            stored = Body.objects.get(pk=found.pk) if found else None
            try:
                saved = save_body(
                    body=stored, values=form.values, read=form.cleaned_data["read"], by=user, at=clock.now()
                )
            except ChangedMeanwhile:
                return _late_body(request, form, Body.objects.get(slug=found.slug)) if found else redirect(request.path)
            else:
                messages.success(request, f"{saved.name} is saved.")
                return redirect("certifications:body", saved.slug)
    stored = Body.objects.get(pk=found.pk) if found else None
    return render(request, "rules/body.html", _about(stored) | {"form": form}, status=status)


def _late_body(request: HttpRequest, form: BodyForm, stored: Body) -> HttpResponse:
    late = differing(form, stored)
    read_now(form, stored)
    return render(
        request, "rules/body.html", _about(stored) | {"form": form, "late": late, "is_late": True}, status=409
    )


def _about(stored: Body | None) -> dict[str, Any]:
    certifications = stored.certifications.order_by("name") if stored else ()
    rule_sets = stored.rule_sets.order_by("name") if stored else ()
    return {"body": stored, "certifications": certifications, "rule_sets": rule_sets}


@require_http_methods(["GET", "HEAD", "POST"])
def new_certification(request: HttpRequest, slug: str) -> HttpResponse:
    """A certification that a body does not have yet."""
    writer(request)
    return _certification(request, get_object_or_404(Body, slug=slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
def certification(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One certification: what it is, its levels in order, what it is related to and includes."""
    writer(request)
    found = get_object_or_404(Certification, body__slug=slug, slug=key)
    return _certification(request, get_object_or_404(Body, slug=slug), found)


def _certification(request: HttpRequest, of: Body, found: Certification | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = CertificationForm(sent, instance=found, body=of)
    levels = Levels(found, sent)
    status = 200
    moved = sent is not None and levels.act(sent.get("act", "save"))
    if moved:
        messages.info(request, "Not saved yet.")
    elif sent is not None:
        answer, status = _save(request, form, levels, of, found)
        if answer:
            return answer
    stored = Certification.objects.get(pk=found.pk) if found else None
    context = {
        "form": form, "levels": levels, "body": of, "certification": stored, "most": MOST_LEVELS, "moved": moved,
        "rule_sets": stored.rule_sets.order_by("name") if stored else (),
        "stacks": stored.stacks_into.order_by("name") if stored else (), "is_late": status == 409,
    }  # fmt: skip
    if stored and status == 409:
        context["late"] = differing(form, stored, levels)
        read_now(form, stored)
    return render(request, "rules/certification.html", context, status=status)


def _save(
    request: HttpRequest, form: CertificationForm, levels: Levels, of: Body, found: Certification | None
) -> tuple[HttpResponse | None, int]:
    if not (form.is_valid() & levels.valid()):
        if form.is_valid():
            form.add_error(None, "Look at the levels")
        return None, 422
    chosen = form.cleaned_data
    try:
        saved = save_certification(
            certification=found, body=of, values=form.values, levels=[row.values for row in levels.rows],
            related=chosen["related"], includes=chosen["includes"], read=chosen["read"], by=writer(request),
            at=clock.now(),
        )  # fmt: skip
    except LevelHeld as error:
        form.add_error(None, str(error))
        return None, 422
    except ChangedMeanwhile:
        return None, 409
    messages.success(request, f"{saved.name} is saved.")
    return redirect("certifications:certification", of.slug, saved.slug), 302


@require_POST
def body_still_true(request: HttpRequest, slug: str) -> HttpResponse:
    """The body's own page was read again."""
    user = writer(request)
    found = get_object_or_404(Body, slug=slug)
    still_true(target=found, on=clock.today(user), by=user, at=clock.now())
    messages.success(request, "Noted as read today.")
    return redirect("certifications:body", found.slug)


@require_POST
def certification_still_true(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The certification's own page was read again."""
    user = writer(request)
    found = get_object_or_404(Certification, body__slug=slug, slug=key)
    still_true(target=found, on=clock.today(user), by=user, at=clock.now())
    messages.success(request, "Noted as read today.")
    return redirect("certifications:certification", slug, found.slug)
