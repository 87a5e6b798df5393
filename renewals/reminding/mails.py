"""The mails: what some reminders say together, to one person. Read from the same source as the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.mail import inlined, link
from accounts.models import User
from accounts.plain_text import one_line
from certifications.models import RuleSetVersion

from ..access import overseen
from ..home import home_of
from ..models import InAppNotice, Reminder
from .days import in_words_of
from .rule_changes import SOON, WITHDRAWN, RuleChange, changes_for, soon, taken_back
from .stages import Family, read
from .team_mails import TeamWords, words_for_team
from .told import notices_of
from .unsubscribing import Mails, token_for
from .wishes import Wishes, wishes_for_team, wishes_of
from .wording import Said, say

_MOST = 20  # certifications in one mail, so that it stays small; the rest stands on the pages


@dataclass(frozen=True)
class Mail:
    """A mail without its address. `body` is the text without what stands below it: the same is said in the product."""

    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    path: str = "/me/"
    of_team: bool = False  # to somebody who looks after it
    kept: bool = True  # whether the product keeps the same words as a notice; what tells of notices is kept by them

    def to(self, address: str, **headers: str) -> EmailMultiAlternatives:
        """The mail as it goes to one address, with some headers more."""
        named = {name: one_line(value) for name, value in {**self.headers, **headers}.items()}
        mail = EmailMultiAlternatives(one_line(self.subject), self.text, to=[address], headers=named)
        mail.attach_alternative(self.html, "text/html")
        return mail


def compose(user: User, rows: Sequence[Reminder], today: date) -> Mail | None:
    """The one mail that these rows of a person make on a day; None where there is nothing to say any more.

    The rows are all about the person's own certifications, or all for one employer whose team the person oversees.
    """
    if rows[0].employer_id is not None and rows[0].asked_by_id is None:
        of_team = words_for_team(user, rows, today)
        return _team(user, of_team, wishes_for_team(user, of_team.employer)) if of_team else None
    cards = {card.held.pk: card for card in home_of(user, today).cards}
    changes = list(_changes(user, rows, today))
    about = {row.period.held_id for row in rows if row.period is not None and _family(row) is not Family.RULES}
    said = [words for pk, card in cards.items() if pk in about and (words := say(card))]
    told = notices_of(user, rows, today)
    return _own(user, said, changes, wishes_of(user), told) if said or changes or told else None


def sample(user: User, today: date) -> Mail | None:
    """What a mail of today about everything that the person holds would say.

    Who holds nothing and looks after a team sees its weekly summary. None where there is nothing to say.
    """
    said = [words for card in home_of(user, today).cards if (words := say(card))]
    return _own(user, said, [], wishes_of(user)) if said else _weekly(user, today)


def _weekly(user: User, today: date) -> Mail | None:
    wanted = overseen(user, today).filter(employer__digest_weekday__isnull=False)
    membership = wanted.first() if wishes_of(user).team_digest else None
    if membership is None:
        return None
    stage = f"{Family.DIGEST}-{today.isoformat()}"
    return compose(user, [Reminder(user=user, employer=membership.employer, stage=stage, due_on=today)], today)


def about_rules(reader: User, changes: Sequence[RuleChange]) -> Mail:
    """A mail that says nothing but these changes; days and links below it are those of the reader."""
    return _own(reader, [], changes, wishes_of(reader))


def _family(row: Reminder) -> Family:
    return read(row.stage, row.due_on).family


def _changes(user: User, rows: Iterable[Reminder], today: date) -> Iterable[RuleChange]:
    held: dict[tuple[int, str], list[int]] = {}
    for row in rows:
        named, _, rest = row.stage.removeprefix(f"{Family.RULES}-").partition("-")
        if row.period is not None and _family(row) is Family.RULES and named.isdigit():
            held.setdefault((int(named), rest), []).append(row.period.held_id)
    versions = RuleSetVersion.objects.select_related("rule_set").in_bulk([number for number, _ in held])
    for (number, rest), mine in held.items():
        version = versions.get(number)
        if version is None or (rest == WITHDRAWN) != (version.status == RuleSetVersion.Status.WITHDRAWN):
            continue  # what came after it is told by a row of its own
        if rest == WITHDRAWN:
            yield from taken_back(version, mine)
        elif rest != SOON:
            yield from changes_for(user, version, mine, today)
        elif (number, "") not in held:
            yield from soon(user, version, mine, today)


def _own(
    user: User, said: Sequence[Said], changes: Sequence[RuleChange], wishes: Wishes, told: Sequence[InAppNotice] = ()
) -> Mail:
    shown = said[:_MOST]
    context: dict[str, object] = {
        "why": "You get this email because you keep your certifications in CPD Points.",
        "said": shown, "changes": changes[:_MOST], "told": told[:_MOST], "more_told": max(0, len(told) - _MOST),
        "more": len(said) - len(shown) + max(0, len(changes) - _MOST), "first": said[0] if said else None,
        "preview": said[0].next if said else changes[0].total if changes else told[0].text,
    }  # fmt: skip
    path = said[0].page if len(said) == 1 and not changes else reverse("renewals:home")
    mail = _drawn(user, "emails/reminder", _subject(said, changes, told), context, wishes, Mails.OWN, path)
    return replace(mail, kept=bool(said or changes))


def _subject(said: Sequence[Said], changes: Sequence[RuleChange], told: Sequence[InAppNotice]) -> str:
    """The status word first: "At risk: Fire Alarm Systems, Level II, 9 points short, ends 31 Mar 2027"."""
    more = len(said) + len(changes) + len(told) - 1
    if said:
        first = f"{said[0].label}: {said[0].title}" + (f", {said[0].short}" if said[0].short else "")
    else:
        first = changes[0].subject if changes else told[0].subject
    return f"{first} and {more} more" if more else first


def _team(user: User, words: TeamWords, wishes: Wishes) -> Mail:
    why = f"You get this email because you look after the team of {words.employer.name}."
    context: dict[str, object] = {"why": why, "words": words, "preview": words.preview}
    path = f"{reverse('team:board')}?employer={words.employer.pk}"
    return replace(_drawn(user, "emails/team", words.subject, context, wishes, Mails.TEAM, path), of_team=True)


def _drawn(
    user: User, template: str, subject: str, context: dict[str, object], wishes: Wishes, mails: Mails, path: str
) -> Mail:
    """Both parts with one context. Days are written as this reader writes them, in all of it."""
    unsubscribe = link(reverse("reminders:unsubscribe", args=[token_for(user, mails, wishes.unsubscribed)]))
    subject = one_line(in_words_of(subject, wishes.dates))
    everything = {
        **context, "subject": subject, "site": settings.SITE_URL, "unsubscribe": unsubscribe,
        "settings": link(reverse("reminders:settings")),
    }  # fmt: skip
    words = in_words_of(render_to_string(f"{template}.txt", everything), wishes.dates).strip()
    # What the product keeps of it leaves out what it keeps already.
    kept = {**everything, "told": (), "more_told": 0}
    body = (
        in_words_of(render_to_string(f"{template}.txt", kept), wishes.dates).strip() if context.get("told") else words
    )
    foot = render_to_string("emails/_foot.txt", everything)
    html = inlined(in_words_of(render_to_string(f"{template}.html", everything), wishes.dates))
    headers = {
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return Mail(subject, f"{words}\n\n{foot.strip()}\n", html, headers, body, path)
