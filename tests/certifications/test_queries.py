"""What is held, read quickly whoever else holds something, and what the rules are told about a holder."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certifications.models import HeldCertification
from certifications.packs import SHIPPED
from certifications.queries import Holding, holdings, holdings_of, version_for
from certifications.rules.dates import Span
from certifications.rules.parsing import parse_text
from tests.factories.certifications import (
    RULES,
    CertificationFactory,
    HeldCertificationFactory,
    RenewalPeriodFactory,
    RuleSetFactory,
    RuleSetVersionFactory,
)


@pytest.mark.parametrize(("awarded", "first"), [(date(2026, 3, 10), True), (date(2025, 3, 10), False), (None, False)])
def test_a_first_period_that_begins_before_the_award_is_still_the_first(awarded: date | None, first: bool) -> None:
    document = parse_text((SHIPPED / "new-york-cpa/2012.toml").read_text(encoding="utf-8"))
    held = HeldCertificationFactory.build(awarded_on=awarded)
    period = RenewalPeriodFactory.build(
        held=held, ordinal=1, start=date(2026, 1, 1), end=date(2027, 1, 1), version=None
    )
    assert Holding(held, period, None, document).facts["first-period"] is first


@pytest.mark.django_db
def test_what_one_person_holds_is_found_without_reading_what_others_hold() -> None:
    # With more than eight tables in one question PostgreSQL takes them in their order: a selection inside it is then
    # made last, when everybody's periods are joined (0.6 s of 100,000 people, for each page of each of them).
    period, gone = RenewalPeriodFactory(), RenewalPeriodFactory(held__removed_at=datetime(2026, 9, 1, tzinfo=UTC))
    everything = HeldCertification.objects.in_use()
    with CaptureQueriesContext(connection) as asked:
        found = [
            holdings_of(period.held.user),
            holdings(everything),
            holdings([period.held]),
            holdings_of(gone.held.user),
        ]
    assert [[one.period for one in some] for some in found] == [[period], [period], [period], []]
    assert len(asked.captured_queries) == 5
    assert not [query["sql"] for query in asked.captured_queries if "IN (SELECT" in query["sql"]]


@pytest.mark.django_db
def test_a_version_that_no_longer_names_a_certification_leaves_it_to_those_that_do() -> None:
    kept, dropped = CertificationFactory(slug="kept"), CertificationFactory(slug="dropped")
    rules = RuleSetFactory(certifications=[kept, dropped])
    both, one = (RULES.replace('["technician"]', names) for names in ('["kept", "dropped"]', '["kept"]'))
    first = RuleSetVersionFactory(rule_set=rules, number=1, text=both, superseded_on=date(2025, 1, 1))
    second = RuleSetVersionFactory(rule_set=rules, number=2, text=one, in_force_from=date(2025, 1, 1))
    span, day = Span(date(2026, 1, 1), date(2027, 1, 1)), date(2026, 10, 1)
    assert [version_for(which, None, span, day) for which in (kept, dropped)] == [second, first]
