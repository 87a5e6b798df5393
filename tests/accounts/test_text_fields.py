"""Lines, notes, days and links as people type or paste them."""

from datetime import date

import pytest
from django import forms

from accounts.text_fields import DayField, LineField, LinkField, NameField, NoteField


class Form(forms.Form):
    line = LineField(required=False, max_length=10)
    name = NameField(required=False, max_length=60)
    note = NoteField(required=False, max_length=20)
    day = DayField(required=False, what="Last day")
    link = LinkField(required=False)


def cleaned(name: str, value: str) -> object:
    form = Form({name: value})
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


def refused(name: str, value: str) -> str:
    form = Form({name: value})
    assert not form.is_valid()
    return form.errors[name][0]


@pytest.mark.parametrize("name", ["Booking.com LLC", "A/B Alarms", "Dr. Ann Lee, P.E.", "O'Neil & Sons (N.Y.)"])
def test_names_of_people_and_companies_are_names(name: str) -> None:
    assert cleaned("name", name) == name


@pytest.mark.parametrize(
    "name", ["Win at https://x.example", "www.x.example", "See evil.example/win", "HTTP\u200b://x"]
)
def test_what_a_mail_would_make_a_link_of_is_no_name(name: str) -> None:
    assert refused("name", name) == "Enter a name without a web address"


def test_a_line_is_measured_by_what_is_seen_of_it() -> None:
    assert cleaned("line", "0123456789\u200b ") == "0123456789"
    assert "10" in refused("line", "0123456789x")
    assert cleaned("line", "\u200b") == ""


def test_a_note_keeps_its_lines_and_loses_its_control_marks() -> None:
    assert cleaned("note", "one\r\ntwo\x00\rthree\x07\n\n") == "one\ntwo\nthree"


@pytest.mark.parametrize("text", ["2026-10-01", "1950-01-01", "2024-02-29"])
def test_days(text: str) -> None:
    assert cleaned("day", text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2024-02-30", "2024-13-01", "01/02/2024", "10000-01-01", "24-1-1", "2024-1-1", "20240101",
     "\u0662\u0660\u0662\u0664-01-01", "2024-W01-1", "2024-01-01T00:00", "today", "-2024-01-01", "9" * 5000],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    assert refused("day", text) == "Last day must be a real date, like 2026-10-01"


@pytest.mark.parametrize("text", ["0001-01-01", "1949-12-31"])
def test_days_before_all_days(text: str) -> None:
    assert refused("day", text) == "Last day must be on or after 1 Jan 1950"


def test_days_after_all_days() -> None:
    """The day after the last one of a calendar is none: what counts on from it would break."""
    assert cleaned("day", "2199-12-31") == date(2199, 12, 31)
    assert refused("day", "9999-12-31") == "Last day must be on or before 31 Dec 2199"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://www.nfpa.org/72?a=1#b", "https://www.nfpa.org/72?a=1#b"),
        ("http://nfpa.org:8080/x", "http://nfpa.org:8080/x"),
        ("nfpa.org/courses", "https://nfpa.org/courses"),
        ("https://müller.example/x", "https://müller.example/x"),
        ("HTTPS://NFPA.ORG", "HTTPS://NFPA.ORG"),
        ("https://93.184.216.34/", "https://93.184.216.34/"),
    ],
)
def test_links_outward(text: str, link: str) -> None:
    assert cleaned("link", text) == link


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.test/x", "http://127.0.0.1/",
     "http://127.1/", "http://2130706433/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "file:///etc/passwd",
     "https:evil.test", "https:///x", "\\\\evil.test", "https://user:secret@nfpa.org/", "ftp://nfpa.org/x", "/admin/",
     "https://nfpa.org/\"onmouseover=1", "https://nfpa.org/a b", "https://a..b/", "https://[::1", "https://nfpa.org:0/",
     "https://nfpa.org:99999/", "mailto:a@b.example", "https://169.254.169.254/latest", "java\tscript:alert(1)"],
)  # fmt: skip
def test_what_is_no_link_outward(text: str) -> None:
    assert refused("link", text) == "Enter a web address that starts with https:// or http://"


def test_a_link_that_is_too_long() -> None:
    assert refused("link", "https://nfpa.org/" + "a" * 500) == "Link must be 500 characters or fewer"
