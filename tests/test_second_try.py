"""Who has a second try in CI, and when second tries are too many."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.plugins.second_try import MOST, pytest_collection_modifyitems, pytest_sessionfinish


def _tries(pytestconfig: pytest.Config, module: str) -> list[dict[str, int]]:
    marked: list[dict[str, int]] = []
    item = SimpleNamespace(
        path=pytestconfig.rootpath / module, add_marker=lambda marker: marked.append(dict(marker.kwargs))
    )
    pytest_collection_modifyitems(pytestconfig, [cast(Any, item)])
    return marked


def test_only_tests_with_another_program_in_them_are_tried_again(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    assert _tries(pytestconfig, "tests/browser/test_standing.py") == [{"reruns": 1}]
    assert _tries(pytestconfig, "tests/faults/test_queue.py") == [{"reruns": 1}]
    assert _tries(pytestconfig, "tests/certifications/rules/test_counting.py") == []


def test_at_a_desk_nothing_is_tried_again(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert _tries(pytestconfig, "tests/browser/test_standing.py") == []


@pytest.mark.parametrize(("again", "status"), [(0, 0), (MOST, 0), (MOST + 1, 1)])
def test_many_second_tries_are_a_failure(again: int, status: int) -> None:
    reporter = SimpleNamespace(stats={"rerun": [object()] * again})
    plugins = SimpleNamespace(get_plugin={"terminalreporter": reporter}.get)
    session = SimpleNamespace(config=SimpleNamespace(pluginmanager=plugins), exitstatus=0)
    pytest_sessionfinish(cast(Any, session), 0)
    assert session.exitstatus == status
