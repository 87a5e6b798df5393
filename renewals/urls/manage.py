"""The pages of whoever runs the site."""

from django.urls import path

from renewals.views.manage import mails, overview, trail

urlpatterns = [
    path("manage/", overview.show, name="overview"),
    path("manage/jobs/<slug:name>/", overview.job, name="job"),
    path("manage/jobs/<slug:name>/run/", overview.run, name="run"),
    path("manage/sending/", overview.sending, name="sending"),
    path("manage/mail/", mails.show, name="mails"),
    path("manage/mail/<id:pk>/", mails.decide, name="decide"),
    path("manage/audit/", trail.show, name="trail"),
]
