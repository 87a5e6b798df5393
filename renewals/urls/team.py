"""The pages of employers."""

from django.urls import path

from renewals.views.team import board, people

urlpatterns = [
    path("team/", board.show, name="board"),
    path("team/recount/", board.recount, name="recount"),
    path("team/people/", people.people, name="people"),
    path("team/people/<id:membership_id>/", people.person, name="person"),
    path("team/people/<id:membership_id>/evidence/<id:evidence_id>/", people.evidence, name="evidence"),
    path("team/certs/<id:held_id>/", people.held, name="held"),
]
