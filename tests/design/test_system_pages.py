"""Pages for when something went another way: what they say, and that the last of them needs nothing."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from accounts.models import User
from cpdtracker import system_pages

SAID = {
    "400": ("We could not read this request", "Nothing was saved."),
    "403": ("You do not have access to this page", "Ask the person who sent you the link"),
    "404": ("Page not found", "The link may be old"),
    "413": ("The file is too large", "A file can have up to 15 MB."),
    "csrf": ("This page was open for too long", "Nothing was saved."),
    "500": ("Something went wrong on our side", "What you saved before is safe."),
}


@pytest.mark.parametrize("name", SAID)
def test_each_page_says_what_happened_without_a_request_or_a_database(name: str) -> None:
    heading, sentence = SAID[name]
    html = render_to_string(f"errors/{name}.html")
    assert f"<title>{heading} - CPD Points</title>" in html
    assert re.search(rf"<h1>\s*{heading}\s*</h1>", html)
    assert sentence in html
    # Nobody is known here, so nobody is asked to sign in and no choice is offered that could not be kept.
    assert "Sign in" not in html
    assert "<form" not in html


def test_a_server_error_names_the_number_to_tell_us() -> None:
    request = RequestFactory().get("/")
    request.request_id = "6f1c2d"
    answer = system_pages.server_error(request)
    assert answer.status_code == 500
    assert "6f1c2d" in answer.content.decode()


def test_a_conflict_shows_both_versions_and_both_ways_on() -> None:
    html = render_to_string(
        "errors/409.html",
        {
            "rows": [{"label": "Hours", "saved": "8", "yours": "11"}],
            "saved_url": "/activities/7/",
            "action": "/activities/7/edit/",
            "fields": [("version", 3), ("title", '"><script>')],
        },
    )
    assert "<td>8</td><td>11</td>" in html
    assert 'href="/activities/7/"' in html
    assert 'name="version" value="3"' in html
    assert "<script>" not in html.split("</head>")[1]


def test_an_unknown_page_keeps_the_menu(client: Client, technician: User) -> None:
    client.force_login(technician)
    html = client.get("/no-such-page/").content.decode()
    assert "Page not found" in html
    assert "Sign out" in html
