"""What a simulation says, and that it is what comes: for every person, byte for byte."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import User
from certifications.models import RenewalPeriod, RuleDraft, RuleSetVersion
from certifications.protections import Protections
from certifications.queries import holdings
from renewals.actions import taking_effect
from renewals.actions.publishing import approve, hand_in, publish, set_terms
from renewals.actions.simulating import count_shard, shards_to_do, start_simulation
from renewals.impact.comparing import word_of
from renewals.impact.population import holders_of, results
from renewals.impact.publication import readiness
from renewals.models import RuleChange, Simulation, SimulationRow, Standing
from renewals.queries import stands
from renewals.tasks import bring_into_effect
from tests.factories.accounts import UserFactory
from tests.factories.packs import load_packs
from tests.factories.rule_changes import holders, lowered

pytestmark = pytest.mark.django_db
AT, TODAY = datetime(2026, 10, 1, 13, tzinfo=UTC), date(2026, 10, 1)
STARTS = date(2027, 1, 1)
NUMBERS = {"same": 3, "fewer": 2, "worse": 2, "due": 1}


@pytest.fixture
def version(db: None) -> RuleSetVersion:
    load_packs("nicet")
    return RuleSetVersion.objects.get(rule_set__slug="nicet-cpd", label="2010")


@pytest.fixture
def draft(version: RuleSetVersion, rules_admin: User) -> RuleDraft:
    draft = lowered(version, rules_admin, AT)
    return with_terms(draft, Protections())


def with_terms(draft: RuleDraft, protections: Protections, starts: date = STARTS) -> RuleDraft:
    lock = draft.lock_version
    return set_terms(
        draft=draft, starts_on=starts, protections=protections, lock_version=lock, by=draft.author, at=AT
    )  # fmt: skip


def simulated(draft: RuleDraft) -> Simulation:
    simulation = start_simulation(draft=draft, by=draft.author, at=AT, today=TODAY)
    for shard in shards_to_do(simulation):
        count_shard(shard_id=shard, at=AT)
    simulation.refresh_from_db()
    return simulation


def published(draft: RuleDraft) -> RuleChange:
    facts: dict[str, Any] = {"digest": readiness(draft, TODAY).digest, "at": AT, "today": TODAY}
    hand_in(draft=draft, by=draft.author, **facts)
    second = UserFactory(rules_admin=True)
    approve(draft=draft, by=second, **facts)
    return publish(draft=draft, by=second, **facts)


def said(row: SimulationRow) -> tuple[object, ...]:
    return row.becomes, row.counted_after, row.needed_after


@pytest.mark.parametrize(
    "protections",
    [
        Protections(),
        Protections(keep=True),
        Protections(grace_months=6),
        Protections(running=False),
    ],
    ids=["plain", "kept", "grace", "only new periods"],
)
def test_the_simulation_equals_the_state_after_publishing(
    draft: RuleDraft, version: RuleSetVersion, settings: Any, protections: Protections
) -> None:
    holders(version, NUMBERS)
    draft = with_terms(draft, protections)
    simulation = simulated(draft)
    foreseen = {row.held_id: row for row in simulation.rows.all()}
    change = published(draft)
    assert change.version.canonical == simulation.canonical
    settings.CLOCK_AT = datetime(2027, 1, 1, 17, tzinfo=UTC)
    settings.CELERY_TASK_ALWAYS_EAGER = True
    bring_into_effect(change.pk)
    change.refresh_from_db()
    assert change.state == RuleChange.State.APPLIED
    now = stands(holdings(holders_of(draft.rule_set, change.version.document)), STARTS)
    assert {one.holding.held.pk for one in now} == set(foreseen)
    for one in now:
        standing = one.standing
        assert (word_of(one), standing.counted, standing.needed) == said(foreseen[one.holding.held.pk])
    # What lists show is counted anew as well, for everybody whom the version reached.
    for kept in Standing.objects.all():
        assert (kept.counted, kept.needed, kept.version_id) == (*said(foreseen[kept.held_id])[1:], change.version_id)


def test_what_happens_to_whom(draft: RuleDraft, version: RuleSetVersion) -> None:
    holders(version, NUMBERS)
    simulation = simulated(draft)
    assert (simulation.state, simulation.total) == ("done", 8)
    assert simulation.summary == {"same": 3, "fewer": 2, "worse": 3}
    worse = simulation.rows.filter(change="worse").order_by("was").values_list("was", "becomes", "because")
    because = "Additional Education cap 40"
    assert list(worse) == [
        ("due-ready", "due", because), ("on-track", "at-risk", because), ("on-track", "at-risk", because)
    ]  # fmt: skip
    fewer = simulation.rows.filter(change="fewer").first()
    assert (fewer.counted_before - fewer.counted_after, fewer.becomes) == (500, "on-track")


def test_protections_spare_people(draft: RuleDraft, version: RuleSetVersion) -> None:
    holders(version, NUMBERS)
    assert simulated(with_terms(draft, Protections(running=False))).summary == {"same": 8}
    draft.refresh_from_db()
    spared = simulated(with_terms(draft, Protections(grace_months=6)))
    assert spared.summary == {"same": 4, "fewer": 2, "worse": 2}  # the one who is due ends within half a year
    draft.refresh_from_db()
    kept = simulated(with_terms(draft, Protections(keep=True)))
    assert kept.summary == {"same": 8}
    assert sorted(kept.rows.values_list("kept", flat=True)) == [0, 0, 0, 500, 500, 500, 500, 500]


def test_one_that_cannot_be_counted_is_told_apart(
    draft: RuleDraft, version: RuleSetVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = holders(version, {"fewer": 2})
    from renewals.impact import population

    real = population.compare

    def compare(question: Any, *args: Any, **named: Any) -> Any:
        if question.holding.held.user == users[0]:
            raise ValueError("no such day")
        return real(question, *args, **named)

    monkeypatch.setattr(population, "compare", compare)
    assert simulated(draft).summary == {"failed": 1, "fewer": 1}
    assert (
        "1 certification could not be counted. Publishing is blocked until this is fixed."
        in readiness(draft, TODAY).in_the_way
    )


def test_a_period_that_was_closed_keeps_its_rules_and_its_result(
    draft: RuleDraft, version: RuleSetVersion, settings: Any
) -> None:
    from renewals.actions import record_renewal

    user = holders(version, {"due": 1})[0]
    simulated(draft)
    change = published(draft)
    period = RenewalPeriod.objects.get(user=user)
    settings.CLOCK_AT = at = datetime(2026, 12, 1, 17, tzinfo=UTC)
    following = record_renewal(
        period=period, renewed_on=date(2026, 12, 1), reference="", by=user, at=at, today=date(2026, 12, 1)
    )
    period.refresh_from_db()
    assert following.version == change.version  # it begins when the new version is in force
    before = (period.version_id, period.result, period.result_hash)
    settings.CLOCK_AT = datetime(2027, 1, 1, 17, tzinfo=UTC)
    settings.CELERY_TASK_ALWAYS_EAGER = True
    bring_into_effect(change.pk)
    period.refresh_from_db()
    assert (period.version_id, period.result, period.result_hash) == before
    assert period.version == version


def test_one_that_cannot_be_counted_holds_up_nobody(
    draft: RuleDraft, version: RuleSetVersion, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = holders(version, {"fewer": 2})
    simulated(draft)
    change = published(draft)
    settings.CLOCK_AT, settings.CELERY_TASK_ALWAYS_EAGER = datetime(2027, 1, 1, 17, tzinfo=UTC), True
    real = taking_effect.stands
    monkeypatch.setattr(
        taking_effect, "stands", lambda some, day: [] if some[0].held.user == users[0] else real(some, day)
    )
    bring_into_effect(change.pk)
    followed = RenewalPeriod.objects.filter(version=change.version).values_list("user", flat=True)
    change.refresh_from_db()
    assert (list(followed), change.state) == ([users[1].pk], RuleChange.State.APPLYING)
    monkeypatch.setattr(taking_effect, "stands", real)
    bring_into_effect(change.pk)
    change.refresh_from_db()
    assert change.state == RuleChange.State.APPLIED


def test_the_number_of_queries_does_not_grow(
    draft: RuleDraft, version: RuleSetVersion, django_assert_num_queries: Any
) -> None:
    moved = RuleSetVersion(canonical=version.canonical, digest=version.digest, in_force_from=STARTS)
    holders(version, {"worse": 9})
    everybody = holders_of(draft.rule_set, version.document)
    for some in (everybody[:1], everybody):
        with django_assert_num_queries(4):
            list(results(holdings(some), moved, STARTS))
