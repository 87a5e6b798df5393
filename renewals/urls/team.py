"""The pages of employers."""

from django.urls import path

from renewals.views.team import at_risk, board, coverage, people

urlpatterns = [
    path("team/", board.show, name="board"),
    path("team/recount/", board.recount, name="recount"),
    path("team/at-risk/", at_risk.show, name="at_risk"),
    path("team/at-risk/remind/", at_risk.remind, name="remind"),
    path("team/people/", people.people, name="people"),
    path("team/people/<id:membership_id>/", people.person, name="person"),
    path("team/people/<id:membership_id>/evidence/<id:evidence_id>/", people.evidence, name="evidence"),
    path("team/coverage/", coverage.show, name="coverage"),
    path("team/coverage/targets/", coverage.targets, name="targets"),
    path("team/certs/<id:held_id>/", people.held, name="held"),
]
