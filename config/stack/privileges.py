"""Postgres refuses to run as root. This gives it an ordinary account without creating one."""

import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.stack import processes
from config.stack.faults import StackFault

NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """How a command is started, and who then owns what it writes."""

    prefix: tuple[str, ...] = ()
    user: int | None = None
    in_namespace: bool = False

    def wrap(self, command: list[str], *, dies_with: str | None = None) -> list[str]:
        """The command as this account runs it."""
        tie = processes.tied_after_unshare(dies_with) if dies_with and self.prefix else []
        return [*self.prefix, *tie, *command]

    def own(self, folder: Path) -> None:
        """Let this account write into a folder of ours."""
        if self.user is not None:
            os.chown(folder, self.user, self.user)


def account_for_postgres(programs: Path, data: Path) -> Account:
    """Ourselves; as root, ourselves seen as user 1000 in a namespace; else another account that can reach the files."""
    if os.getuid() != 0:
        return Account()
    if can_make_user_namespace():
        return Account(
            prefix=("unshare", "--user", "--map-user=1000", "--map-group=1000", "--"),
            in_namespace=True,
        )
    user = data.stat().st_uid or NOBODY
    if shutil.which("setpriv") and all(_reachable(place, user) for place in (programs, data)):
        drop = ("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups")
        return Account(prefix=drop, user=user)
    raise StackFault(
        "PostgreSQL does not run as root, and this machine does not let root make a user namespace.",
        "Start Porchlight as an ordinary user, move it to a folder that others may enter (such as /srv), "
        "or set DATABASE_URL to a server you have.",
    )


@cache
def can_make_user_namespace() -> bool:
    """Whether root may look like another user here; locked-down containers forbid it."""
    if not shutil.which("unshare"):
        return False
    command = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _reachable(place: Path, user: int) -> bool:
    """Whether another account may walk down to this folder."""
    for folder in place.resolve().parents:
        found = folder.stat()
        if found.st_uid != user and not found.st_mode & stat.S_IXOTH:
            return False
    return True
