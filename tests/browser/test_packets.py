"""The renewal packet on the demo's people: from home to a PDF and a recorded renewal; every state at every width."""

from __future__ import annotations

import io
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import User
from certifications.models import HeldCertification, RenewalPeriod
from renewals.models import RenewalPacket
from tests.browser.checks import assert_sound, look
from tests.browser.conftest import OpenPage
from tests.browser.walking import Walk
from tests.factories.demo import seeded
from tests.factories.packs import load_packs
from tests.renewals.conftest import NOW


@pytest.fixture
def ana(transactional_db: None, settings: Any, tmp_path: Path) -> User:
    """Due, and all points are in."""
    settings.CLOCK_AT, settings.MEDIA_ROOT = NOW, tmp_path
    load_packs("nicet", "iicrc", "california-cpa", "micro-credentials")
    seeded(NOW.astimezone(UTC))
    return User.objects.get(email="ana@demo.example")


def test_download_the_packet_and_record_the_renewal(open_page: OpenPage, ana: User) -> None:
    """With scripts and without: at most 5 presses, 12 letters, 45 seconds."""
    _download_and_record(open_page(user=ana), ana, "Ready to submit")
    pria = User.objects.get(name="Pria Grant")
    _download_and_record(open_page(user=pria, scripts=False), pria, "Not ready yet: 1 thing to do before you submit")


def _download_and_record(page: Page, user: User, answer: str) -> None:
    page.goto("/me/")
    walk = Walk(page)
    walk.press(page.get_by_role("link", name="Open renewal packet"))
    expect(page.get_by_role("heading", level=1)).to_have_text(answer)
    with page.expect_download() as download:
        walk.press(page.get_by_role("button", name="Download PDF"))
    text = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes())).pages[0].extract_text()
    assert user.name in text
    assert "of 90 points counted" in text
    walk.type(page.get_by_label("Reference"), "R-31207")
    walk.press(page.get_by_role("button", name="Record renewal"))
    expect(page.get_by_role("status").first).to_contain_text("Your new period is")
    closed = RenewalPeriod.objects.get(held__user=user, reference="R-31207")
    assert RenewalPacket.objects.get(period=closed).user == user
    assert (walk.presses <= 5, walk.typed <= 12, walk.seconds <= 45) == (True, True, True), walk


@pytest.mark.thorough
def test_every_state_is_sound(open_page: OpenPage, ana: User) -> None:
    ready = HeldCertification.objects.get(user=ana).pk
    dana = User.objects.get(email="dana@demo.example")
    short = HeldCertification.objects.get(user=dana, certification__slug="fire-alarm-systems").pk
    lee = User.objects.get(email="lee@demo.example")
    lapsed = HeldCertification.objects.get(user=lee).pk
    closed = RenewalPacket.objects.get(user=ana).period.ordinal
    for width, mode, paths in (
        (320, "dark", {
            "ready": (ana, f"/certs/{ready}/renewal/"), "closed": (ana, f"/certs/{ready}/periods/{closed}/"),
            "kept": (ana, f"/certs/{ready}/periods/{closed}/packet/?leave-out=not-counted"),
            "lapsed": (lee, f"/certs/{lapsed}/renewal/"),
        }),
        (1280, "light", {
            "packet": (dana, f"/certs/{short}/renewal/packet/"), "short": (dana, f"/certs/{short}/renewal/"),
        }),
    ):  # fmt: skip
        for name, (user, path) in paths.items():
            page = open_page(user=user, width=width, mode=mode)
            page.goto(path)
            assert_sound(page)
            look(page, f"{name}-{width}-{mode}")
    page.get_by_label("Year").first.fill("20")
    page.get_by_role("button", name="Record renewal").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_sound(page)
