"""The whole rule document through forms: a page for each section, and one for each row of its long lists.

Whatever is typed is kept, whether it makes sense yet or not: each button saves first, then does what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from certifications.actions.drafts import Conflict, DraftClosed, TooLong, discard, save_raw
from certifications.drafting import LEAST_EXAMPLES, examples_of, sent_back
from certifications.editor.desk import Desk
from certifications.editor.fields import fields_at, list_at
from certifications.editor.reading import value_at
from certifications.editor.rooms import Room, room, room_of
from certifications.editor.showing import row_title
from certifications.editor.telling import control_id
from certifications.forms.editing import Edit
from certifications.models import RuleDraft

from .draft_conflict import conflict_page
from .gate import draft_of, writer


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft as a whole: its sections, what is to be put right, what it says."""
    found = draft_of(request, pk)
    tried = examples_of(found) if found.in_work else []
    context = {
        "draft": found, "desk": Desk(found), "tried": tried, "green": sum(one.holds for one in tried),
        "least": LEAST_EXAMPLES, "sent_back": sent_back(found),
    }  # fmt: skip
    return render(request, "rules/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One section of the rules."""
    found, here = _place(request, pk, key)
    if not found.in_work:
        return redirect("certifications:draft", found.pk)
    status = 200
    if request.method == "POST":
        edit = Edit(request.POST, found, at="", parts=here.parts)
        answer = _saved(request, found, edit, _section_url(found, here))
        if answer:
            return answer
        status = 422
    desk = Desk(found)
    found_fields = fields_at("")
    fields = [one for one in (found_fields[1] if found_fields else ()) if one.name in here.parts]
    context = {
        "draft": found, "desk": desk, "room": here, "nodes": desk.showing.nodes("", fields),
        "words": desk.words_of(here), "read": Edit.kept(found.raw, "", here.parts),
        "wrong": [one for one in desk.troubles if one.room == here],
    }  # fmt: skip
    return render(request, "rules/section.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: int, key: str, path: str) -> HttpResponse:
    """One row of a list: a kind of activity, a cap, a source. The place just behind the last one is a new row."""
    found, here = _place(request, pk, key)
    around, _, place = path.rpartition(".")
    of, inside = list_at(around), fields_at(path)
    if of is None or inside is None or not of.own_page or room_of(path) != here:
        raise Http404
    if not found.in_work:
        return redirect("certifications:draft", found.pk)
    there = value_at(found.raw, around)
    number = len(there) if isinstance(there, list) else 0
    new = int(place) >= number
    status = 200
    if request.method == "POST":
        edit = Edit(request.POST, found, at=path, parts=[one.name for one in inside[1]])
        answer = _saved(request, found, edit, reverse("certifications:draft_row", args=[found.pk, key, path]))
        if answer:
            return answer
        status = 422
    elif int(place) > number:
        raise Http404
    desk = Desk(found)
    table = value_at(found.raw, path)
    more = desk.showing.nodes(path, [one for one in inside[1] if one.more])
    back, back_label = _back(found, here, around)
    context = {
        "draft": found, "desk": desk, "room": here, "of": of, "path": path, "new": new, "back": back,
        "back_label": back_label,
        "more_open": any(one.open for one in more), "title": row_title(of, table, int(place)),
        "words": desk.showing.words.get(path, ()),
        "nodes": desk.showing.nodes(path, [one for one in inside[1] if not one.more]),
        "more": more,
        "read": Edit.kept(found.raw, path, ()),
        "wrong": [one for one in desk.troubles if one.path == path or one.path.startswith(f"{path}.")],
    }  # fmt: skip
    return render(request, "rules/row.html", context, status=status)


def _place(request: HttpRequest, pk: int, key: str) -> tuple[RuleDraft, Room]:
    found, here = draft_of(request, pk), room(key)
    if here is None:
        raise Http404
    return found, here


def _section_url(found: RuleDraft, here: Room) -> str:
    return reverse("certifications:draft_section", args=[found.pk, here.key])


def _back(found: RuleDraft, here: Room, around: str) -> tuple[str, str]:
    """Where a row's page leads back to: the row that it lies in, else the section."""
    outer = around.rpartition(".")[0]
    lists = outer.rpartition(".")[0]
    of = list_at(lists) if outer else None
    if of and of.own_page:
        title = row_title(of, value_at(found.raw, outer), int(outer.rpartition(".")[2]))
        return reverse("certifications:draft_row", args=[found.pk, here.key, outer]), title
    return _section_url(found, here), here.title


def _saved(request: HttpRequest, found: RuleDraft, edit: Edit, page: str) -> HttpResponse | None:
    """Save what was posted and go where its button leads; None where it cannot be kept."""
    raw = edit.raw
    if edit.empty:
        if edit.act == "save":
            messages.info(request, "Nothing is filled in yet, so nothing is saved.")
        return redirect(_next(found, edit, raw, page))
    try:
        saved = save_raw(draft=found, raw=raw, lock_version=edit.lock_version, by=writer(request), at=clock.now())
    except Conflict as conflict:
        return conflict_page(request, conflict, page)
    except DraftClosed as closed:
        messages.warning(request, f"{closed} Nothing was saved.")
        return redirect("certifications:draft", found.pk)
    except TooLong as long:
        messages.error(request, f"{long} Nothing was saved.")
        return None
    if edit.act == "save":
        _say(request, saved, saved.lock_version != found.lock_version)
    elif edit.act == "remove":
        messages.success(request, "Removed. The draft is saved.")
    return redirect(_next(found, edit, raw, page))


def _say(request: HttpRequest, saved: RuleDraft, changed: bool) -> None:
    if not changed:
        messages.info(request, "Nothing was changed.")
    elif saved.digest:
        messages.success(request, "The draft is saved.")
    else:
        first, *more = [one.text for one in Desk(saved).troubles]
        what = f"{1 + len(more)} things are" if more else "1 thing is"
        besides = f" And {len(more)} more." if more else ""
        messages.warning(
            request, f"The draft is saved. {what} to be put right before it can be published. {first}{besides}"
        )


def _next(found: RuleDraft, edit: Edit, raw: Mapping[str, Any], page: str) -> str:
    """The page behind a button."""
    here = room(edit.target) if edit.act == "go" else None
    if here:
        return _section_url(found, here)
    of = list_at(edit.target) if edit.act == "add" else None
    if of and of.own_page:
        there = value_at(raw, edit.target)
        new = f"{edit.target}.{len(there) if isinstance(there, list) else 0}"
        inside = room_of(new)
        return reverse("certifications:draft_row", args=[found.pk, inside.key if inside else "", new])
    if edit.act == "save" and edit.at and not edit.wrong(raw):
        inside = room_of(edit.at)
        around = edit.at.rpartition(".")[0]
        if inside:
            return f"{_back(found, inside, around)[0]}#{control_id(edit.at)}"
    return f"{page}#{control_id(edit.target)}" if edit.act in ("add", "up", "down", "remove") else page


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop working on a draft; it is kept in the audit trail."""
    found = draft_of(request, pk)
    sent = request.POST.get("lock_version", "")
    try:
        version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
        discard(draft=found, lock_version=version, by=writer(request), at=clock.now())
    except Conflict as conflict:
        messages.warning(request, f"{conflict} Look at it again before you discard it.")
        return redirect("certifications:draft", found.pk)
    except DraftClosed as closed:
        messages.warning(request, str(closed))
        return redirect("certifications:draft", found.pk)
    messages.success(request, f"The draft of {found.rule_set.name} is discarded. You can take it up again.")
    return redirect("certifications:draft", found.pk)
