"""The rules in plain words, for everybody who has signed in."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.models import User
from certifications.models import RuleSetVersion
from tests.factories.packs import load_packs
from tests.renewals.pages import queries_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client, technician: User) -> Client:
    load_packs("nicet", "iicrc", "california-cpa")
    client.force_login(technician)
    return client


def test_the_list_names_every_rule_set_that_is_live(reader: Client) -> None:
    page = reader.get("/rules/")
    text = said(page)
    assert text.index("California CPA") < text.index("IICRC") < text.index("NICET")
    assert "90 points in three years for each certification" in text
    assert "14 CECs in four years. One CEC is one hour." in text
    assert "Version 2, from 1 Jan 2012. Check with the certifying body. Earlier: version 1." in text
    links = set(re.findall(r'href="(/rules/[^"]+)"', page.content.decode()))
    assert "/rules/nicet-cpd/v/1/" in links
    assert "/rules/iicrc-technician/v/1/" in links
    assert "/rules/nicet-cpd/v/2/" not in links, "a draft is no rule"


def test_a_version_says_everything_with_its_sources(reader: Client) -> None:
    page = reader.get("/rules/nicet-cpd/v/1/")
    text = said(page)
    for part in (
        "NICET. Version 1, from 1 Nov 2010.",
        "What is marked “check” was not read on the certifying body's own pages.",
        "90 points in a period. N1",
        "Categories and what counts in each Category Up to Up to a year",
        "Active Practitioner 72 points 24 points",
        "Up to 45 points in a period. N4",
        "At least 2 categories must have points. N4",
        "Technical presentation N12, check with the certifying body The points stated on the certificate",
        "These rules do not carry points over.",
        "USD 195.00, due at each renewal. N8",
        "99 points asked, 81 count: a full category, a full year and a seminar before the period",
        "12 Mar 2024, NFPA 72 seminar, 4 hours, Class or training",
        "15 certifications", "Fire Alarm Systems", "The certifying body's own page",
    ):  # fmt: skip
        assert part in text, part
    html = page.content.decode()
    for source in re.findall(r'href="#(source-[^"]+)"', html):
        assert f'id="{source}"' in html
    for jump in re.findall(r'<ul class="actions plain-list">.*?</ul>', html, re.DOTALL)[0].split("href=")[1:]:
        assert f"id={jump.split('>')[0].replace('#', '')}" in html
    assert 'rel="noopener nofollow"' in html


def test_other_versions_are_linked(reader: Client) -> None:
    text = said(reader.get("/rules/iicrc-technician/v/1/"))
    assert "Other versions: version 2, from 1 Jan 2012." in text


@pytest.mark.parametrize(
    "path",
    ["nicet-cpd/v/2/", "nicet-cpd/v/99/", "nothing/v/1/", "nicet-cpd/v/0/", "nicet-cpd/v/-1/", "nicet-cpd/v/1e3/",
     f"nicet-cpd/v/{'9' * 19}/", "nicet-cpd/v/%d9%a1/", "..%2f/v/1/"],
)  # fmt: skip
def test_drafts_and_nonsense_are_not_found(reader: Client, path: str) -> None:
    answer = reader.get(f"/rules/{path}")
    assert answer.status_code == 404
    assert said(answer) == said(reader.get("/rules/nothing-here/v/7/"))


def test_only_live_versions_are_shown(reader: Client) -> None:
    assert reader.get("/rules/nicet-cpd/v/2/").status_code == 404
    drafts = RuleSetVersion.objects.filter(rule_set__slug="nicet-cpd", number=2)
    drafts.update(status="published", published_at=datetime(2026, 9, 1, tzinfo=UTC))
    assert reader.get("/rules/nicet-cpd/v/2/").status_code == 200
    drafts.update(status="superseded")
    assert reader.get("/rules/nicet-cpd/v/2/").status_code == 200


def test_nobody_reads_without_signing_in(client: Client) -> None:
    assert client.get("/rules/").status_code == 302
    assert client.get("/rules/nicet-cpd/v/1/").status_code == 302


def test_the_pages_are_light_and_ask_little(reader: Client) -> None:
    for path in ("/rules/", "/rules/nicet-cpd/v/1/", "/rules/california-cpa/v/1/"):
        assert len(gzip.compress(reader.get(path).content, 6)) <= 25_000
    assert queries_of(lambda: reader.get("/rules/")) <= 5
    assert queries_of(lambda: reader.get("/rules/nicet-cpd/v/1/")) <= 7


def test_no_rules_yet(client: Client, technician: User) -> None:
    client.force_login(technician)
    assert "No rules are published yet." in said(client.get("/rules/"))
