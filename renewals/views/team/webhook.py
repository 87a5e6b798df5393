"""Telling an employer's own system: where, with which secret, and whether it arrives. For owners."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.kept_forms import take
from renewals.actions.hooking import renew_secret, set_webhook
from renewals.forms.hooking import WebhookForm
from renewals.models import Webhook
from renewals.webhooks.sending import MOST_TESTS, TestedEnough, try_out
from renewals.webhooks.signing import secret_of

from .place import Place, owned_place

_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest) -> HttpResponse:
    """The address, its secret once when it is new, the last messages, and a test."""
    place = owned_place(request)
    if not settings.WEBHOOKS:
        raise Http404
    hook = Webhook.objects.filter(employer=place.employer).first()
    if request.method != "POST":
        return _page(request, place, hook, WebhookForm.of(hook, take(request)))
    if hook and "test" in request.POST:
        return _test(request, place, hook)
    if hook and "renew" in request.POST:
        hook = renew_secret(hook=hook, by=place.user, at=place.now)
        return _page(request, place, hook, WebhookForm.of(hook), new_secret=True)
    form = WebhookForm.of(hook, request.POST)
    if not form.is_valid():
        return _page(request, place, hook, form)
    hook, is_new = set_webhook(employer=place.employer, by=place.user, at=place.now, **form.cleaned_data)
    if is_new:
        return _page(request, place, hook, WebhookForm.of(hook), new_secret=True)
    messages.success(request, "The address is saved.")
    return redirect(place.url("team:webhook"))


def _test(request: HttpRequest, place: Place, hook: Webhook) -> HttpResponse:
    try:
        answer = try_out(hook, place.now)
    except TestedEnough as enough:
        again = clock.written(enough.again, place.user)
        messages.warning(request, f"{MOST_TESTS} tests within 10 minutes are enough. Send the next one from {again}.")
        return redirect(place.url("team:webhook"))
    if answer.taken:
        messages.success(request, f"The test arrived. {answer.said}")
    else:
        messages.warning(request, f"The test did not arrive. {answer.said}")
    return redirect(place.url("team:webhook"))


def _page(
    request: HttpRequest, place: Place, hook: Webhook | None, form: WebhookForm, *, new_secret: bool = False
) -> HttpResponse:
    context = {
        "place": place, "hook": hook, "form": form, "secret": secret_of(hook) if hook and new_secret else "",
        "sent": hook.messages.all()[:_SHOWN] if hook else [],
    }  # fmt: skip
    return render(request, "team/webhook.html", context, status=422 if form.is_bound and form.errors else 200)
