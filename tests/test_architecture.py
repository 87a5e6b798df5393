"""The shape of the house, read from the code itself. No exceptions: where one seems needed, the rule is wrong."""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STAIRS = ["accounts", "certifications", "activities", "renewals", "cpdtracker"]
APPS = STAIRS[:-1]
MOST_LINES_OF_A_MODULE = 300
MOST_LINES_OF_A_FUNCTION = 50
MOST_LINES_OF_A_TASK = 10
MEDIAN_MODULE = 120
# Where a clock may be read: what a person or the timetable calls. `adapter` is called by sign-in's views.
CLOCK_READERS = {"views", "api", "tasks", "management", "adapter", "clock"}
CALLERS = {"views", "api", "tasks", "management", "forms", "exports"}
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
PURE = {"certifications.rules", "pydantic", "pydantic_core", "typing_extensions"}


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """Full names of all that a module imports, wherever in the module."""
    package = name_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def layer_of(path: Path) -> str:
    """The part of an app a module belongs to: activities/views/log.py is "views"."""
    return path.relative_to(ROOT).parts[1].removesuffix(".py")


def calls(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield node.lineno, function.attr
            elif isinstance(function, ast.Name):
                yield node.lineno, function.id


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef))


def lines_of(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_nobody_imports_upward() -> None:
    wrong = [
        f"{name_of(path)} imports {imported}"
        for rank, app in enumerate(STAIRS)
        for path in modules(app)
        for imported in imports(path)
        if imported.split(".")[0] in STAIRS[rank + 1 :]
    ]
    assert wrong == []


def test_the_rules_engine_is_pure() -> None:
    allowed = PURE | set(sys.stdlib_module_names) - {"os", "pathlib", "io", "time", "random", "socket", "subprocess"}
    wrong = [
        f"{name_of(path)} imports {imported}"
        for path in modules("certifications/rules")
        for imported in imports(path)
        if not any(imported == name or imported.startswith(f"{name}.") for name in allowed)
    ]
    assert wrong == []
    touching = [
        f"{name_of(path)}:{line} {called}"
        for path in modules("certifications/rules")
        for line, called in calls(path)
        if called in {"open", "print", "input", "float", "now", "today", "utcnow"}
    ]
    assert touching == []


def test_the_rules_engine_has_no_float() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules("certifications/rules")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert wrong == []


def test_the_clock_is_an_argument_below_views_and_tasks() -> None:
    wrong = [
        f"{name_of(path)}:{line} {called}()"
        for path in modules(*APPS)
        if layer_of(path) not in CLOCK_READERS
        for line, called in calls(path)
        if called in {"now", "today", "utcnow", "localdate", "localtime"}
    ]
    assert wrong == []


def test_only_actions_write() -> None:
    wrong = [
        f"{name_of(path)}:{line} .{called}()"
        for path in modules(*APPS)
        if layer_of(path) in CALLERS
        for line, called in calls(path)
        if called in WRITES
    ]
    assert wrong == []


def called_in(node: ast.FunctionDef) -> set[str]:
    return {
        call.func.attr for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    }


def test_actions_that_leave_a_trace_are_atomic_and_know_when() -> None:
    wrong = []
    for path in (path for path in modules(*APPS) if layer_of(path) == "actions"):
        for node in functions(path):
            public = not node.name.startswith("_")
            called = called_in(node)
            known = {argument.arg for argument in node.args.kwonlyargs}
            atomic = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
            if public and called & WRITES and node.args.args:
                wrong.append(f"{name_of(path)}.{node.name} writes and takes arguments by position")
            # Who did it is asked by record() itself.
            if public and "record" in called and not (atomic and "at" in known):
                wrong.append(f"{name_of(path)}.{node.name} is not atomic or does not know when")
    assert wrong == []


def test_tasks_are_doorbells() -> None:
    wrong = [
        f"{name_of(path)}.{node.name}"
        for path in modules(*APPS)
        if layer_of(path) == "tasks"
        for node in functions(path)
        if lines_of(node) > MOST_LINES_OF_A_TASK
    ]
    assert wrong == []


def test_no_signals_no_save_overrides_no_generic_keys() -> None:
    wrong = []
    for path in modules(*STAIRS):
        if layer_of(path) == "models" and any(node.name == "save" for node in functions(path)):
            wrong.append(f"{name_of(path)} overrides save()")
        wrong += [
            f"{name_of(path)} imports {imported}"
            for imported in imports(path)
            if imported.startswith("django.dispatch") or ".signals" in imported or "GenericForeignKey" in imported
        ]
    assert wrong == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "core", "misc"])
def test_no_module_for_everything(name: str) -> None:
    assert [str(path) for path in modules(*STAIRS) if name in (path.stem, path.parent.name)] == []


def test_rooms_are_small() -> None:
    sizes = {name_of(path): len(path.read_text().splitlines()) for path in modules(*STAIRS)}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_MODULE} == {}
    assert statistics.median(size for size in sizes.values() if size) <= MEDIAN_MODULE


def test_rooms_of_tests_are_small() -> None:
    sizes = {name_of(path): len(path.read_text().splitlines()) for path in modules("tests")}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_MODULE} == {}


def test_functions_are_small() -> None:
    sizes = {f"{name_of(path)}.{node.name}": lines_of(node) for path in modules(*STAIRS) for node in functions(path)}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION} == {}


# What no single module stands for: what the database refuses, and what must hold whichever module brings it about.
ACROSS = {"constraints", "against_naive", "against_solver", "hostile", "outcomes", "properties", "sum"}


def test_test_files_mirror_modules() -> None:
    """`test_NAME` or `test_NAME_more` stands beside no module but NAME, in the same folder below tests/.

    NAME may also be a folder of templates: those have no module of their own.
    """
    lost = []
    for path in modules(*(f"tests/{app}" for app in STAIRS)):
        if not path.stem.startswith("test_"):
            continue
        folder = ROOT / path.relative_to(ROOT / "tests").parent
        words = path.stem.removeprefix("test_").split("_")
        names = ["_".join(words[:length]) for length in range(1, len(words) + 1)]
        homes = [folder / file for name in names for file in (f"{name}.py", f"__{name}__.py", name)]
        homes += [ROOT / "templates" / name for name in names]
        if ACROSS.isdisjoint(names) and not any(home.exists() for home in homes):
            lost.append(str(path.relative_to(ROOT)))
    assert lost == []
