"""A real Chromium for the tests of pages. Skipped where none is installed, except where CI promises one."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright
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
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def tabs(django_db_setup: None, chromium: Browser, live_server: LiveServer) -> Iterator[Tabs]:
    """Tabs of browsers that have been nowhere yet."""
    tabs = Tabs(chromium, live_server.url)
    yield tabs
    tabs.close()


class Tabs:
    """A new browser costs as much as ten pages, so its one tab is emptied and used again by the next test."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self._chromium, self._address = chromium, address
        self._free: dict[bool, list[Page]] = {True: [], False: []}

    def take(self, *, scripts: bool, own: bool) -> Page:
        if self._free[scripts] and not own:
            return self._free[scripts].pop()
        context = self._chromium.new_context(
            base_url=self._address, java_script_enabled=scripts, reduced_motion="reduce"
        )
        context.set_default_timeout(60_000)
        return context.new_page()

    def give_back(self, page: Page, *, scripts: bool) -> None:
        """Cookies and drafts are forgotten, and nobody listens any more. What cannot be emptied is thrown away."""
        context = page.context
        try:
            page.unroute_all()
            page.goto("about:blank")
            context.clear_cookies()
            link = context.new_cdp_session(page)
            link.send("Storage.clearDataForOrigin", {"origin": self._address, "storageTypes": "all"})
            link.detach()
        except Error:
            context.close()
        else:
            self._free[scripts].append(page)

    def close(self) -> None:
        """And wait until the server has noticed: what still answers holds the database, which is removed next."""
        for page in (*self._free[True], *self._free[False]):
            page.context.close()
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(30)


@pytest.fixture
def open_page(tabs: Tabs, live_server: LiveServer) -> Iterator[OpenPage]:
    """Opens windows on the running product: `open_page(user=..., width=390, mode="dark", scripts=False)`.

    `own` is for what stays with a tab: scripts of a test in every page, a simulated device, an empty cache.
    """
    taken = []

    def open_one(
        user: User | None = None, width: int = 390, height: int = 844, mode: str = "light", scripts: bool = True,
        own: bool = False,
    ) -> Page:  # fmt: skip
        page = tabs.take(scripts=scripts, own=own)
        taken.append((page, scripts, own))
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=mode, media="null", forced_colors="null")  # type: ignore[arg-type]
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies["sessionid"]
            page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        # Whatever the policy refuses or a script throws is a defect of the page.
        page.on("console", refuse)
        page.on("pageerror", throw)
        return page

    troubles: list[str] = []

    def refuse(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            troubles.append(message.text)

    def throw(error: Error) -> None:
        troubles.append(str(error))

    yield open_one
    for page, scripts, own in taken:
        if own:
            page.context.close()
            continue
        tabs.give_back(page, scripts=scripts)
        page.remove_listener("console", refuse)
        page.remove_listener("pageerror", throw)
    assert troubles == []
