"""Logging, and the list of what was logged."""

from django.urls import path

from renewals.views import activities, amend, confirming, evidence, log, own_export, saved

urlpatterns = [
    path("log/", log.log, name="log"),
    path("log/field-time/", log.field_time, name="field_time"),
    path("log/<id:pk>/saved/", saved.saved, name="saved"),
    path("log/<id:pk>/undo/", saved.undo, name="undo"),
    path("activities/", activities.activities, name="list"),
    path("activities/export.csv", own_export.export, name="export"),
    path("activities/<id:pk>/", activities.detail, name="detail"),
    path("activities/<id:pk>/edit/", amend.edit, name="edit"),
    path("activities/<id:pk>/delete/", amend.delete, name="delete"),
    path("activities/<id:pk>/restore/", amend.restore, name="restore"),
    path("activities/<id:pk>/compare/", amend.compare, name="compare"),
    path("activities/<id:pk>/keep-both/", amend.keep_both, name="keep_both"),
    path("activities/<id:pk>/ask/<id:employer_id>/", confirming.ask, name="ask"),
    path("activities/<id:pk>/decline/", confirming.decline, name="decline"),
    path("activities/<id:pk>/evidence/", evidence.add, name="evidence_add"),
    path("evidence/<id:pk>/download/", evidence.download, name="evidence_download"),
    path("evidence/<id:pk>/remove/", evidence.remove, name="evidence_remove"),
    path("evidence/<id:pk>/bring-back/", evidence.bring_back, name="evidence_bring_back"),
]
