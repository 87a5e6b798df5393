"""In CI, a test with another program in it has a second try, and what failed at first is printed all the same.

A browser, a worker that is killed, servers that go down: their moments are not the test's, and a light that is red
once in a hundred runs for such a moment is believed no more. Everything else has one try, and at somebody's desk so
has everything. More than `MOST` second tries in one run are a failure: then it is not a moment.
"""

import os
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter

# Folders whose tests start a browser or a program.
OTHER_PROGRAMS = ("tests/browser", "tests/faults", "tests/cpdtracker")
MOST = 3


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("CI") != "true":
        return
    folders = [config.rootpath / folder for folder in OTHER_PROGRAMS]
    for item in items:
        if any(Path(item.path).is_relative_to(folder) for folder in folders):
            item.add_marker(pytest.mark.flaky(reruns=1))


def _second_tries(reporter: TerminalReporter | None) -> list[pytest.TestReport]:
    return reporter.stats.get("rerun", []) if reporter else []


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == pytest.ExitCode.OK and len(_second_tries(reporter)) > MOST:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Says what failed at the first try, as a failure would, so that its cause can be mended."""
    again = _second_tries(terminalreporter)
    if not again:
        return
    terminalreporter.section(f"failed at the first try: {len(again)}, of which a run may have {MOST}", yellow=True)
    for report in again:
        terminalreporter.write_sep("_", report.nodeid)
        terminalreporter.write_line(report.longreprtext)
