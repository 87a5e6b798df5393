"""What a person lets employers see, and the invitations they answer."""

from django.urls import path

from renewals.views import invitations, sharing, showing

urlpatterns = [
    path("invite/<str:token>/", invitations.link, name="link"),
    path("sharing/", sharing.sharing, name="sharing"),
    path("sharing/invitations/<id:pk>/", invitations.answer, name="invitation"),
    path("share/", showing.show, name="show"),
    path("share/stop/", showing.stop, name="stop"),
    path("s/<str:token>/", showing.page, name="page"),
    path("s/<str:token>/badge.svg", showing.badge, name="badge"),
    path("sharing/<id:pk>/", sharing.change, name="change"),
    path("sharing/<id:pk>/view/", sharing.view, name="view"),
    path("sharing/<id:pk>/leave/", sharing.leave, name="leave"),
]
