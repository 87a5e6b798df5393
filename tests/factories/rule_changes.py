"""People who hold one certification, made in a few statements, a draft that changes its rules, and one published."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from activities.models import Activity, Claim
from certifications.actions.drafts import start_draft
from certifications.models import Certification, HeldCertification, RenewalPeriod, RuleDraft, RuleSetVersion
from certifications.rules.dates import add_months
from renewals.models import RuleChange, Simulation, SimulationRow
from tests.factories.certifications import RuleSetVersionFactory
from tests.factories.drafts import make_draft

JOINED = datetime(2024, 4, 1, 12, tzinfo=UTC)
LOGGED = datetime(2026, 9, 1, 12, tzinfo=UTC)
PUBLISHED = datetime(2026, 9, 30, 12, tzinfo=UTC)
# What somebody did, by the outcome when the cap of classes falls from 45 to 40 on 1 Jan 2027.
CLASSES: dict[str, Any] = {"kind": "class", "on": date(2025, 9, 10), "amount": 4500}
FEW_CLASSES: dict[str, Any] = {"kind": "class", "on": date(2025, 9, 10), "amount": 1600}
MEETING: dict[str, Any] = {
    "kind": "meeting", "reach": "local", "on": date(2025, 5, 6), "amount": 1100, "unit": "point"
}  # fmt: skip
MONTHS_34: dict[str, Any] = {
    "kind": "field-time", "since": date(2024, 8, 1), "on": date(2025, 12, 31), "amount": 1700, "unit": "month"
}  # fmt: skip
MONTHS_48: dict[str, Any] = {**MONTHS_34, "on": date(2026, 7, 31), "amount": 2400}
LATER, SOONER = date(2024, 8, 1), date(2024, 4, 1)  # begins of periods: on 1 Jan 2027 the second one is due
STORIES: dict[str, tuple[date, tuple[dict[str, Any], ...]]] = {
    "same": (LATER, (FEW_CLASSES, MEETING, MONTHS_48)),
    "fewer": (LATER, (CLASSES, MEETING, MONTHS_48)),
    "worse": (LATER, (CLASSES, MEETING, MONTHS_34)),
    "due": (SOONER, (CLASSES, MEETING, MONTHS_34)),
}


def holders(version: RuleSetVersion, numbers: dict[str, int], *, slug: str = "fire-alarm-systems") -> list[User]:
    """So many people of each story, each with the certification at Level II and their activities, not counted yet."""
    certification = Certification.objects.get(slug=slug)
    level = certification.levels.get(code="II")
    stories = [STORIES[name] for name, number in numbers.items() for _ in range(number)]
    users = User.objects.bulk_create(
        User(name=f"Holder {n}", email=f"holder{n}@example.org", email_key=f"holder{n}@example.org", joined_at=JOINED)
        for n in range(len(stories))
    )
    held = HeldCertification.objects.bulk_create(
        HeldCertification(user=user, certification=certification, level=level, awarded_on=start, added_at=JOINED)
        for user, (start, _) in zip(users, stories, strict=True)
    )
    ends = [add_months(start, 36) for start, _ in stories]
    RenewalPeriod.objects.bulk_create(
        RenewalPeriod(
            user=one.user, held=one, version=version, start=one.awarded_on, end=end, earns_from=one.awarded_on,
            earns_until=end,
        )
        for one, end in zip(held, ends, strict=True)
    )  # fmt: skip
    _log(held, [did for _, did in stories])
    return users


def _log(held: list[HeldCertification], did: Iterable[tuple[dict[str, Any], ...]]) -> None:
    made = [
        (one, Activity(user=one.user, title="Done", nonce=uuid.uuid4(), logged_at=LOGGED, changed_at=LOGGED, **facts))
        for one, some in zip(held, did, strict=True)
        for facts in some
    ]
    Activity.objects.bulk_create([activity for _, activity in made])
    Claim.objects.bulk_create(Claim(user=one.user, activity=activity, held=one) for one, activity in made)


def lowered(version: RuleSetVersion, by: User, at: datetime, *, cap: int = 40) -> RuleDraft:
    """A draft in which classes count up to `cap` instead of 45; its examples say what follows from that."""
    raw = version.document.plain()
    raw["caps"] = [{**one, "points": cap} if one["key"] == "additional-education" else one for one in raw["caps"]]
    raw["examples"] = [one for one in raw["examples"] if _holds(raw, one)]
    return start_draft(rule_set=version.rule_set, raw=raw, by=by, at=at, base=version)


def _holds(raw: dict[str, Any], example: dict[str, Any]) -> bool:
    from certifications.rules.examples import run_examples
    from certifications.rules.parsing import parse

    return not run_examples(parse({**raw, "examples": [example], "period_examples": []}))


def published(at: datetime = PUBLISHED, **facts: Any) -> RuleChange:
    """A version that was published at a moment, with a simulation that found nothing yet."""
    version = RuleSetVersionFactory(status=RuleSetVersion.Status.SUPERSEDED, in_force_from=date(2027, 1, 1))
    draft = make_draft(base=version)
    simulation = Simulation.objects.create(
        draft=draft, digest=version.digest, canonical=version.canonical, state="done", finished_at=at,
        starts_on=date(2027, 1, 1), day=date(2027, 1, 1), started_by=draft.author, started_at=at,
    )  # fmt: skip
    return RuleChange.objects.create(
        version=version, simulation=simulation, starts_on=date(2027, 1, 1), published_by=draft.author,
        published_at=at, **facts,
    )  # fmt: skip


def touches(change: RuleChange, held: HeldCertification, what: str) -> None:
    """The simulation of a change found this for one held certification."""
    SimulationRow.objects.create(
        simulation=change.simulation, held=held, change=what, was="on-track", becomes="at-risk"
    )
