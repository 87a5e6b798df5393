"""The catalogue is written by hand, with a trace, and rule packs leave alone what was."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import AuditEvent, User
from certifications.actions.catalogue import ChangedMeanwhile, LevelHeld, save_body, save_certification, still_true
from certifications.models import Body, Certification
from tests.factories.accounts import UserFactory
from tests.factories.certifications import BodyFactory, CertificationFactory, HeldCertificationFactory
from tests.factories.packs import load_packs
from tests.threads import at_once

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 14, tzinfo=UTC)
BODY = {
    "name": "Rigging Guild", "full_name": "", "trade": "Rigging", "url": "", "meaning": "",
    "checked_on": date(2026, 10, 1), "confidence": "body",
}  # fmt: skip
RIGGER = {
    "name": "Rigger", "short": "RIG", "kind": "certification", "field": "", "specialty": "", "meaning": "", "url": "",
}  # fmt: skip


@pytest.fixture
def kim(db: None) -> User:
    return UserFactory(rules_admin=True)


def level(code: str, pk: int | None = None) -> dict[str, Any]:
    return {"pk": pk, "code": code, "name": f"Level {code}", "meaning": "", "needs": ""}


def save(kim: User, certification: Certification | None, body: Body, **changes: Any) -> Certification:
    given: dict[str, Any] = {
        "values": RIGGER, "levels": [], "related": [], "includes": [],
        "read": certification.edited_at if certification else None,
    }  # fmt: skip
    return save_certification(certification=certification, body=body, by=kim, at=AT, **(given | changes))


def test_a_body_is_made_and_changed_with_a_trace(kim: User) -> None:
    BodyFactory(slug="rigging-guild")
    made = save_body(body=None, values=BODY, read=None, by=kim, at=AT)
    assert made.slug == "rigging-guild-2"
    with pytest.raises(ChangedMeanwhile):
        save_body(body=made, values=BODY, read=None, by=kim, at=AT)
    changed = save_body(body=made, values=BODY | {"trade": "Cranes"}, read=AT, by=kim, at=AT)
    event = AuditEvent.objects.latest("id")
    assert (changed.trade, event.verb) == ("Cranes", "body changed")
    assert (event.data["before"], event.data["after"]) == ({"trade": "Rigging"}, {"trade": "Cranes"})
    save_body(body=made, values=BODY | {"trade": "Cranes"}, read=AT, by=kim, at=AT)
    assert AuditEvent.objects.latest("id") == event


def test_levels_keep_their_order_and_those_that_are_held(kim: User) -> None:
    body = BodyFactory()
    made = save(kim, None, body, levels=[level("I"), level("II"), level("III")])
    _, second, third = made.levels.all()
    HeldCertificationFactory(certification=made, level=second)
    turned = [level("III", third.pk), level("II", second.pk), level("0")]
    save(kim, made, body, levels=turned)
    assert [(one.code, one.position) for one in made.levels.all()] == [("III", 1), ("II", 2), ("0", 3)]
    event = AuditEvent.objects.latest("id")
    assert event.data["after"]["levels"][0].startswith("III:")
    made.refresh_from_db()
    with pytest.raises(LevelHeld):
        save(kim, made, body, levels=[level("III", third.pk)])


def test_what_includes_what_stacks_the_other_way(kim: User) -> None:
    body = BodyFactory()
    small = save(kim, None, body)
    large = save(kim, None, body, includes=[small], related=[small], values=RIGGER | {"short": "MR"})
    assert list(small.stacks_into.all()) == [large]
    assert list(small.related.all()) == [large]


def test_a_page_read_again_is_noted_once_a_day(kim: User) -> None:
    certification = CertificationFactory()
    for _ in range(2):
        still_true(target=certification, on=date(2026, 10, 1), by=kim, at=AT)
    assert certification.checked_on == date(2026, 10, 1)
    assert AuditEvent.objects.filter(verb="still true").count() == 1


def test_rule_packs_leave_alone_what_was_written_by_hand(kim: User) -> None:
    load_packs("iicrc")
    body = Body.objects.get(slug="iicrc")
    drying = Certification.objects.get(body=body, slug="wrt")
    values = {name: getattr(drying, name) for name in RIGGER}
    save(kim, drying, body, values=values | {"name": "Water damage"}, levels=[level("I")])
    save_body(
        body=body, values={name: getattr(body, name) for name in BODY} | {"trade": "Dry"}, read=None, by=kim, at=AT
    )
    load_packs("iicrc")
    drying.refresh_from_db()
    body.refresh_from_db()
    assert (drying.name, body.trade, drying.levels.count(), drying.related.count()) == ("Water damage", "Dry", 1, 0)
    assert Certification.objects.get(body=body, slug="asd").related.count() > 0


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_makes_one(kim: User) -> None:
    one, two = at_once(*[lambda: save_body(body=None, values=BODY, read=None, by=kim, at=AT)] * 2)
    assert one == two == Body.objects.get()
    other = UserFactory(rules_admin=True)
    changed = BODY | {"trade": "Cranes"}
    both = [lambda by=by: save_body(body=None, values=changed, read=None, by=by, at=AT) for by in (kim, other)]
    assert {body.slug for body in at_once(*both)} == {"rigging-guild-2"}
    first, second = at_once(*[lambda: save(kim, None, one, levels=[level("I")])] * 2)
    assert first == second == Certification.objects.get()
    assert first.levels.count() == 1
    assert AuditEvent.objects.filter(verb__endswith=" made").count() == 3
