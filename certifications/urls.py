"""Pages about rules: reading them, writing drafts, worked examples, the catalogue."""

from django.urls import URLPattern, URLResolver, include, path

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

Urls = list[URLPattern | URLResolver]

example = [
    path("", draft_examples.example, name="draft_example"),
    path("edit/", draft_example_edit.edit, name="draft_example_edit"),
    path("remove/", draft_examples.remove, name="draft_example_remove"),
]

draft: Urls = [
    # Through forms
    path("", draft_editor.draft, name="draft"),
    path("discard/", draft_editor.stop, name="draft_discard"),
    path("take-up/", rule_sets.take_up, name="draft_take_up"),
    path("edit/<slug:key>/", draft_editor.section, name="draft_section"),
    path("edit/<slug:key>/<str:path>/", draft_editor.row, name="draft_row"),
    # As text and as a file
    path("text/", draft_text.text, name="draft_text"),
    path("file/", draft_text.file, name="draft_file"),
    path("import/", draft_text.import_file, name="draft_import"),
    path("merge/", draft_conflict.merge, name="draft_merge"),
    path("compare/", draft_compare.draft, name="draft_compare"),
    # Its worked examples
    path("examples/", draft_examples.examples, name="draft_examples"),
    path("examples/<slug:part>/new/", draft_example_edit.new, name="draft_example_new"),
    path("examples/<slug:part>/<id:number>/", include(example)),
]

rules_pages: Urls = [
    path("", rules.rules, name="rules"),
    path("<slug:slug>/v/<id:number>/", rules.version, name="version"),
    path("manage/", rule_sets.manage, name="manage"),
    path("manage/new/", rule_sets.new, name="new_rule_set"),
    path("manage/start/<id:pk>/", rule_sets.start, name="start_draft"),
    path("manage/<id:pk>/", include(draft)),
    # What differs between any two states of a rule set
    path("manage/compare/<slug:slug>/", draft_compare.compare, name="compare"),
    path("manage/compare/<slug:slug>/<slug:side>/file/", draft_compare.side_file, name="side_file"),
]

body = [
    path("", catalogue.body, name="body"),
    path("still-true/", catalogue.body_still_true, name="body_still_true"),
    path("new/", catalogue.new_certification, name="new_certification"),
    path("<slug:key>/", catalogue.certification, name="certification"),
    path("<slug:key>/still-true/", catalogue.certification_still_true, name="certification_still_true"),
]

catalogue_pages: Urls = [
    path("", catalogue.catalogue, name="catalogue"),
    path("new/", catalogue.new_body, name="new_body"),
    path("<slug:slug>/", include(body)),
]

app_urls = [path("rules/", include(rules_pages)), path("catalogue/", include(catalogue_pages))]
urlpatterns = [path("", include((app_urls, "certifications")))]
