"""Writes about lists of people: kept for the preview, imported as a whole, undone as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts import actions, audit
from accounts.actions.bulk import Newcomer, invite_many
from accounts.models import Employer, Invitation, Site, Team, User
from accounts.problems import InvitationClosed, StillUsed
from accounts.spreadsheets.reading import Table

from ..importing.columns import recognised
from ..importing.planning import Person, Plan, plan
from ..models import PeopleImport

UNDO_DAYS = 30
PREVIEW_KEPT = timedelta(days=1)
_MAILED_WITHIN = timedelta(days=1)
_LOST_AFTER = timedelta(minutes=10)


class ImportChanged(ValueError):
    """Something else would happen than what was shown."""


class NotToUndo(ValueError):
    """It is not imported, or undone already, or too long ago."""


@transaction.atomic
def start_import(*, employer: Employer, table: Table, file_name: str, by: User, at: datetime) -> PeopleImport:
    """Keep a list for the next steps. Nobody is invited yet."""
    columns = {"headings": list(table.headings), "means": recognised(table.headings), "order": ""}
    rows = [[row.line, list(row.cells)] for row in table.rows]
    return PeopleImport.objects.create(
        employer=employer, file_name=file_name[:160], columns=columns, rows=rows, made_by=by, made_at=at
    )


@transaction.atomic
def name_columns(*, listed: PeopleImport, means: Sequence[str], order: str) -> PeopleImport:
    """Say what each column is, and how dates are written. One that was imported meanwhile stays as it is."""
    kept = PeopleImport.objects.select_for_update(no_key=True).get(pk=listed.pk)
    if kept.state != PeopleImport.State.PREVIEWED:
        return kept
    kept.columns = {**kept.columns, "means": list(means), "order": order}
    kept.save(update_fields=["columns"])
    return kept


@transaction.atomic
def apply_import(*, listed: PeopleImport, seen: str, by: User, at: datetime, today: date) -> PeopleImport:
    """Invite everybody new on the list, with what they are said to hold. Once: a second call changes nothing.

    `seen` is the digest of the plan that was shown; raises ImportChanged where another one would be carried out.
    """
    employer = Employer.objects.select_for_update(no_key=True).get(pk=listed.employer_id)
    kept = PeopleImport.objects.select_for_update(no_key=True).get(pk=listed.pk)
    if kept.state != PeopleImport.State.PREVIEWED:
        return kept
    planned = plan_of(kept, at, today)
    if planned.digest != seen or not planned.ready:
        raise ImportChanged
    places = _places(employer, planned, by, at)
    made = invite_many(employer=employer, newcomers=_newcomers(employer, planned.invited), by=by, at=at)
    kept.outcome = {"invitations": [one.pk for one in made], **places}
    kept.state, kept.applied_at = PeopleImport.State.APPLIED, at
    kept.save()
    audit.record(verb="people imported", by=by, at=at, target=kept, label=kept.file_name, after={"invited": len(made)})
    return kept


@transaction.atomic
def undo_import(*, listed: PeopleImport, by: User, at: datetime) -> int:
    """Take back every invitation nobody answered, and the teams and sites nobody uses. Returns how many joined already.

    Who joined stays: their record and their membership are theirs. Raises NotToUndo.
    """
    Employer.objects.select_for_update(no_key=True).get(pk=listed.employer_id)  # first, as whoever imports does
    kept = PeopleImport.objects.select_for_update(no_key=True).get(pk=listed.pk)
    if not can_undo(kept, at):
        raise NotToUndo
    _empty_places(kept)
    joined = 0
    for invitation in Invitation.objects.filter(pk__in=kept.outcome.get("invitations", [])).order_by("pk"):
        try:
            actions.revoke(invitation=invitation, by=by, at=at)
        except InvitationClosed:
            joined += invitation.used_at is not None
    for kind, name in ((Team, "teams"), (Site, "sites")):
        for place in kind.objects.filter(pk__in=kept.outcome.get(name, [])):
            _remove(place, by, at)
    kept.state, kept.undone_at = PeopleImport.State.UNDONE, at
    kept.save(update_fields=["state", "undone_at"])
    audit.record(verb="import of people undone", by=by, at=at, target=kept, label=kept.file_name)
    return joined


def forget_old_imports(*, at: datetime) -> None:
    """Lists that were never imported are not kept: they hold names of people who know nothing of it."""
    PeopleImport.objects.filter(state=PeopleImport.State.PREVIEWED, made_at__lt=at - PREVIEW_KEPT).delete()


def plan_of(listed: PeopleImport, at: datetime, today: date) -> Plan:
    """What importing this list would do now."""
    columns = listed.columns
    return plan(listed.employer, listed.rows, columns["means"], columns["order"], at, today)


def can_undo(listed: PeopleImport, at: datetime) -> bool:
    applied = listed.applied_at
    recent = applied is not None and at <= applied + timedelta(days=UNDO_DAYS)
    return recent and listed.state == PeopleImport.State.APPLIED


def unmailed(listed: PeopleImport) -> list[Invitation]:
    """Invitations of this list that are open and whose mail has not left."""
    ids = listed.outcome.get("invitations", [])
    return list(Invitation.objects.filter(pk__in=ids, mailed_at=None, used_at=None, declined_at=None, revoked_at=None))


def to_mail(*, at: datetime) -> list[PeopleImport]:
    """Imports of the last day of which mails have not left although nobody seems to be sending them."""
    recent = PeopleImport.objects.filter(
        state=PeopleImport.State.APPLIED, applied_at__gt=at - _MAILED_WITHIN, applied_at__lt=at - _LOST_AFTER
    )
    return [listed for listed in recent.defer("rows").order_by("applied_at") if unmailed(listed)]


def _places(employer: Employer, planned: Plan, by: User, at: datetime) -> dict[str, list[int]]:
    made: dict[str, list[int]] = {}
    for kind, key, names in ((Team, "teams", planned.new_teams), (Site, "sites", planned.new_sites)):
        added: list[Any] = [actions.add_place(kind=kind, employer=employer, name=name, by=by, at=at) for name in names]
        made[key] = [place.pk for place in added]
    return made


def _newcomers(employer: Employer, people: Sequence[Person]) -> list[Newcomer]:
    teams = {team.name.casefold(): team for team in employer.teams.all()}
    sites = {site.name.casefold(): site for site in employer.sites.all()}
    return [
        Newcomer(one.email, teams.get(one.team.casefold()), sites.get(one.site.casefold()), _proposed(one))
        for one in people
    ]


def _proposed(person: Person) -> list[dict[str, Any]]:
    return [
        {"certification": one.certification, "level": one.level, "number": one.number, "expiry": one.expiry}
        for one in person.offers
    ]


def _empty_places(listed: PeopleImport) -> None:
    """Whoever has not joined is meant for the new teams and sites no more; answered invitations stay as they are."""
    waiting = Invitation.objects.filter(pk__in=listed.outcome.get("invitations", []))
    waiting = waiting.filter(used_at=None, declined_at=None, revoked_at=None)
    waiting.filter(team__in=listed.outcome.get("teams", [])).update(team=None)
    waiting.filter(site__in=listed.outcome.get("sites", [])).update(site=None)


def _remove(place: Team | Site, by: User, at: datetime) -> None:
    try:
        with transaction.atomic():
            actions.remove_place(place=place, by=by, at=at)
    except StillUsed:
        return
