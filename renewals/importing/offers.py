"""The certifications that came with an invitation, as the invited person sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Invitation, User
from certifications.models import Certification, HeldCertification, Level
from certifications.rules.dates import written


@dataclass(frozen=True)
class Offered:
    """One of them. `number` is its place in the list; `why_not` is empty where it can be taken over as it is."""

    number: int
    certification: Certification
    level: Level | None
    card_number: str
    expiry: date | None
    why_not: str

    @property
    def can_be_taken(self) -> bool:
        return not self.why_not

    def __str__(self) -> str:
        title = f"{self.certification.name}, {self.level.name}" if self.level else self.certification.name
        number = f", number {self.card_number}" if self.card_number else ""
        expiry = f", to {written(self.expiry)}" if self.expiry else ""
        return f"{title}{number}{expiry}"


def offers_of(invitation: Invitation, user: User) -> list[Offered]:
    """What is proposed, less what this person holds already. Two queries and one for the levels."""
    wanted = [one for one in invitation.proposed if isinstance(one, dict)]
    ids = {one["certification"] for one in wanted}
    known = Certification.objects.catalogue().filter(pk__in=ids).prefetch_related("levels").in_bulk()
    held = set(HeldCertification.objects.of(user).in_use().values_list("certification", flat=True)) if wanted else set()
    found = []
    for number, one in enumerate(wanted):
        certification = known.get(one["certification"])
        if certification and certification.pk not in held:
            levels = list(certification.levels.all())
            level = next((rung for rung in levels if rung.code == one["level"]), None)
            expiry = date.fromisoformat(one["expiry"]) if one["expiry"] else None
            found.append(Offered(number, certification, level, one["number"], expiry, _why_not(levels, level, expiry)))
    return found


def _why_not(levels: list[Level], level: Level | None, expiry: date | None) -> str:
    if levels and level is None:
        return "its level is not given"
    return "" if expiry else "its expiry date is not given"
