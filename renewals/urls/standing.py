"""Home, and the standing of each certification."""

from django.urls import path

from renewals.views import home, standing

urlpatterns = [
    path("me/", home.home, name="home"),
    path("certs/<id:pk>/", standing.standing, name="standing"),
    path("certs/<id:pk>/plan/", standing.save_plan, name="plan"),
]
