"""What a person holds: the first steps, adding, managing, renewing."""

from django.urls import path

from renewals.views import log, managing, packets, renewing, starting

urlpatterns = [
    path("start/", starting.start, name="start"),
    path("start/certification/", starting.choose, {"adding": False}, name="start_certification"),
    path("start/certification/own/", starting.own, {"adding": False}, name="start_own"),
    path("start/certification/<id:pk>/", starting.hold, {"adding": False}, name="start_hold"),
    path("start/history/", starting.history, name="start_history"),
    path("start/activity/", log.log, {"first": True}, name="start_activity"),
    path("certs/add/", starting.choose, {"adding": True}, name="add"),
    path("certs/add/own/", starting.own, {"adding": True}, name="add_own"),
    path("certs/add/<id:pk>/", starting.hold, {"adding": True}, name="add_certification"),
    path("certs/<id:pk>/manage/", managing.manage, name="manage"),
    path("certs/<id:pk>/details/", managing.details, name="details"),
    path("certs/<id:pk>/period/", managing.period, name="period"),
    path("certs/<id:pk>/level/", managing.level, name="level"),
    path("certs/<id:pk>/renewal/", renewing.renewal, name="renewal"),
    path("certs/<id:pk>/renewal/packet/", packets.preview, name="packet"),
    path("certs/<id:pk>/renewal/packet.pdf", packets.pdf, name="packet_pdf"),
    path("certs/<id:pk>/renewal/evidence.zip", packets.evidence, name="packet_evidence"),
    path("certs/<id:pk>/periods/<id:number>/", renewing.past_period, name="past_period"),
    path("certs/<id:pk>/periods/<id:number>/packet/", packets.kept, name="kept_packet"),
    path("certs/<id:pk>/periods/<id:number>/packet.pdf", packets.kept_pdf, name="kept_pdf"),
    path("certs/<id:pk>/periods/<id:number>/evidence.zip", packets.kept_evidence, name="kept_evidence"),
    path("certs/<id:pk>/remove/", managing.remove, name="remove"),
    path("certs/<id:pk>/removed/", managing.removed, name="removed"),
    path("certs/<id:pk>/take-back/", managing.take_back, name="take_back"),
]
