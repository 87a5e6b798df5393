"""The page to check before publishing: what the second person found reaches who wrote it."""

import pytest
from django.test import Client

from accounts.models import User
from certifications.models import RuleDraft
from tests.factories.accounts import UserFactory
from tests.factories.drafts import AT, make_draft

pytestmark = pytest.mark.django_db


def test_who_wrote_it_reads_what_is_to_be_done(client: Client, rules_admin: User) -> None:
    draft = make_draft(rules_admin)
    handed_in = {"submitted_by": rules_admin, "submitted_at": AT, "submitted_digest": "x"}
    RuleDraft.objects.filter(pk=draft.pk).update(state="submitted", **handed_in)
    client.force_login(UserFactory(name="M. Silva", rules_admin=True))
    pages = (f"/rules/manage/{draft.pk}/publish/", f"/rules/manage/{draft.pk}/")
    client.post(pages[0], {"do": "send-back", "why": "Page 4 says <b>40</b>."})
    client.force_login(rules_admin)
    for page in pages:
        said = client.get(page).content.decode()
        assert "M. Silva found" in said
        assert "“Page 4 says &lt;b&gt;40&lt;/b&gt;.”" in said
    RuleDraft.objects.filter(pk=draft.pk).update(state="submitted", **handed_in)
    assert "M. Silva found" not in client.get(pages[1]).content.decode()
