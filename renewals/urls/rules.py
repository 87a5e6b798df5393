"""Changes of rules: impact and publication for those who write rules, and what they mean for everybody else."""

from django.urls import path

from renewals.views import rule_examples
from renewals.views.rule_changes import audit, changes, impact, mail, past, publish

urlpatterns = [
    path("rules/manage/audit/", audit.audit, name="rules_audit"),
    path("rules/manage/<id:pk>/example-of/", rule_examples.choose, name="draft_example_person"),
    path("rules/manage/<id:pk>/example-of/<id:held>/", rule_examples.preview, name="draft_example_take"),
    path("rules/manage/<id:pk>/impact/", impact.impact, name="draft_impact"),
    path("rules/manage/<id:pk>/impact/file/", impact.file, name="draft_impact_file"),
    path("rules/manage/<id:pk>/publish/", publish.check, name="draft_publish"),
    path("rules/manage/<id:pk>/publish/mail/", mail.mail, name="draft_mail"),
    path("rules/manage/<id:pk>/publish/mail/as-it-looks/", mail.as_it_looks, name="draft_mail_looks"),
    path("rules/manage/published/<id:pk>/", publish.published, name="rule_change"),
    path("rules/<slug:slug>/v/<id:number>/changes/", changes.changes, name="rule_changes"),
    path("certs/<id:pk>/on/", past.choose, name="standing_when"),
    path("certs/<id:pk>/on/<slug:day>/", past.past, name="standing_on"),
]
