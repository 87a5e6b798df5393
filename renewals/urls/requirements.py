"""What employers ask for beside the certifying body."""

from django.urls import path

from renewals.views.team import requirements

urlpatterns = [
    path("team/requirements/", requirements.requirements, name="requirements"),
    path("team/requirements/new/", requirements.new, name="requirement_new"),
    path("team/requirements/<id:pk>/", requirements.requirement, name="requirement"),
    path("team/requirements/<id:pk>/end/", requirements.end, name="requirement_end"),
    path("team/people/<id:membership_id>/certs/<id:held_id>/adjust/", requirements.adjust, name="adjust"),
    path("team/adjustments/<id:pk>/end/", requirements.adjustment_end, name="adjustment_end"),
]
