"""How tasks are run: each time limit well below the next, nothing trusted that is not ours."""

from django.conf import settings

from cpdtracker.celery import app


def test_a_lost_task_comes_back_and_a_running_one_is_not_given_away_twice() -> None:
    conf = app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    visible_again = conf.broker_transport_options["visibility_timeout"]
    assert 2 * settings.EMAIL_TIMEOUT <= conf.task_soft_time_limit < conf.task_time_limit <= visible_again / 2


def test_only_json_is_read() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


def test_the_broker_is_the_one_of_the_settings() -> None:
    assert app.conf.broker_url == settings.REDIS_URL
