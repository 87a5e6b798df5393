"""Who writes rules is appointed from the server, and that is noted."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, User

pytestmark = pytest.mark.django_db


def test_somebody_is_let_to_write_rules_and_no_longer(technician: User) -> None:
    for removed in (False, False, True):
        call_command("rules_admin", "Dana@example.org", remove=removed, verbosity=0)
        technician.refresh_from_db()
        assert technician.is_rules_admin is not removed
    verbs = AuditEvent.objects.filter(subject=technician).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["rules admin appointed", "rules admin dismissed"]
    with pytest.raises(CommandError, match=r"Nobody signs in with no@example\.org"):
        call_command("rules_admin", "no@example.org")
