"""Where the trial database, the queue, secrets and logs are kept on this machine."""

import hashlib
import os
import tempfile
from pathlib import Path

from config.stack.faults import StackFault

REPOSITORY = Path(__file__).resolve().parents[2]

# A unix socket's address may have 107 bytes; the longest name we put behind the folder is ".s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 85


def var_folder() -> Path:
    """The one folder that holds this copy's data: `PORCHLIGHT_VAR`, or `var/` in the repository."""
    chosen = os.environ.get("PORCHLIGHT_VAR")
    return Path(chosen).expanduser().resolve() if chosen else REPOSITORY / "var"


def private_folder(folder: Path) -> Path:
    """Create the folder, readable by its owner only, and return it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StackFault(
            f"The folder {folder} cannot be written: {error.strerror}.",
            "Set PORCHLIGHT_VAR to a folder of your own, or give this account the right to write there.",
        ) from error
    return folder


def run_folder() -> Path:
    """Locks and process numbers of this copy."""
    private_folder(var_folder())
    return private_folder(var_folder() / "run")


def log_folder() -> Path:
    """One log file per process."""
    private_folder(var_folder())
    return private_folder(var_folder() / "log")


def socket_folder() -> Path:
    """Where Postgres and Redis listen: `var/run`, or a short folder when that address would be too long."""
    beside = var_folder() / "run"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    name = hashlib.sha256(os.fsencode(beside)).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"porchlight-{os.getuid()}-{name}"


def ensure_socket_folder() -> Path:
    """Create the socket folder and make sure that nobody else owns it."""
    folder = private_folder(socket_folder())
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise StackFault(
            f"The folder {folder} belongs to someone else.",
            "Remove it, or set PORCHLIGHT_VAR to a folder with a shorter name.",
        )
    return folder
