"""Who may see pages about drafts: those who write rules. For everybody else there is no such page."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from certifications.models import RuleDraft


def writer(request: HttpRequest) -> User:
    """The person who asks, if it is one who writes rules."""
    user = cast(User, request.user)
    if not user.is_rules_admin:
        raise Http404
    return user


def draft_of(request: HttpRequest, pk: int) -> RuleDraft:
    """The draft with this number, whatever became of it."""
    return get_object_or_404(RuleDraft.objects.open_to(writer(request)).with_people(), pk=pk)
