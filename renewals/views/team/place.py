"""Where a team page is: whose team is looked at, by whom, on which day. Asked anew on every request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.http import Http404, HttpRequest
from django.urls import reverse

from accounts import clock
from accounts.models import Employer, Membership, User
from renewals.access import employer_of, overseen


@dataclass(frozen=True)
class Place:
    """The employer whose team the signed-in person oversees today."""

    user: User
    membership: Membership
    memberships: tuple[Membership, ...]
    now: datetime
    today: date

    @property
    def employer(self) -> Employer:
        return self.membership.employer

    @property
    def query(self) -> str:
        """What addresses of this team end with: nothing while there is only one to choose from."""
        return f"?employer={self.employer.pk}" if len(self.memberships) > 1 else ""

    @property
    def more(self) -> str:
        """The same, before further parameters."""
        return f"?employer={self.employer.pk}&" if len(self.memberships) > 1 else "?"

    def url(self, name: str, *args: object) -> str:
        """The address of a page about this team."""
        return reverse(name, args=args) + self.query

    @property
    def owns(self) -> bool:
        return self.membership.role == Membership.Role.OWNER


def place_of(request: HttpRequest) -> Place:
    """The employer that the address names, else the first one. 404 for whoever oversees none, or not that one."""
    user = cast(User, request.user)
    today = clock.today(user)
    memberships = tuple(overseen(user, today))
    wanted = employer_of(user, today, request.GET.get("employer", ""))
    return _place(user, today, memberships, wanted)


def owned_place(request: HttpRequest) -> Place:
    """The same, only for owners: they manage members and settings. 404 for everybody else."""
    place = place_of(request)
    if not place.owns:
        raise Http404
    return place


def place_at(request: HttpRequest, employer_id: int) -> Place:
    """The place at one employer. 404 unless it is overseen today."""
    user = cast(User, request.user)
    today = clock.today(user)
    memberships = tuple(overseen(user, today))
    found = next((one.employer for one in memberships if one.employer_id == employer_id), None)
    if found is None:
        raise Http404
    return _place(user, today, memberships, found)


def _place(user: User, today: date, memberships: tuple[Membership, ...], employer: Employer) -> Place:
    own = next(one for one in memberships if one.employer_id == employer.pk)
    return Place(user, own, memberships, clock.now(), today)
