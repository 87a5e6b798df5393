"""Pages of this app."""

from django.urls import include, path

import accounts.converters  # noqa: F401  # the "id" in addresses
from certifications.views import rules

own = [
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:slug>/v/<id:number>/", rules.version, name="version"),
]

urlpatterns = [path("", include((own, "certifications")))]
