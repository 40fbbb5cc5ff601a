"""Postgres refuses to run as root. This gives it an ordinary account without creating one."""

import os
import pwd
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

    def wrap(self, command: list[str], *, dies_with: str | None = None) -> list[str]:
        """The command as this account runs it."""
        tie = processes.tied_after_unshare(dies_with) if dies_with and self.prefix else []
        return [*self.prefix, *tie, *command]

    def own(self, folder: Path) -> None:
        """Let this account write into a folder of ours."""
        if self.user is not None:
            os.chown(folder, self.user, self.user)


def account_for_postgres(programs: Path, data: Path) -> Account:
    """Ourselves; as root, ourselves seen as somebody else in a namespace; else somebody who can reach the files."""
    user = os.getuid()
    if user != 0 and _is_known(user):
        return Account()
    if can_make_user_namespace():
        return Account(prefix=_seen_as_somebody())
    if user != 0:
        raise StackFault(
            f"PostgreSQL does not run as user {user}, who has no name on this machine.",
            "Give the user a line in /etc/passwd, or set DATABASE_URL to a server you have.",
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


def _is_known(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _seen_as_somebody() -> tuple[str, ...]:
    """A namespace in which our files stay ours and we bear a name: initdb looks its user up in /etc/passwd."""
    known = {entry.pw_uid for entry in pwd.getpwall()} - {0}
    user = NOBODY if NOBODY in known or not known else min(known)
    return ("unshare", "--user", f"--map-user={user}", f"--map-group={user}", "--")


@cache
def can_make_user_namespace() -> bool:
    """Whether we may look like somebody else here; locked-down containers forbid it."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*_seen_as_somebody(), "true"], capture_output=True, check=False).returncode == 0


def _reachable(place: Path, user: int) -> bool:
    """Whether another account may walk down to this folder."""
    for folder in place.resolve().parents:
        found = folder.stat()
        if found.st_uid != user and not found.st_mode & stat.S_IXOTH:
            return False
    return True
