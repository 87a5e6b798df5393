"""What a person no longer shares is not had from a file that was made before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions, clock
from renewals.models import ExportRun
from tests.factories.teams import make_team, stand
from tests.renewals.pages import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
PAGE = "/team/exports/"


def made(client: Client) -> str:
    """The address of a new export's file."""
    client.post(PAGE, {"what": "standing", "on": "2026-10-01", "format": "csv"})
    return reverse("team:export_file", args=[ExportRun.objects.latest("pk").pk])


@pytest.mark.parametrize("how", ["shares less", "leaves", "is ended"])
def test_an_older_file_is_no_longer_handed_out(how: str, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    team = make_team()
    dana = team.joins("Dana Reyes", shares="activities")
    stand(dana.user)
    client.force_login(team.coordinator)
    address, at = made(client), clock.now() + timedelta(minutes=1)
    actions.share(membership=dana, shares="evidence", by=dana.user, at=at)
    assert b"Dana Reyes" in client.get(address).getvalue()  # more than before does no harm
    if how == "shares less":
        actions.share(membership=dana, shares="standing", by=dana.user, at=at)
    elif how == "leaves":
        actions.leave(membership=dana, by=dana.user, at=at)
    else:
        actions.end_membership(membership=dana, by=team.coordinator, at=at)
    settings.CLOCK_AT = at + timedelta(minutes=1)
    answer = client.get(address, follow=True)
    assert [path for path, _ in answer.redirect_chain] == [f"{PAGE}?employer={team.employer.pk}"]
    page = said(answer)
    assert "Somebody shares less since this export was made. Make it again." in page
    assert "Somebody shares less since then. Make it again" in page
    assert (b"Dana Reyes" in client.get(made(client)).getvalue()) is (how == "shares less")
