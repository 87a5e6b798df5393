"""Home, and the standing of each certification."""

from django.urls import path

from renewals.views import career, home, standing

urlpatterns = [
    path("me/", home.home, name="home"),
    path("career/", career.career, name="career"),
    path("certs/<id:pk>/", standing.standing, name="standing"),
    path("certs/<id:pk>/plan/", standing.save_plan, name="plan"),
]
