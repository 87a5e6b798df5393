"""Reminders: settings, the next mail, what was said, and the way out without a sign-in."""

from django.urls import path

from renewals.views import reminders
from renewals.views.manage import reminders as of_everybody
from renewals.views.team import reminders as of_a_team

urlpatterns = [
    path("settings/reminders/", reminders.settings, name="settings"),
    path("settings/reminders/next/", reminders.preview, name="next"),
    path("settings/reminders/next/mail/", reminders.mail, name="next_mail"),
    path("settings/reminders/sample/", reminders.sample, name="sample"),
    path("settings/reminders/address/", reminders.address, name="address"),
    path("settings/reminders/told/", reminders.told, name="told"),
    path("settings/reminders/told/<id:pk>/read/", reminders.read, name="read"),
    path("unsubscribe/<str:token>/", reminders.unsubscribe, name="unsubscribe"),
]

of_team = [path("team/settings/reminders/", of_a_team.reminders, name="reminders")]
of_site = [path("manage/reminders/", of_everybody.reminders, name="reminders")]
