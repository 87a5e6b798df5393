"""What those who oversee a team are told: the weekly digest, and on the day itself what is about to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Employer, User
from certifications.rules.dates import written
from certifications.rules.words import StandingWord

from ..access import overseen, people_of, visible_standings
from ..digest import Digest, digest
from ..models import Reminder
from ..teams.filters import with_certification
from ..teams.told import Told
from .stages import Family, read

_MOST = 20


@dataclass(frozen=True)
class Notice:
    """One certification of one person, as an overseer is told of it."""

    person: str
    told: Told

    @property
    def line(self) -> str:
        """ "Due: Haddad R., Inspection and Testing, Level II, 19 points short, ends 14 Dec 2026"."""
        one = self.told
        shown = one.sub_line[:1].lower() + one.sub_line[1:]
        ends = one.standing.ends_on
        tail = [shown] if shown else []
        if ends and one.word != StandingWord.LAPSED:
            tail.append(f"ends {written(ends)}")
        return ", ".join([f"{one.label}: {self.person}", one.title, *tail])


@dataclass(frozen=True)
class TeamWords:
    """Everything in one mail about one team."""

    employer: Employer
    notices: tuple[Notice, ...]
    digest: Digest | None
    left_out: int = 0  # further notices, so that the mail stays small

    @property
    def subject(self) -> str:
        """The standing first where something is about to end; else how many people need action."""
        if not self.notices:
            return f"{self.digest.headline}, {self.employer.name}" if self.digest else self.employer.name
        more = len(self.notices) + self.left_out - 1
        return self.notices[0].line + (f" and {more} more" if more else "")

    @property
    def preview(self) -> str:
        if self.notices and self.notices[0].told.fix:
            return f"Next: {self.notices[0].told.fix}"
        return self.digest.headline if self.digest else self.employer.name


def words_for_team(user: User, rows: Sequence[Reminder], today: date) -> TeamWords | None:
    """What these rows say to somebody who oversees this team today; None for anybody else, or where nothing is left."""
    membership = overseen(user, today).filter(employer=rows[0].employer_id).first()
    if membership is None:
        return None
    employer = membership.employer
    about = [row.about_id for row in rows if row.about_id is not None]
    asked = any(read(row.stage, row.due_on).family is Family.DIGEST for row in rows)
    weekly = digest(employer, today) if asked else None
    notices = _notices(employer, about, today)
    weekly = weekly if weekly and weekly.says_something else None
    words = TeamWords(employer, notices[:_MOST], weekly, len(notices[_MOST:]))
    return words if words.notices or words.digest else None


def _notices(employer: Employer, about: Sequence[int], today: date) -> tuple[Notice, ...]:
    """Only what this employer may see today of those periods."""
    if not about:
        return ()
    found = with_certification(visible_standings(employer, today).filter(period__in=about)).worst_first()
    members = {one.user_id: one for one in people_of(employer, today).filter(user__in=[row.user_id for row in found])}
    return tuple(
        Notice(str(row.user), Told(row, today, members[row.user_id].shares_activities, members[row.user_id]))
        for row in found
    )
