"""What the database refuses about simulations and versions on their way into effect, past the ORM."""

from datetime import UTC, date, datetime

import pytest

from certifications.models import RuleDraft
from renewals.models import RuleChange, Simulation, SimulationRow, SimulationShard
from tests.factories.accounts import UserFactory
from tests.factories.certifications import HeldCertificationFactory, RuleSetVersionFactory
from tests.guards import accepted, copy, refused, update

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
SIMULATIONS, SHARDS, ROWS = "renewals_simulation", "renewals_simulationshard", "renewals_simulationrow"
CHANGES = "renewals_rulechange"


@pytest.fixture
def simulation() -> Simulation:
    admin, version = UserFactory(rules_admin=True), RuleSetVersionFactory()
    draft = RuleDraft.objects.create(
        rule_set=version.rule_set, author=admin, made_at=AT, changed_by=admin, changed_at=AT
    )
    day = date(2027, 1, 1)
    return Simulation.objects.create(
        draft=draft, digest="0" * 64, canonical=version.canonical, starts_on=day, day=day, started_by=admin,
        started_at=AT,
    )  # fmt: skip


def test_one_simulation_of_a_draft_runs(simulation: Simulation) -> None:
    refused("simulation_one_running_of_draft", copy(SIMULATIONS, simulation.pk))
    accepted(copy(SIMULATIONS, simulation.pk, state="cancelled"))


def test_a_simulation_is_running_counted_or_stopped(simulation: Simulation) -> None:
    refused("simulation_state_known", update(SIMULATIONS, simulation.pk, state="lost"))
    refused("simulation_done_has_time", update(SIMULATIONS, simulation.pk, state="done"))
    accepted(update(SIMULATIONS, simulation.pk, state="done", finished_at=AT))


def test_a_piece_is_there_once_and_has_a_range(simulation: Simulation) -> None:
    shard = SimulationShard.objects.create(simulation=simulation, number=1, first=5, last=9, size=5)
    refused("shard_number_once", copy(SHARDS, shard.pk))
    refused("shard_has_range", update(SHARDS, shard.pk, last=4))


def test_nobody_is_counted_twice(simulation: Simulation) -> None:
    row = SimulationRow.objects.create(simulation=simulation, held=HeldCertificationFactory(), change="same")
    refused("simulation_counts_once", copy(ROWS, row.pk))
    refused("simulation_change_known", update(ROWS, row.pk, change="odd"))


def test_a_version_takes_effect_in_known_steps(simulation: Simulation) -> None:
    change = RuleChange.objects.create(
        version=RuleSetVersionFactory(rule_set=simulation.draft.rule_set, status="superseded"), simulation=simulation,
        starts_on=simulation.starts_on, published_by=simulation.started_by, published_at=AT,
    )  # fmt: skip
    refused("rule_change_state_known", update(CHANGES, change.pk, state="odd"))
    refused("rule_change_applied_has_time", update(CHANGES, change.pk, state="applied"))
    accepted(update(CHANGES, change.pk, state="applied", applied_at=AT))
