"""Classes that employers log, and what they confirm."""

from django.urls import path

from renewals.views.team import class_people, classes, confirmations

urlpatterns = [
    path("team/classes/", classes.classes, name="classes"),
    path("team/classes/new/", classes.new, name="class_new"),
    path("team/classes/<id:pk>/", classes.one, name="class"),
    path("team/classes/<id:pk>/people/", class_people.people, name="class_people"),
    path("team/classes/<id:pk>/edit/", classes.edit, name="class_edit"),
    path("team/classes/<id:pk>/withdraw/", classes.withdraw, name="class_withdraw"),
    path("team/confirmations/", confirmations.confirmations, name="confirmations"),
    path("team/people/<id:membership_id>/activities/<id:pk>/", confirmations.confirm, name="confirm"),
]
