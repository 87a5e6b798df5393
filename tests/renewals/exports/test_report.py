"""The certification report: who holds what, as a PDF that can be read aloud."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from activities.models import Claim
from renewals.exports.report import told, typeset, write_report
from renewals.models import Standing
from renewals.teams.filters import Filters
from tests.factories.activities import ActivityFactory
from tests.factories.employers import ConfirmationFactory, EmployerFactory
from tests.factories.teams import TeamOf, stand

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
TODAY = date(2026, 10, 1)


def said(team: TeamOf) -> dict[str, Any]:
    return told(team.employer, TODAY, TODAY, Filters(), at=AT)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_it_says_who_holds_what_and_what_is_left_out(team: TeamOf) -> None:
    content = said(team)
    assert content["summary"] == "2 people, 2 certifications, as of 1 Oct 2026."
    assert "Not in this report: 1 person who share nothing." not in content["notes"]
    assert "Not in this report: 1 person who shares nothing." in content["notes"]
    dana = dict(zip(content["headings"], content["rows"][0], strict=True))
    assert dana["Person"] == "Dana Reyes"
    assert (dana["Number"], dana["Current to"], dana["Standing"]) == ("142207", "31 Mar 2027", "At risk")
    assert dana["Counted at"] == "1 Oct 2026, 07:00 EDT"
    assert dana["Provenance"] == "Self-reported"
    assert "version" in dana["Rules version"]


def test_confirmations_of_this_employer_are_told_and_no_others(team: TeamOf) -> None:
    standing = Standing.objects.get(user__name="Dana Reyes")
    for number in range(3):
        activity = ActivityFactory(user=standing.user)
        Claim.objects.create(
            user=standing.user, activity=activity, held=standing.held, period=standing.period, asked=100, counted=100
        )
        ConfirmationFactory(
            activity=activity, employer=team.employer if number < 2 else EmployerFactory(), state="confirmed",
            by=team.coordinator, version=activity.version - (number == 1),
        )  # fmt: skip
    assert said(team)["rows"][0][-1] == "Self-reported; 1 of 3 counted activities confirmed by employer"


def test_the_pdf_is_tagged_and_names_are_plain_text(team: TeamOf) -> None:
    stand(team.joins('*Bold* #eval("1") $x$ \\ "q"').user)
    file = io.BytesIO()
    assert write_report(file, team.employer, TODAY, TODAY, Filters(), at=AT) == 3
    reader = PdfReader(io.BytesIO(file.getvalue()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Certification report: Ridgeline Fire and Security"
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    text = text_of(file.getvalue())
    assert "Dana Reyes" in text
    assert "#eval(" in text
    assert "Secret" not in text


def test_seven_hundred_lines_and_none(team: TeamOf) -> None:
    content = said(team)
    many = typeset({**content, "rows": content["rows"] * 350}, at=AT)
    assert len(PdfReader(io.BytesIO(many)).pages) > 20
    assert "Nobody shares a certification" in text_of(typeset({**content, "rows": []}, at=AT))


@pytest.mark.parametrize("name", ["日本 太郎", "Зоя", "محمد", "Zoë Ångström", "a\u0301\u0323", "👷"])
def test_any_name_makes_a_report(team: TeamOf, name: str) -> None:
    content = said(team)
    row = [name, *content["rows"][0][1:]]
    assert typeset({**content, "rows": [row]}, at=AT).startswith(b"%PDF")
