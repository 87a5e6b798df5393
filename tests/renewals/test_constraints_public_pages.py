"""What the database refuses about public pages, past the ORM."""

import pytest

from tests.factories.renewals import PublicPageFactory
from tests.guards import accepted, copy, refused, update

pytestmark = pytest.mark.django_db
PAGES = "renewals_publicpage"


def test_nobody_has_two_pages_at_once() -> None:
    page = PublicPageFactory()
    refused("public_page_once", copy(PAGES, page.pk, token="another"))
    accepted(copy(PAGES, page.pk, token="ended", ended_at="2026-10-02 12:00+00"))


def test_a_page_ends_after_it_began() -> None:
    page = PublicPageFactory()
    refused("public_page_ends", update(PAGES, page.pk, ended_at="2026-09-30 12:00+00"))
