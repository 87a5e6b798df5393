"""What a person shows to anybody who has the address of their page."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from certifications.models import HeldCertification

from ..models import PublicPage


@transaction.atomic
def show_publicly(
    *, held: Sequence[HeldCertification], shows_level: bool, shows_end: bool, by: User, at: datetime
) -> PublicPage:
    """Show these certifications; the address stays as long as the page is not ended."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    told = {"shown": [one.pk for one in held], "shows_level": shows_level, "shows_end": shows_end}
    page = PublicPage.objects.of(by).filter(ended_at=None).first()
    before = {name: getattr(page, name) for name in told} if page else None
    if page is None:
        page = PublicPage.objects.create(user=by, token=secrets.token_urlsafe(24), made_at=at, **told)
    elif before != told:
        PublicPage.objects.filter(pk=page.pk).update(**told)
        page.refresh_from_db()
    if before != told:
        record(
            verb="public page changed" if before else "public page opened", by=by, at=at, target=page, label=str(page),
            before=before, after=told, subject=by,
        )  # fmt: skip
    return page


@transaction.atomic
def stop_showing(*, by: User, at: datetime) -> bool:
    """End the page: its address never works again. False where there was none."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    page = PublicPage.objects.of(by).filter(ended_at=None).first()
    if page is None:
        return False
    PublicPage.objects.filter(pk=page.pk).update(ended_at=at)
    record(verb="public page ended", by=by, at=at, target=page, label=str(page), subject=by)
    return True
