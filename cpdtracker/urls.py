"""Every address of the product. An app's own pages live in its `urls.py`."""

from django.urls import include, path

from cpdtracker import health
from cpdtracker.demo import views as demo

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("demo/mail/", demo.mail, name="demo_mail"),
    path("demo/mail/<slug:key>/", demo.mail_as_it_looks, name="demo_mail_html"),
    path("", include("accounts.urls")),
    path("", include("certifications.urls")),
    path("", include("activities.urls")),
    path("", include("renewals.urls")),
]

handler400 = "cpdtracker.system_pages.bad_request"
handler403 = "cpdtracker.system_pages.forbidden"
handler404 = "cpdtracker.system_pages.not_found"
handler429 = "cpdtracker.system_pages.too_many"  # asked for by the library that counts tries
handler500 = "cpdtracker.system_pages.server_error"
