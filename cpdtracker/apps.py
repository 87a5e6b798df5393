"""Makes the Celery application known in every Django process, so that shared tasks find their broker."""

from importlib import import_module

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "cpdtracker"

    def ready(self) -> None:
        import_module("cpdtracker.celery")
