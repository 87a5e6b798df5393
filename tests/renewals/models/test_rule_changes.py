"""Who is affected by a change of rules."""

from datetime import UTC, date, datetime

import pytest

from renewals.models import Simulation, SimulationRow
from tests.factories.certifications import HeldCertificationFactory
from tests.factories.drafts import make_draft

pytestmark = pytest.mark.django_db


def test_somebody_who_holds_two_certifications_is_one_person() -> None:
    draft, day = make_draft(), date(2027, 1, 1)
    simulation = Simulation.objects.create(
        draft=draft, digest="0" * 64, canonical="{}", starts_on=day, day=day, started_by=draft.author,
        started_at=datetime(2026, 10, 1, 13, tzinfo=UTC),
    )  # fmt: skip
    one = HeldCertificationFactory()
    for held, change in (
        (one, "worse"),
        (HeldCertificationFactory(user=one.user), "fewer"),
        (HeldCertificationFactory(), "better"),
        (HeldCertificationFactory(), "same"),
    ):
        SimulationRow.objects.create(simulation=simulation, held=held, change=change)
    assert (simulation.rows.affected().count(), simulation.rows.affected().people()) == (3, 2)
