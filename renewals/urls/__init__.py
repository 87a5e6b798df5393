"""Every page that shows where somebody stands; each area has a module of its own."""

from django.urls import URLPattern, URLResolver, include, path

import accounts.converters  # noqa: F401  # the "id" in addresses
from renewals.urls import activities, classes, exports, holding, interest, members, sharing, standing, team
from renewals.views import landing

own: list[URLPattern | URLResolver] = [*standing.urlpatterns, *holding.urlpatterns]

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("help/", landing.help_page, name="help"),
    path("", include((own, "renewals"))),
    path("", include((activities.urlpatterns, "activities"))),
    path("", include(([*team.urlpatterns, *members.urlpatterns, *exports.urlpatterns, *classes.urlpatterns], "team"))),
    path("", include(([*sharing.urlpatterns, *interest.urlpatterns], "sharing"))),
]
