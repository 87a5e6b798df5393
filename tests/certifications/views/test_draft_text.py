import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEvent, User
from certifications.models import RuleDraft
from certifications.packs import SHIPPED
from certifications.rules.parsing import MOST_BYTES
from certifications.rules.raw import raw_of_text
from certifications.rules.writing import text_of
from tests.certifications.views.drafts import cap


def send(writer: Client, draft: RuleDraft, text: str, **more: object) -> tuple[int, str]:
    data = {"text": text, "lock_version": 1, **more}
    answer = writer.post(f"/rules/manage/{draft.pk}/text/", data)
    return answer.status_code, answer.content.decode()


def upload(writer: Client, draft: RuleDraft, content: bytes, name: str = "rules.toml") -> tuple[int, str]:
    answer = writer.post(f"/rules/manage/{draft.pk}/import/", {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


def test_saving_the_text_as_it_stands_changes_nothing(writer: Client, draft: RuleDraft) -> None:
    page = writer.get(f"/rules/manage/{draft.pk}/text/")
    text = page.context["form"]["text"].value()
    assert text == text_of(draft.raw)
    assert send(writer, draft, text.replace("\n", "\r\n"))[0] == 302
    draft.refresh_from_db()
    assert draft.lock_version == 1


def test_a_change_is_saved_and_told(writer: Client, draft: RuleDraft) -> None:
    text = text_of(draft.raw).replace("points = 45", "points = 40", 1)
    assert send(writer, draft, text)[0] == 302
    assert cap(draft) == 40
    event = AuditEvent.objects.filter(verb="rule draft changed as text").get()
    assert event.data["before"] == {"caps.additional-education.points": 45}
    assert b"The draft is saved." in writer.get(f"/rules/manage/{draft.pk}/text/").content


def test_what_cannot_be_read_stays_in_the_box_with_its_line(writer: Client, draft: RuleDraft) -> None:
    text = text_of(draft.raw).replace("points = 45", "points = = <45>", 1)
    line = text[: text.index("= = <45>")].count("\n") + 1
    status, page = send(writer, draft, text)
    assert status == 422
    assert "<title>Error: " in page
    assert f'<a href="#L{line}">Line {line}</a>' in page
    assert f'<li id="L{line}" class="is-wrong">' in page
    assert "points = = &lt;45&gt;" in page
    draft.refresh_from_db()
    assert draft.lock_version == 1


def test_what_makes_no_sense_is_saved_and_named_with_its_line(writer: Client, draft: RuleDraft) -> None:
    text = text_of(draft.raw).replace('parent = "', 'parent = "').replace("[need]\npoints = 90", "[need]\npoints = -1")
    assert send(writer, draft, text)[0] == 302
    draft.refresh_from_db()
    assert (draft.lock_version, draft.digest) == (2, "")
    page = writer.get(f"/rules/manage/{draft.pk}/text/").content.decode()
    line = text[: text.index("points = -1")].count("\n") + 1
    assert f"Line {line}</a>: <b>need.points</b>" in page
    assert "It cannot be published before this is settled." in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The text is empty"),
        ("a = 1\nb = 'x\u202ey'", "U+202E"),
        ('a = "\\u0000"', "U+0000"),
        ("a = " + "[" * 5_000, "nested too deeply"),
        ("#" * (MOST_BYTES + 1), "larger than"),
    ],
)
def test_texts_that_mean_harm_are_refused(writer: Client, draft: RuleDraft, text: str, words: str) -> None:
    status, page = send(writer, draft, text)
    assert status == 422
    assert words in page


def test_the_file_is_the_text_and_can_be_imported_again(writer: Client, draft: RuleDraft) -> None:
    answer = writer.get(f"/rules/manage/{draft.pk}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="nicet-cpd-draft.toml"'
    assert raw_of_text(answer.content.decode()) == draft.raw
    status, page = upload(writer, draft, answer.content)
    assert status == 200
    assert "The file says what the draft says" in page
    assert "Replace the draft" not in page


def test_a_file_is_looked_at_before_it_replaces_the_draft(writer: Client, draft: RuleDraft) -> None:
    content = (SHIPPED / "nicet" / "newer-table.toml").read_bytes()
    status, page = upload(writer, draft, content)
    assert status == 200
    assert "rules would differ" in page
    assert "comments, which are not kept" in page
    draft.refresh_from_db()
    assert draft.lock_version == 1
    garbled = writer.post(f"/rules/manage/{draft.pk}/import/", {"text": "= =", "lock_version": 1}, follow=True)
    assert b"Choose it again." in garbled.content
    data = {"text": content.decode(), "lock_version": 1}
    assert writer.post(f"/rules/manage/{draft.pk}/import/", data).status_code == 302
    draft.refresh_from_db()
    assert draft.raw == raw_of_text(content.decode())
    assert AuditEvent.objects.filter(verb="rule draft replaced by a file").count() == 1


def test_a_file_of_other_rules_takes_the_names_of_these(writer: Client, draft: RuleDraft) -> None:
    content = (SHIPPED / "iicrc" / "technician-one-hour.toml").read_text()
    assert "It names another rule set" in upload(writer, draft, content.encode())[1]
    writer.post(f"/rules/manage/{draft.pk}/import/", {"text": content, "lock_version": 1})
    draft.refresh_from_db()
    assert (draft.raw["rules"]["key"], draft.raw["rules"]["body"]) == ("nicet-cpd", "nicet")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"#" * (MOST_BYTES + 1), "Choose a file of at most 500 KB"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "This is not a text file in UTF-8"),
        (b"a = 1\nb = = 2", "Line 2"),
        (b"a" + b".a" * 5_000 + b" = 1", "nested too deeply"),
        (b'a = "<script>alert(1)</script>', "&lt;script&gt;"),
    ],
)
def test_files_that_cannot_be_read_are_refused(writer: Client, draft: RuleDraft, content: bytes, words: str) -> None:
    status, page = upload(writer, draft, content, name="../../x<script>.toml")
    assert status == 422
    assert words in page
    assert "<script>alert" not in page


def test_a_draft_that_is_over_is_read_only(writer: Client, draft: RuleDraft) -> None:
    RuleDraft.objects.filter(pk=draft.pk).update(state=RuleDraft.State.DISCARDED)
    status, page = send(writer, draft, "a = 'typed for an hour'")
    assert status == 409
    assert "typed for an hour" in page
    for page in ("text", "import"):
        answer = writer.get(f"/rules/manage/{draft.pk}/{page}/")
        assert answer["Location"] == f"/rules/manage/{draft.pk}/compare/"


@pytest.mark.parametrize("page", ["text/", "file/", "import/", "compare/"])
def test_only_those_who_write_rules_find_drafts(client: Client, draft: RuleDraft, technician: User, page: str) -> None:
    client.force_login(technician)
    assert client.get(f"/rules/manage/{draft.pk}/{page}").status_code == 404
    assert client.get("/rules/manage/compare/nicet-cpd/").status_code == 404
