"""The pages of employers."""

from django.urls import path

from renewals.views.team import at_risk, board, coverage, packets, people

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
    path("team/certs/<id:held_id>/packet.pdf", packets.pdf, name="packet_pdf"),
    path("team/certs/<id:held_id>/evidence.zip", packets.evidence, name="packet_evidence"),
    path("team/certs/<id:held_id>/periods/<id:number>/packet.pdf", packets.kept_pdf, name="kept_pdf"),
    path("team/certs/<id:held_id>/periods/<id:number>/evidence.zip", packets.kept_evidence, name="kept_evidence"),
]
