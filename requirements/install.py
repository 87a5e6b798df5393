"""Make the virtual environment and install one of the locked lists into it. Standard library only.

    python3 requirements/install.py demo|dev|base

Does nothing when the list is already installed (a stamp holds its hash). Uses `uv` when there is one, else pip;
both check the hash of every file. Written so that an old Python can still read it and say that it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
# Each list contains the ones after it.
LISTS = ["dev", "demo", "base"]
NEEDED_MB = 900


def main():
    which = sys.argv[1] if len(sys.argv) > 1 else "demo"
    if sys.version_info < (3, 11):
        fail("Python 3.11 or newer is needed, this one is %d.%d: say PYTHON=/path/to/python3." % sys.version_info[:2])
    if any(stamped(wider) for wider in LISTS[: LISTS.index(which) + 1]):
        return
    if shutil.disk_usage(ROOT).free < NEEDED_MB * 1024 * 1024:
        fail("The disk is nearly full: the packages need %d MB here." % NEEDED_MB)
    sys.stdout.write("Installing the locked packages (%s), once.\n" % which)
    sys.stdout.flush()
    if not (install_with_uv(which) or install_with_pip(which)):
        fail("The packages were not installed: the lines above say why. Is there a network, and room on the disk?")
    with open(stamp(which), "w") as file:
        file.write(content_hash(which))


def locked(which):
    return os.path.join(ROOT, "requirements", which + ".txt")


def stamp(which):
    return os.path.join(VENV, ".installed-" + which)


def content_hash(which):
    with open(locked(which), "rb") as file:
        return hashlib.sha256(file.read() + ROOT.encode()).hexdigest()


def stamped(which):
    if not os.path.exists(stamp(which)) or not works(PYTHON):
        return False
    with open(stamp(which)) as file:
        return file.read() == content_hash(which)


def works(python):
    # A virtual environment breaks when its Python is removed or the folder is moved.
    try:
        return subprocess.call([python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]) == 0
    except OSError:
        return False


def install_with_uv(which):
    uv = shutil.which("uv")
    if not uv:
        return False
    if not works(PYTHON) and run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV]):
        return False
    return run([uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", locked(which)]) == 0


def install_with_pip(which):
    if not works(PYTHON) or run([PYTHON, "-c", "import pip"], quiet=True):
        try:
            import ensurepip  # noqa: F401
            import venv  # noqa: F401
        except ImportError:
            fail("Python's venv module is missing: on Debian or Ubuntu run apt install python3-venv.")
        if run([sys.executable, "-m", "venv", "--clear", VENV]):
            return False
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    return run(pip + ["--require-hashes", "-r", locked(which)]) == 0


def run(command, quiet=False):
    try:
        return subprocess.call(command, stderr=subprocess.DEVNULL if quiet else None)
    except OSError as error:
        sys.stderr.write("%s\n" % error)
        return 1


def fail(sentence):
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
