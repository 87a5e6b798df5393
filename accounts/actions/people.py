"""What a person may change about their own account."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import audit
from accounts.models import User


@transaction.atomic
def change_settings(*, by: User, at: datetime, **changes: str) -> User:
    """Set any of name, time_zone and theme on the account of `by`. Nothing is written where nothing differs."""
    unknown = changes.keys() - {"name", "time_zone", "theme"}
    if unknown:
        raise ValueError(f"Not a setting: {', '.join(sorted(unknown))}")
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    before = {field: getattr(user, field) for field in changes}
    after = {field: value for field, value in changes.items() if before[field] != value}
    if not after:
        return user
    for field, value in after.items():
        setattr(user, field, value)
    user.save(update_fields=list(after))
    audit.record(
        verb="settings changed",
        by=by,
        at=at,
        target=user,
        label=str(user),
        before={field: before[field] for field in after},
        after=after,
        subject=user,
    )
    return user


@transaction.atomic
def keep_birth_date(*, by: User, at: datetime, birth_date: date) -> None:
    """Note when the person was born: some bodies end a period with the month of birth."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if user.birth_date != birth_date:
        user.birth_date = by.birth_date = birth_date
        user.save(update_fields=["birth_date"])
        # The date itself is nobody's business but theirs.
        audit.record(verb="birth date entered", by=by, at=at, target=user, label=user.name, subject=user)


@transaction.atomic
def add_demo_person(*, name: str, email: str, password: str, at: datetime, **fields: object) -> User:
    """Somebody invented, who may sign in at once. Only for a demo or a test: the address is taken as confirmed."""
    user = User.objects.create_user(email, password, name=name, is_demo=True, joined_at=at, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(verb="demo person added", by=user, at=at, target=user, label=user.name, subject=user)
    return user
