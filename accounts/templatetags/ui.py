"""What every page needs: icons, dates, the menu, the theme, forms. Words about points live in `cpd`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_mini

from accounts.models import Membership
from accounts.queries import asked_to_join
from accounts.themes import theme_of

register = template.Library()

# The whole set: a page that asks for another icon fails, so that the set stays small.
ICONS = {
    "on-track": "check-circle",
    "at-risk": "exclamation-triangle",
    "due": "clock",
    "lapsed": "x-circle",
    "not-held": "minus",
    "tick": "check",
    "plus": "plus",
    "menu": "bars-3",
    "back": "arrow-left",
    "forward": "arrow-right",
    "camera": "camera",
    "file": "document",
    "undo": "arrow-uturn-left",
    "info": "information-circle",
    "search": "magnifying-glass",
    "key": "key",
    "phone": "device-phone-mobile",
    "mail": "envelope",
}


@register.simple_tag
def icon(name: str) -> str:
    """The drawing of that name, hidden from assistive technology: a word always stands beside it."""
    return str(heroicon_mini(ICONS[name], size=None, **{"class": "icon"}))


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """A date as people read it here: 31 Mar 2027."""
    return f"{value.day} {value:%b} {value.year}" if value else ""


@register.filter
def month(value: date | None) -> str:
    """A month as people read it here: Mar 2027."""
    return f"{value:%b} {value.year}" if value else ""


@register.filter
def weekday_day(value: date | None) -> str:
    """A date with its weekday: Thu 1 Oct 2026."""
    return f"{value:%a} {day(value)}" if value else ""


@register.filter
def count(number: int, words: str) -> str:
    """A number with its noun: `3|count:"day,days"` is "3 days"."""
    one, many = words.split(",")
    return f"{number:,} {one if number == 1 else many}"


@register.simple_tag
def url_or_nothing(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, or an empty text where that page is not part of this installation."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag
def demo_mail() -> str:
    """The address of the page that shows what was sent; only the demo has one."""
    return url_or_nothing("demo_mail") if settings.DEMO else ""


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The reader's saved theme, "light" or "dark", or "system"."""
    request = context.get("request")
    return theme_of(request) if request else "system"


MENU = (("renewals:home", "Home"), ("activities:list", "Activities"), ("renewals:career", "Career"))
OF_MEMBERS = (("sharing:sharing", "Sharing"),)
OF_OVERSEERS = (("team:board", "Team"),)
OF_SITE_ADMINS = (("manage:overview", "Manage"),)
SETTINGS = ("accounts:settings", "Settings")
OF_ALL = (("certifications:rules", "Rules"), SETTINGS)
OF_RULES_ADMINS = (("certifications:manage", "Rules"), SETTINGS)


@register.simple_tag(takes_context=True)
def menu_links(context: Context) -> list[dict[str, object]]:
    """The pages of the menu that exist and concern this person, the one being read marked as current."""
    path = getattr(context.get("request"), "path", "")
    links = [(url_or_nothing(name), label) for name, label in _menu(context.get("user"))]
    return [{"url": url, "label": label, "current": path == url} for url, label in links if url]


def _menu(user: Any) -> tuple[tuple[str, str], ...]:
    """One group after another: there are no modes. It only leads; each page decides by itself who may see it."""
    if not getattr(user, "is_authenticated", False):
        return MENU + OF_ALL
    roles = set(Membership.objects.of(user).filter(left_on=None).values_list("role", flat=True))
    sees_team = bool(roles & {Membership.Role.COORDINATOR, Membership.Role.OWNER})
    shares = roles or asked_to_join(user)
    of_site = OF_SITE_ADMINS if user.is_site_admin else ()
    last = OF_RULES_ADMINS if user.is_rules_admin else OF_ALL
    return MENU + (OF_MEMBERS if shares else ()) + (OF_OVERSEERS if sees_team else ()) + of_site + last


@register.simple_tag(takes_context=True)
def form_fields(context: Context, form: BaseForm) -> SafeString:
    """The fields of a form in house style, without the form element, the token and the error summary.

    Browser validation is off everywhere: it speaks other words, hides other errors and cannot be styled.
    """
    form.use_required_attribute = False
    helper = getattr(form, "helper", None) or FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    rendered: SafeString = render_crispy_form(
        form, helper=helper, context={**context.flatten(), "summary_elsewhere": True}
    )
    return rendered


@register.simple_tag
def form_errors(form: BaseForm) -> list[dict[str, str]]:
    """Every error of a form in the order of its fields, each with the id of the control to go to."""
    found = [{"text": str(text), "target": ""} for text in form.non_field_errors()]
    for field in form:
        found += [{"text": str(text), "target": _first_control(field)} for text in field.errors]
    return found


def _first_control(field: Any) -> str:
    """The id of the first real control: a group of them carries the id only with a number behind it."""
    if not field.id_for_label and field.auto_id:
        return f"{field.auto_id}_0"
    return str(field.id_for_label)
