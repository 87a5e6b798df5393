"""Importing lists of people: pages of owners."""

from django.urls import path

from renewals.views.team import importing

urlpatterns = [
    path("team/import/", importing.upload, name="import"),
    path("team/import/template.csv", importing.template, name="import_template"),
    path("team/import/<id:pk>/columns/", importing.columns, name="import_columns"),
    path("team/import/<id:pk>/", importing.preview, name="import_preview"),
    path("team/import/<id:pk>/undo/", importing.undo, name="import_undo"),
]
