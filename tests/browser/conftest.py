"""A real Chromium for the tests of pages. Skipped where none is installed, except where CI promises one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

OpenPage = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All drive a browser. Walks over every state of a page, and flows once more without scripts, are thorough."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            asked = getattr(item, "callspec", None)
            if asked and ("width" in asked.params or asked.params.get("scripts") is False):
                item.add_marker(pytest.mark.thorough)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium, and in CI the browser tests must run.")
        pytest.skip("There is no Chromium on this machine.")
    # Playwright keeps an event loop in this thread; the database calls of the tests are not part of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Patience costs nothing where all is well; a machine with other work to do needs it.
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Opens windows on the running product: `open_page(user=..., width=390, mode="dark", scripts=False)`."""
    contexts = []

    def open_one(
        user: User | None = None, width: int = 390, height: int = 844, mode: str = "light", scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=mode,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies["sessionid"]
            context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        # Whatever the policy refuses or a script throws is a defect of the page.
        page.on("console", lambda message: _refuse(message.type, message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    troubles: list[str] = []

    def _refuse(kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:
            troubles.append(text)

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == []
