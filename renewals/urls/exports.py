"""What leaves the product as a file."""

from django.urls import path

from renewals.views.team import exports

urlpatterns = [
    path("team/exports/", exports.exports, name="exports"),
    path("team/exports/report/", exports.report, name="report"),
    path("team/exports/<id:pk>/file/", exports.export_file, name="export_file"),
]
