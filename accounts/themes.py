"""Light, dark, or as the system says: kept on the user, or in a cookie while nobody is signed in."""

from django.http import HttpRequest

COOKIE = "theme"
COOKIE_SECONDS = 365 * 24 * 60 * 60
THEMES = ("system", "light", "dark")


def theme_of(request: HttpRequest) -> str:
    """One of THEMES for whoever asks. Anything else found in the cookie counts as "system"."""
    user = getattr(request, "user", None)
    chosen = user.theme if user is not None and user.is_authenticated else request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else "system"
