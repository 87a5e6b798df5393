"""Pages of this app."""

from django.urls import include, path

import accounts.converters  # noqa: F401  # the "id" in addresses
from certifications.views import draft_compare, draft_conflict, draft_text, rules

own = [
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:slug>/v/<id:number>/", rules.version, name="version"),
]

# Drafts as text and as files, and what differs between any two states of a rule set
texts = [
    path("rules/manage/<id:pk>/text/", draft_text.text, name="draft_text"),
    path("rules/manage/<id:pk>/file/", draft_text.file, name="draft_file"),
    path("rules/manage/<id:pk>/import/", draft_text.import_file, name="draft_import"),
    path("rules/manage/<id:pk>/merge/", draft_conflict.merge, name="draft_merge"),
    path("rules/manage/<id:pk>/compare/", draft_compare.draft, name="draft_compare"),
    path("rules/manage/compare/<slug:slug>/", draft_compare.compare, name="compare"),
]

urlpatterns = [path("", include(([*own, *texts], "certifications")))]
