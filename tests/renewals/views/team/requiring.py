"""An employer's own requirement, as its form sends it."""

from __future__ import annotations

from django.test import Client

from certifications.models import HeldCertification, InHouseRequirement

NEW = "/team/requirements/new/"


def form(held: HeldCertification, **changes: object) -> dict[str, object]:
    """A filled form: 16 points in 12 months."""
    return {
        "certification": str(held.certification_id), "since": "2026-01-01", "name": "Two days a year", "points": "16",
        "months": "12", "least_in": "", "least_points": "", "field_time": "", **changes,
    }  # fmt: skip


def begin(owner: Client, held: HeldCertification, **changes: object) -> InHouseRequirement:
    """Put a requirement in force through its form."""
    answer = owner.post(NEW, form(held, **changes))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return InHouseRequirement.objects.latest("pk")


def shown(owner: Client, path: str) -> str:
    """A page with its markup, on one line."""
    return " ".join(owner.get(path).content.decode().split())
