"""Two people edited one draft: both versions side by side, and a choice for each part. Nothing typed is lost."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import clock
from certifications.actions.drafts import Conflict, DraftClosed, TooLong, save_raw
from certifications.drafting import changed_by_them
from certifications.forms.merging import MergeForm
from certifications.rules.merging import merged, parts

from .gate import draft_of, writer

MOST_CHOICES = 300  # beyond it, one of the two is kept as a whole


def conflict_page(request: HttpRequest, conflict: Conflict, back: str = "") -> HttpResponse:
    """The page for the second of two people who saved. `back` is where to go on once it is settled."""
    draft = conflict.draft
    found = parts(draft.raw, conflict.mine)
    theirs = changed_by_them(draft, conflict.read, found)
    rows = [
        {"part": part, "name": f"part-{place}", "mine": part not in theirs, "long": _long(part.theirs, part.mine)}
        for place, part in enumerate(found[:MOST_CHOICES])
    ]
    context = {
        "number": len(found), "many": len(found) > MOST_CHOICES,
        "draft": draft, "rows": rows, "mine": json.dumps(conflict.mine), "read": conflict.read,
        "back": back or request.path,
    }  # fmt: skip
    return render(request, "rules/conflict.html", context, status=409)


def _long(*texts: str) -> bool:
    return any("\n" in text or len(text) > 200 for text in texts)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what was chosen of both versions."""
    draft = draft_of(request, pk)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    mine: dict[str, Any] = form.cleaned_data["mine"]
    seen, read = form.cleaned_data["lock_version"], form.cleaned_data["read"]
    back = form.cleaned_data["back"]
    found = parts(draft.raw, mine)
    if draft.in_work and seen != draft.lock_version and found:
        messages.warning(request, "The draft was changed once more while you were choosing.")
        return conflict_page(request, Conflict(draft, mine, read), back)
    everything = request.POST.get("all")
    chosen = [
        part
        for place, part in enumerate(found)
        if everything == "mine" or (not everything and request.POST.get(f"part-{place}") == "mine")
    ]
    raw = merged(draft.raw, mine, chosen)
    try:
        save_raw(draft=draft, raw=raw, lock_version=seen, by=writer(request), at=clock.now(), how="merged")
    except Conflict as conflict:
        return conflict_page(request, Conflict(conflict.draft, mine, read), back)
    except (DraftClosed, TooLong) as problem:
        messages.warning(request, f"{problem} Nothing was saved.")
    else:
        said = "The draft is saved, with what you chose of both." if chosen else "Their version is kept."
        messages.success(request, said)
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else reverse("certifications:draft_text", args=[draft.pk]))
