"""Who belongs to a team, and its settings: pages of owners."""

from django.urls import path

from renewals.views.team import founding, members, settings, webhook

urlpatterns = [
    path("team/new/", founding.new, name="new"),
    path("team/members/", members.members, name="members"),
    path("team/members/invite/", members.invite, name="invite"),
    path("team/members/<id:pk>/", members.member, name="member"),
    path("team/members/<id:pk>/end/", members.end, name="member_end"),
    path("team/invitations/<id:pk>/resend/", members.resend, name="invitation_resend"),
    path("team/invitations/<id:pk>/revoke/", members.revoke, name="invitation_revoke"),
    path("team/settings/", settings.settings, name="settings"),
    path("team/settings/webhook/", webhook.webhook, name="webhook"),
    path("team/settings/places/add/", settings.add, name="place_add"),
    path("team/settings/teams/<id:pk>/", settings.team, name="team_edit"),
    path("team/settings/sites/<id:pk>/", settings.site, name="site_edit"),
]
