"""What every page must hold, whatever it is about."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}

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
    """No axe violation, nothing wider than the window, no target under 24 by 24, one h1, a title of our pattern."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate(SIDEWAYS) == []
    small = page.evaluate(_SMALL)
    assert small == [], small
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" - CPD Points")
    assert page.locator("html").get_attribute("lang") == "en"
