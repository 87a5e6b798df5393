"""Employers, their teams and their sites."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import Employer, Invitation, Membership, Site, Team, User
from accounts.problems import NameTaken, PlaceGone, StillUsed

Place = Team | Site


@transaction.atomic
def found_employer(*, by: User, name: str, at: datetime, today: date) -> Employer:
    """Open an employer with `by` as its first owner. Two employers may have the same name.

    Somebody who already owns one of that name gets that one: the form was sent twice.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    owned = Membership.objects.of(by).filter(role=Membership.Role.OWNER, left_on=None, employer__name=name)
    if there := owned.select_related("employer").first():
        return there.employer
    employer = Employer.objects.create(name=name, time_zone=by.time_zone, made_at=at, is_demo=by.is_demo)
    Membership.objects.create(
        user=by, employer=employer, role=Membership.Role.OWNER, shares_changed_at=at, joined_on=today
    )
    audit.record(verb="employer founded", by=by, at=at, target=employer, label=name, subject=by)
    return employer


@transaction.atomic
def change_employer(*, employer: Employer, by: User, at: datetime, **changes: object) -> Employer:
    """Set any of name, time_zone and digest_weekday (0 is Monday, None is off). Nothing is written where all is so."""
    unknown = changes.keys() - {"name", "time_zone", "digest_weekday"}
    if unknown:
        raise ValueError(f"Not a setting: {', '.join(sorted(unknown))}")
    kept = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    after = {field: value for field, value in changes.items() if getattr(kept, field) != value}
    if not after:
        return kept
    before = {field: getattr(kept, field) for field in after}
    for field, value in after.items():
        setattr(kept, field, value)
    kept.save(update_fields=list(after))
    audit.record(
        verb="employer settings changed", by=by, at=at, target=kept, label=kept.name, before=before, after=after
    )
    return kept


@transaction.atomic
def add_place(*, kind: type[Place], employer: Employer, name: str, by: User, at: datetime) -> Place:
    """Add a team or a site. Raises NameTaken."""
    _lock(employer)
    _free(kind, employer, name)
    place = kind.objects.create(employer=employer, name=name)
    audit.record(verb=f"{_word(place)} added", by=by, at=at, target=place, label=name)
    return place


@transaction.atomic
def rename_place(*, place: Place, name: str, by: User, at: datetime) -> Place:
    """Give a team or a site another name. Raises NameTaken and PlaceGone."""
    _lock(place.employer)
    must_be_there(place)
    kept = type(place).objects.get(pk=place.pk)
    if kept.name == name:
        return kept
    _free(type(place), place.employer, name, besides=place.pk)
    before, kept.name = kept.name, name
    kept.save(update_fields=["name"])
    audit.record(
        verb=f"{_word(place)} renamed", by=by, at=at, target=kept, label=name, before={"name": before},
        after={"name": name},
    )  # fmt: skip
    return kept


@transaction.atomic
def remove_place(*, place: Place, by: User, at: datetime) -> None:
    """Remove a team or a site that nobody was ever in or invited to. Raises StillUsed."""
    _lock(place.employer)
    word = _word(place)
    if Membership.objects.filter(**{word: place}).exists() or Invitation.objects.filter(**{word: place}).exists():
        raise StillUsed
    audit.record(verb=f"{word} removed", by=by, at=at, target=place, label=place.name)
    place.delete()


def must_be_there(*places: Place | None) -> None:
    """Raise PlaceGone where somebody else removed one of them. Call it with the employer locked."""
    for place in places:
        if place is not None and not type(place).objects.filter(pk=place.pk).exists():
            raise PlaceGone(place.name)


def _lock(employer: Employer) -> None:
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)


def _free(kind: type[Place], employer: Employer, name: str, besides: int = 0) -> None:
    if kind.objects.filter(employer=employer, name__iexact=name).exclude(pk=besides).exists():
        raise NameTaken(name)


def _word(place: Place) -> str:
    return "team" if isinstance(place, Team) else "site"
