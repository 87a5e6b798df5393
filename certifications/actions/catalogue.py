"""Writes about the catalogue: bodies, their certifications and levels. What was edited here, rule packs leave alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils.text import slugify

from accounts import audit
from accounts.models import User

from ..models import Body, Certification, Level

# Steps that make room while levels change places: positions are unique, and nobody has this many levels.
_ASIDE = 1000
# Any number will do, as long as nothing else in this database locks by it.
_ONE_AT_A_TIME = 2_204_117_903


class LevelHeld(ValueError):
    """Somebody holds this level, so it cannot be taken away."""


class ChangedMeanwhile(ValueError):
    """Somebody else saved first; what they saved is to be looked at."""


def take_turn() -> None:
    """Wait for whoever adds to the catalogue, until this transaction ends: names make addresses, each once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


@transaction.atomic
def save_body(*, body: Body | None, values: Mapping[str, Any], read: datetime | None, by: User, at: datetime) -> Body:
    """Make a body or change it. `read` is its `edited_at` as it was read; raises ChangedMeanwhile.

    One that is there with all these values is that one: a form sent twice makes one body.
    """
    if body is None:
        take_turn()
        if there := Body.objects.filter(**values).first():
            return there
        made = Body.objects.create(slug=_free(values["name"], Body.objects.all()), edited_at=at, **values)
        audit.record(verb="body made", by=by, at=at, target=made, label=made.name, after=_plain(values))
        return made
    stored = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    _put(stored, values, read, "body changed", by, at)
    return stored


def _put(
    stored: Body | Certification, values: Mapping[str, Any], read: datetime | None, verb: str, by: User, at: datetime
) -> bool:
    """Bring a row to these values, with a trace of those that differ; whether there were any."""
    if stored.edited_at != read:
        raise ChangedMeanwhile(f"{stored} was changed by somebody else meanwhile.")
    before = {name: getattr(stored, name) for name in values}
    changed = [name for name, value in values.items() if before[name] != value]
    if changed:
        for name in changed:
            setattr(stored, name, values[name])
        stored.edited_at = at
        stored.save(update_fields=[*changed, "edited_at"])
        audit.record(
            verb=verb, by=by, at=at, target=stored, label=str(stored),
            before=_plain({name: before[name] for name in changed}),
            after=_plain({name: values[name] for name in changed}),
        )  # fmt: skip
    return bool(changed)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _free(name: str, rows: models.QuerySet[Any]) -> str:
    slug = slugify(name)[:50] or "new"
    taken = set(rows.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(one for one in (slug, *(f"{slug}-{number}" for number in range(2, 1000))) if one not in taken)


@transaction.atomic
def save_certification(
    *,
    certification: Certification | None,
    body: Body,
    values: Mapping[str, Any],
    levels: Sequence[Mapping[str, Any]],
    related: Iterable[Certification],
    includes: Iterable[Certification],
    read: datetime | None,
    by: User,
    at: datetime,
) -> Certification:
    """Make a certification or change it, with its levels in order and what it is related to and includes.

    A level is known by its `pk`; one without is new. Raises LevelHeld and ChangedMeanwhile. One of this body that is
    there with all these values is that one: a form sent twice makes one certification.
    """
    if certification is None:
        take_turn()
        if there := body.certifications.filter(**values).first():
            return there
        slug = _free(values["short"] or values["name"], body.certifications.all())
        stored = Certification.objects.create(body=body, slug=slug, edited_at=at, **values)
        audit.record(verb="certification made", by=by, at=at, target=stored, label=stored.name, after=_plain(values))
    else:
        stored = Certification.objects.select_for_update(no_key=True, of=("self",)).get(pk=certification.pk)
        _put(stored, values, read, "certification changed", by, at)
    before = _around(stored)
    _levels(stored, levels)
    stored.related.set(related)
    stored.includes.set(includes)
    after = _around(stored)
    if after != before:
        stored.edited_at = at
        stored.save(update_fields=["edited_at"])
        differ = [name for name in after if after[name] != before[name]]
        audit.record(
            verb="levels and relations changed", by=by, at=at, target=stored, label=stored.name,
            before={name: before[name] for name in differ}, after={name: after[name] for name in differ},
        )  # fmt: skip
    return stored


def _around(stored: Certification) -> dict[str, Any]:
    return {
        "levels": [
            f"{level.code}: {level.name}. {level.meaning} {level.needs}".strip() for level in stored.levels.all()
        ],
        "related": sorted(stored.related.values_list("slug", flat=True)),
        "includes": sorted(stored.includes.values_list("slug", flat=True)),
    }


def _levels(stored: Certification, levels: Sequence[Mapping[str, Any]]) -> None:
    """Bring the ladder to these rows, in this order. A level that somebody holds is not taken away."""
    rows = {level.pk: level for level in stored.levels.all()}
    kept = {one["pk"] for one in levels if one.get("pk") in rows}
    for row in rows.values():
        if row.pk not in kept:
            if row.held.exists():
                raise LevelHeld(f"{row.name} is held by people and cannot be taken away.")
            row.delete()
    stored.levels.update(position=models.F("position") + _ASIDE)
    for place, one in enumerate(levels, 1):
        level = rows.get(one.get("pk") or 0) or Level(certification=stored)
        level.position = place
        for name in ("code", "name", "meaning", "needs"):
            setattr(level, name, one[name])
        level.save()


@transaction.atomic
def still_true(*, target: Body | Certification, on: date, by: User, at: datetime) -> None:
    """Somebody read the body's own page again, and it says what we say."""
    before = target.checked_on
    if before == on:
        return
    target.checked_on = on
    target.edited_at = target.edited_at or at
    target.save(update_fields=["checked_on", "edited_at"])
    audit.record(
        verb="still true", by=by, at=at, target=target, label=str(target),
        before={"checked_on": before.isoformat() if before else None}, after={"checked_on": on.isoformat()},
    )  # fmt: skip
