"""Getting in and out, and the account's own pages.

The views are allauth's and keep its names, so that its redirects and mails find them; the addresses are ours.
"""

from allauth.account import views
from django.urls import include, path

import accounts.converters  # noqa: F401  # "base36" in addresses
from accounts.views import settings, sign_out, theme

own_pages = [
    path("settings/", settings, name="settings"),
    path("theme/", theme, name="theme"),
]

urlpatterns = [
    path("", include((own_pages, "accounts"))),
    path("signup/", views.signup, name="account_signup"),
    path("signin/", views.login, name="account_login"),
    path("signout/", sign_out, name="account_logout"),
    path("account/inactive/", views.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("account/email/", views.email, name="account_email"),
    path("account/email/sent/", views.email_verification_sent, name="account_email_verification_sent"),
    path("account/email/confirm/<str:key>/", views.confirm_email, name="account_confirm_email"),
    path("account/password/", views.password_change, name="account_change_password"),
    path("account/password/set/", views.password_set, name="account_set_password"),
    path("account/password/reset/", views.password_reset, name="account_reset_password"),
    path("account/password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    # The person ends at the first dash: the key has dashes of its own.
    path(
        "account/password/reset/key/<base36:uidb36>-<str:key>/",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/2fa/", include("allauth.mfa.urls")),
]
