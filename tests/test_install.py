"""Installing the locked packages: once, and each trouble said in one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "requirements" / "install.py"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with nothing to install in its lists, so that no network is needed."""
    folder = tmp_path / "requirements"
    folder.mkdir()
    (folder / "install.py").write_text(SCRIPT.read_text())
    for name in ("base", "demo", "dev"):
        (folder / f"{name}.txt").write_text(f"# {name}\n")
    return tmp_path


def install(checkout: Path, which: str = "demo", before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script as `make` does, after `before` has changed what it finds."""
    path = checkout / "requirements" / "install.py"
    code = f"import sys, runpy\nsys.argv = [{str(path)!r}, {which!r}]\n{before}\n"
    code += f"runpy.run_path({str(path)!r}, run_name='__main__')"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_an_old_python_is_told_so(checkout: Path) -> None:
    done = install(checkout, before="sys.version_info = (3, 9, 2)")
    assert done.returncode == 1
    assert done.stderr == "Python 3.11 or newer is needed, this one is 3.9: say PYTHON=/path/to/python3.\n"


def test_an_old_python_can_read_the_script() -> None:
    compile(SCRIPT.read_text(), str(SCRIPT), "exec", dont_inherit=True)
    text = SCRIPT.read_text()
    assert ":=" not in text
    assert 'f"' not in text
    assert "print(" not in text
    assert "[*" not in text


def test_a_full_disk_is_told_before_anything_is_fetched(checkout: Path) -> None:
    full = "import shutil, collections; U = collections.namedtuple('U', 'total used free')"
    done = install(checkout, before=f"{full}; shutil.disk_usage = lambda path: U(1, 1, 0)")
    assert done.returncode == 1
    assert done.stderr == "The disk is nearly full: the packages need 900 MB here.\n"


def test_a_missing_venv_module_is_told(checkout: Path) -> None:
    done = install(checkout, before="import shutil; shutil.which = lambda name: None; sys.modules['ensurepip'] = None")
    assert done.returncode == 1
    assert done.stderr == "Python's venv module is missing: on Debian or Ubuntu run apt install python3-venv.\n"


@pytest.mark.thorough
def test_it_installs_once_and_again_when_the_list_changes_and_refuses_what_was_not_locked(checkout: Path) -> None:
    no_uv = "import shutil; shutil.which = lambda name: None"
    assert "Installing the locked packages (dev), once." in install(checkout, "dev", no_uv).stdout
    assert install(checkout, "dev", no_uv).stdout == ""
    assert install(checkout, "demo", no_uv).stdout == "", "The wider list contains the narrower one"
    (checkout / "requirements" / "dev.txt").write_text("# changed\n")
    assert "Installing" in install(checkout, "dev", no_uv).stdout
    (checkout / "requirements" / "dev.txt").write_text("no-such-package==1.0\n")
    done = install(checkout, "dev", f"{no_uv}; import os; os.environ['PIP_NO_INDEX'] = '1'")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("The packages were not installed: the lines above say why.")
