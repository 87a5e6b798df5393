"""What every page must hold, whatever it is about."""

from __future__ import annotations

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, expect

# Where a page is walked through: a phone in light, a desk in dark. `assert_sound` looks at the sizes between and at
# the other mode's colours without loading the page again.
WINDOWS = [(390, "light"), (1280, "dark")]
_OTHER_WIDTHS = (320, 768)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = {"runOnly": ["color-contrast"]}
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}

_ASK = """options => axe.run(document, options).then(
  (said) => said.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"""

SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide <= 0) return [];
  return [...document.querySelectorAll("body *")]
    .filter((part) => part.getBoundingClientRect().right > window.innerWidth + 1 && !part.closest(".scroll-x"))
    .map((part) => part.tagName + "." + part.className).slice(0, 5);
}"""
_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, textarea")]
  .filter((part) => part.offsetParent !== null && !part.closest("p, li, dd, td, .crumbs, .visually-hidden"))
  .map((part) => [part, part.getBoundingClientRect()])
  .filter(([part, box]) => box.width > 1 && (box.width < 24 || box.height < 24)
    && !(part.labels && [...part.labels].some((label) => label.getBoundingClientRect().height >= 24)))
  .map(([part]) => part.outerHTML.slice(0, 120))"""


def assert_sound(page: Page) -> None:
    """No axe violation, nothing wider than the window, no target under 24 by 24, one h1, a title of our pattern.

    Sizes hold on the narrowest phone and on a tablet too, and colours in the other mode.
    """
    settled(page)
    _assert_accessible(page, OPTIONS)
    _assert_fits(page)
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" - CPD Points")
    assert page.locator("html").get_attribute("lang") == "en"
    _assert_sound_elsewhere(page)


def _assert_accessible(page: Page, options: dict[str, object]) -> None:
    try:
        found = violations(page, options)
    except Error:
        # The page was being left for the next one: that is the one to look at.
        settled(page)
        found = violations(page, options)
    assert found == []


def violations(page: Page, options: dict[str, object]) -> list[tuple[str, list[str]]]:
    """What axe finds: its rule, and the parts of the page. Axe is read once by each page, and tells nothing else."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(_ASK, options | {"resultTypes": ["violations"]})
    return [(rule, parts) for rule, parts in found]


def settled(page: Page) -> None:
    """Wait until the page that was asked for is there, and in it what a script asked for."""
    page.wait_for_load_state("load")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def _assert_fits(page: Page) -> None:
    assert page.evaluate(SIDEWAYS) == [], page.viewport_size
    small = page.evaluate(_SMALL)
    assert small == [], (page.viewport_size, small)


def _assert_sound_elsewhere(page: Page) -> None:
    """The same page in other sizes and in the other mode; left as it was found."""
    size = page.viewport_size
    assert size is not None
    for width in _OTHER_WIDTHS:
        page.set_viewport_size({"width": width, "height": size["height"]})
        _assert_fits(page)
    page.set_viewport_size(size)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if dark else "dark")
    _assert_accessible(page, CONTRAST)
    page.emulate_media(color_scheme="dark" if dark else "light")


def look(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at the pages."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
