"""Standings, plans, reminders and packets."""

import hashlib
import uuid
from datetime import UTC, date, datetime

import factory

from renewals.models import InAppNotice, PlannedActivity, PublicPage, Reminder, RenewalPacket, Standing
from tests.factories.accounts import UserFactory
from tests.factories.certifications import HeldCertificationFactory, RenewalPeriodFactory

LEASED_UNTIL = datetime(2026, 10, 1, 13, 10, tzinfo=UTC)


class StandingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Standing

    period = factory.SubFactory(RenewalPeriodFactory)
    held = factory.LazyAttribute(lambda standing: standing.period.held)
    user = factory.LazyAttribute(lambda standing: standing.period.user)
    version = factory.LazyAttribute(lambda standing: standing.period.version)
    word = "on-track"
    counted = 800
    needed = 9000
    asked = 800
    ends_on = factory.LazyAttribute(lambda standing: standing.period.last_day)
    counted_at = datetime(2026, 3, 12, 17, tzinfo=UTC)


class PlannedActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlannedActivity

    held = factory.SubFactory(HeldCertificationFactory)
    user = factory.SelfAttribute("held.user")
    kind = "class"
    on = date(2026, 11, 20)
    amount = 800
    unit = "hour"
    saved_at = datetime(2026, 10, 1, 13, tzinfo=UTC)


class PublicPageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PublicPage

    user = factory.SubFactory(UserFactory)
    token = factory.Sequence(lambda n: f"{n:032d}")
    shown: list[int] = []
    made_at = datetime(2026, 10, 1, 13, tzinfo=UTC)


class ReminderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reminder

    class Params:
        claimed = factory.Trait(
            state=Reminder.State.CLAIMED, attempts=1, lease_token=factory.LazyFunction(uuid.uuid4),
            lease_until=LEASED_UNTIL,
        )  # fmt: skip
        handing = factory.Trait(claimed=True, state=Reminder.State.HANDING)
        retry = factory.Trait(state=Reminder.State.RETRY, attempts=1, retry_at=datetime(2026, 10, 1, 14, tzinfo=UTC))
        sent = factory.Trait(
            state=Reminder.State.SENT, attempts=1, sent_at=datetime(2026, 10, 1, 13, 1, tzinfo=UTC),
            message_id=factory.Sequence(lambda n: f"<reminder-{n}@example.org>"),
        )  # fmt: skip

    period = factory.SubFactory(RenewalPeriodFactory)
    user = factory.LazyAttribute(lambda reminder: reminder.period.user)
    stage = "180-days"
    due_on = date(2026, 10, 1)
    planned_at = datetime(2026, 9, 30, 2, tzinfo=UTC)


class RenewalPacketFactory(factory.django.DjangoModelFactory):
    """Of a closed period. What it says and its file are made up; their fingerprints are right."""

    class Meta:
        model = RenewalPacket

    period = factory.SubFactory(RenewalPeriodFactory, closed=True)
    user = factory.LazyAttribute(lambda packet: packet.period.user)
    canonical = '{"person":"Dana Reyes"}'
    digest = factory.LazyAttribute(lambda packet: hashlib.sha256(packet.canonical.encode()).hexdigest())
    pdf = b"%PDF-1.7 packet"
    pdf_digest = factory.LazyAttribute(lambda packet: hashlib.sha256(packet.pdf).hexdigest())
    frozen_at = datetime(2027, 3, 1, 12, tzinfo=UTC)


class InAppNoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InAppNotice

    user = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"reminder-{n}")
    subject = "At risk: Fire Alarm Systems, Level II, 9 points short, ends 31 Mar 2027"
    text = "You have 81 of 90 points."
    made_at = datetime(2026, 10, 1, 12, tzinfo=UTC)
