"""Pages of this app."""

from django.urls import include, path

import accounts.converters  # noqa: F401  # the "id" in addresses
from certifications.views import (
    catalogue,
    draft_compare,
    draft_conflict,
    draft_editor,
    draft_example_edit,
    draft_examples,
    draft_text,
    rule_sets,
    rules,
)

own = [
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:slug>/v/<id:number>/", rules.version, name="version"),
]

# Rule sets and drafts through forms
editor = [
    path("rules/manage/", rule_sets.manage, name="manage"),
    path("rules/manage/new/", rule_sets.new, name="new_rule_set"),
    path("rules/manage/start/<id:pk>/", rule_sets.start, name="start_draft"),
    path("rules/manage/<id:pk>/", draft_editor.draft, name="draft"),
    path("rules/manage/<id:pk>/discard/", draft_editor.stop, name="draft_discard"),
    path("rules/manage/<id:pk>/edit/<slug:key>/", draft_editor.section, name="draft_section"),
    path("rules/manage/<id:pk>/edit/<slug:key>/<str:path>/", draft_editor.row, name="draft_row"),
]

# The catalogue
shelves = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/new/", catalogue.new_body, name="new_body"),
    path("catalogue/<slug:slug>/", catalogue.body, name="body"),
    path("catalogue/<slug:slug>/still-true/", catalogue.body_still_true, name="body_still_true"),
    path("catalogue/<slug:slug>/new/", catalogue.new_certification, name="new_certification"),
    path("catalogue/<slug:slug>/<slug:key>/", catalogue.certification, name="certification"),
    path(
        "catalogue/<slug:slug>/<slug:key>/still-true/",
        catalogue.certification_still_true,
        name="certification_still_true",
    ),
]

# Drafts as text and as files, and what differs between any two states of a rule set
texts = [
    path("rules/manage/<id:pk>/text/", draft_text.text, name="draft_text"),
    path("rules/manage/<id:pk>/file/", draft_text.file, name="draft_file"),
    path("rules/manage/<id:pk>/import/", draft_text.import_file, name="draft_import"),
    path("rules/manage/<id:pk>/merge/", draft_conflict.merge, name="draft_merge"),
    path("rules/manage/<id:pk>/compare/", draft_compare.draft, name="draft_compare"),
    path("rules/manage/compare/<slug:slug>/", draft_compare.compare, name="compare"),
    path("rules/manage/compare/<slug:slug>/<slug:side>/file/", draft_compare.side_file, name="side_file"),
]

# Worked examples beside a draft
examples = [
    path("rules/manage/<id:pk>/examples/", draft_examples.examples, name="draft_examples"),
    path("rules/manage/<id:pk>/examples/<slug:part>/new/", draft_example_edit.new, name="draft_example_new"),
    path("rules/manage/<id:pk>/examples/<slug:part>/<id:number>/", draft_examples.example, name="draft_example"),
    path(
        "rules/manage/<id:pk>/examples/<slug:part>/<id:number>/edit/",
        draft_example_edit.edit,
        name="draft_example_edit",
    ),
    path(
        "rules/manage/<id:pk>/examples/<slug:part>/<id:number>/remove/",
        draft_examples.remove,
        name="draft_example_remove",
    ),
]

urlpatterns = [path("", include(([*own, *editor, *shelves, *texts, *examples], "certifications")))]
