"""The pages of whoever runs the site."""

from django.urls import path

from renewals.views.manage import mails, organisations, overview, trail, users

urlpatterns = [
    path("manage/", overview.show, name="overview"),
    path("manage/jobs/<slug:name>/", overview.job, name="job"),
    path("manage/jobs/<slug:name>/run/", overview.run, name="run"),
    path("manage/sending/", overview.sending, name="sending"),
    path("manage/mail/", mails.show, name="mails"),
    path("manage/mail/<id:pk>/", mails.decide, name="decide"),
    path("manage/users/", users.show, name="users"),
    path("manage/users/<id:pk>/", users.user, name="user"),
    path("manage/users/<id:pk>/account/", users.account, name="account"),
    path("manage/users/<id:pk>/<slug:role>/", users.role, name="role"),
    path("manage/organisations/", organisations.show, name="organisations"),
    path("manage/organisations/<id:pk>/", organisations.organisation, name="organisation"),
    path("manage/organisations/<id:pk>/owner/<id:membership_id>/", organisations.owner, name="owner"),
    path("manage/audit/", trail.show, name="trail"),
]
