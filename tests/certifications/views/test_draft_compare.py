from django.test import Client

from accounts.models import User
from certifications.actions.drafts import save_section
from certifications.comparing import MOST_LINES, compare_raw
from certifications.models import RuleDraft
from certifications.rules.parsing import parse_text
from tests.factories.packs import AT, load_packs


def test_a_draft_beside_the_version_it_starts_from(writer: Client, draft: RuleDraft, rules_admin: User) -> None:
    answer = writer.get(f"/rules/manage/{draft.pk}/compare/", follow=True)
    assert answer.context["compared"].same
    values = {"need": {"points": 80, "source": "N1"}}
    save_section(draft=draft, values=values, lock_version=1, by=rules_admin, at=AT)
    page = writer.get(f"/rules/manage/{draft.pk}/compare/", follow=True).content.decode()
    assert 'data-what="changed"' in page
    assert "points = 90" in page
    assert "points = 80" in page


def test_any_two_versions(writer: Client, draft: RuleDraft) -> None:
    page = writer.get("/rules/manage/compare/nicet-cpd/?old=v1&new=v2")
    assert (page.context["old"].key, page.context["new"].key) == ("v1", "v2")
    assert len(page.context["compared"].words) > 3
    assert "never published" in page.content.decode()
    file = writer.get("/rules/manage/compare/nicet-cpd/v2/file/")
    assert file["Content-Disposition"] == 'attachment; filename="nicet-cpd-v2.toml"'
    assert parse_text(file.content.decode()).rules.version == "newer table"
    assert writer.get("/rules/manage/compare/nicet-cpd/v9/file/").status_code == 404
    default = writer.get("/rules/manage/compare/nicet-cpd/?old=nonsense&new=%00")
    assert default.context["new"].key == "draft"
    assert writer.get("/rules/manage/compare/no-such-rules/").status_code == 404


def test_a_draft_that_makes_no_document_is_compared_as_text(
    writer: Client, draft: RuleDraft, rules_admin: User
) -> None:
    save_section(draft=draft, values={"period": "three years"}, lock_version=1, by=rules_admin, at=AT)
    page = writer.get(f"/rules/manage/{draft.pk}/compare/", follow=True).content.decode()
    assert "only the text can be compared" in page
    assert "period = &quot;three years&quot;" in page


def test_one_version_alone_can_be_exported(writer: Client) -> None:
    load_packs("acfe")
    page = writer.get("/rules/manage/compare/acfe-cfe/").content.decode()
    assert "Nothing to compare" in page
    assert "/rules/manage/compare/acfe-cfe/v1/file/" in page


def test_what_means_the_same_does_not_differ(draft: RuleDraft) -> None:
    other = {**draft.raw, "allocation": "best", "caps": [{**one, "note": ""} for one in draft.raw["caps"]]}
    assert compare_raw(draft.raw, other).same


def test_long_differences_are_cut() -> None:
    found = compare_raw({}, {"a": ["x" * 100] * (MOST_LINES + 50)})
    assert found.cut
    assert sum(len(hunk.lines) for hunk in found.hunks) == MOST_LINES
