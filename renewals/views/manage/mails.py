"""Mails that wait, failed or may have arrived, and what is to become of them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.models import User
from accounts.switches import sending_held
from renewals.actions.resending import leave, send_again
from renewals.models import Reminder
from renewals.operating.mails import GROUPS, mails, post

from .gate import for_site_admins


@require_safe
@for_site_admins
def show(request: HttpRequest) -> HttpResponse:
    """One group of mails, a page at a time."""
    at = clock.now()
    group = request.GET.get("group", "failed")
    if group not in GROUPS:
        raise Http404
    found = post(at)
    numbers = {"failed": found.failed, "uncertain": found.uncertain, "waiting": found.waiting}
    context = {
        "group": group, "groups": [(key, label, numbers[key]) for key, label in GROUPS.items()],
        "label": GROUPS[group], "number": numbers[group], "post": found, "held": sending_held(),
        "page": mails(group, at, request.GET.get("page", "1")), "chosen": f"group={group}&",
    }  # fmt: skip
    return render(request, "manage/mails.html", context)


@require_POST
@for_site_admins
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one again, or leave it."""
    reminder = get_object_or_404(Reminder, pk=pk)
    group = "uncertain" if reminder.state == Reminder.State.UNCERTAIN else "failed"
    again = "again" in request.POST
    decided = (send_again if again else leave)(reminder=reminder, by=cast(User, request.user), at=clock.now())
    if not decided:
        messages.warning(request, "Somebody decided about this mail meanwhile.")
    elif again:
        messages.success(request, f"The mail to {reminder.user} goes out with the next sweep.")
    else:
        messages.success(request, f"The mail to {reminder.user} is left as it is.")
    return redirect(f"{reverse('manage:mails')}?group={group}")
