"""Every page that shows where somebody stands; each area has a module of its own."""

from django.urls import URLPattern, URLResolver, include, path

import accounts.converters  # noqa: F401  # the "id" in addresses
from renewals.urls import (
    activities,
    classes,
    exports,
    holding,
    imports,
    interest,
    manage,
    members,
    reminders,
    requirements,
    rules,
    sharing,
    standing,
    team,
)
from renewals.views import landing

own: list[URLPattern | URLResolver] = [*standing.urlpatterns, *holding.urlpatterns, *rules.urlpatterns]
of_team: list[URLPattern | URLResolver] = [
    *team.urlpatterns, *members.urlpatterns, *exports.urlpatterns, *imports.urlpatterns, *classes.urlpatterns,
    *requirements.urlpatterns, *reminders.of_team,
]  # fmt: skip

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("help/", landing.help_page, name="help"),
    path("", include((own, "renewals"))),
    path("", include((activities.urlpatterns, "activities"))),
    path("", include((of_team, "team"))),
    path("", include(([*manage.urlpatterns, *reminders.of_site], "manage"))),
    path("", include((reminders.urlpatterns, "reminders"))),
    path("", include(([*sharing.urlpatterns, *interest.urlpatterns], "sharing"))),
]
