"""What a person means to reach."""

from django.urls import path

from renewals.views import interest

urlpatterns = [
    path("career-interest/", interest.interests, name="interests"),
    path("career-interest/<id:pk>/take-back/", interest.take_back, name="interest_back"),
]
