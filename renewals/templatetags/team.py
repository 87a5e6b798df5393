"""What the team pages have in common."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from heroicons.templatetags.heroicons import heroicon_mini

from accounts.templatetags.ui import ICONS
from certifications.rules.words import StandingWord

register = template.Library()

# Pages of a team in the order of the menu; one that this installation does not have is left out.
PAGES = (
    ("team:board", "Dashboard"), ("team:at_risk", "At risk"), ("team:people", "People"), ("team:coverage", "Coverage"),
    ("team:classes", "Classes"), ("team:confirmations", "Confirmations"), ("team:exports", "Exports"),
)  # fmt: skip
# What owners need now and then: one place in the menu, and beside each other once there.
MANAGING = (
    ("team:members", "Members"), ("team:import", "Import a list"), ("team:requirements", "Requirements"),
    ("team:settings", "Settings"),
)  # fmt: skip


@register.inclusion_tag("team/_nav.html", takes_context=True)
def team_nav(context: Any, place: Any) -> dict[str, Any]:
    """The pages of a team, and the other teams this person oversees."""
    path = getattr(context.get("request"), "path", "")
    links, managing = _links(PAGES, path, place), _links(MANAGING, path, place) if place.owns else []
    inside = any(link["current"] for link in managing)
    if managing:
        links.append({"url": managing[0]["url"], "label": "Manage", "current": inside})
    return {"place": place, "links": links, "managing": managing if inside else []}


def _links(pages: tuple[tuple[str, str], ...], path: str, place: Any) -> list[dict[str, Any]]:
    found = [(_address(name), label) for name, label in pages]
    return [{"url": f"{url}{place.query}", "label": label, "current": _under(path, url)} for url, label in found if url]


def _under(path: str, url: str) -> bool:
    return path == url or (url != "/team/" and path.startswith(url))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag
def icons_once() -> SafeString:
    """The drawings of the four standings, once for a page: six hundred cells point at them."""
    drawn = "".join(str(heroicon_mini(ICONS[word], size=None, id=f"i-{word}")) for word in StandingWord)
    return mark_safe(f'<div class="sprite" aria-hidden="true">{drawn}</div>')  # noqa: S308 - drawings of ours


@register.simple_tag
def webhook_address(place: Any) -> str:
    """The page of the webhook, or an empty text where this installation has none."""
    return f"{_address('team:webhook')}{place.query}" if settings.WEBHOOKS else ""
