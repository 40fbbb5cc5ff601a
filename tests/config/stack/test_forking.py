import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.stack import paths
from tests.config.stack.conftest import eventually

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        sys.platform != "linux", reason="elsewhere every process is an interpreter of its own"
    ),
]

# The parent runs in an interpreter of its own: pytest has threads, and forking it would be unsafe.
PARENT = """
import sys, json
from pathlib import Path
from config.stack import forking
assert forking.is_possible()
folder = Path(sys.argv[1])
child = forking.fork(
    [sys.executable, "-m", sys.argv[2], "one", "two"],
    log=folder / "part.log", environment={"PATH": "/usr/bin", "ONLY": "this"}, folder=folder,
)
print(child.pid, flush=True)
if sys.argv[3] == "wait":
    print(child.wait(), child.poll())
else:
    import os, signal, time
    while not (folder / "part.log").exists() or not (folder / "part.log").read_text():
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGKILL)
"""
TOLD = "import json, os, sys; print(json.dumps([sys.argv[1:], dict(os.environ), os.getcwd(), os.getsid(0) == os.getpid()]))"


def run(folder: Path, module: str, then: str = "wait") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PARENT, str(folder), module, then]
    surroundings = {**os.environ, "PYTHONPATH": f"{paths.REPOSITORY}:{folder}"}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


def test_the_command_runs_with_its_own_words_surroundings_folder_and_session(tmp_path: Path) -> None:
    (tmp_path / "told.py").write_text(TOLD)

    said = run(tmp_path, "told").stdout.split()

    assert said[1:] == ["0", "0"]
    words, environment, folder, leads = json.loads((tmp_path / "part.log").read_text())
    assert words == ["one", "two"]
    assert environment == {"PATH": "/usr/bin", "ONLY": "this"}
    assert folder == str(tmp_path)
    assert leads


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("raise SystemExit(3)", "3"),
        ("raise SystemExit('no')", "1"),
        ("1 / 0", "1"),
        ("raise SystemExit", "0"),
    ],
)
def test_its_end_is_told_as_of_any_process(tmp_path: Path, body: str, code: str) -> None:
    (tmp_path / "ends.py").write_text(body)

    assert run(tmp_path, "ends").stdout.split()[1] == code


def test_an_error_stands_in_its_log(tmp_path: Path) -> None:
    (tmp_path / "fails.py").write_text("1 / 0")

    run(tmp_path, "fails")

    assert "ZeroDivisionError" in (tmp_path / "part.log").read_text()


def test_it_has_a_name_of_its_own_and_ends_with_its_parent(tmp_path: Path) -> None:
    (tmp_path / "stays.py").write_text(
        "import time, pathlib; print(pathlib.Path('/proc/self/cmdline').read_text(), flush=True)\ntime.sleep(60)"
    )

    pid = run(tmp_path, "stays", "die").stdout.strip()

    assert eventually(lambda: not Path(f"/proc/{pid}").exists(), 5)
    assert (tmp_path / "part.log").read_text().startswith("porchlight part\0")


# A supervisor hears signals itself, and so would its child in the instant before it takes up a life of its own.
ENDED_AT_ONCE = """
import os, signal, sys, time
from pathlib import Path
from config.stack import forking
folder = Path(sys.argv[1])
signal.signal(signal.SIGTERM, lambda *_: None)
for _ in range(30):
    child = forking.fork(
        [sys.executable, "-m", "sleeps"], log=folder / "part.log", environment={}, folder=folder
    )
    os.kill(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + 5
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    if child.poll() is None:
        os.kill(child.pid, signal.SIGKILL)
    print(child.wait())
"""


def test_a_child_told_to_end_in_the_instant_of_its_birth_ends(tmp_path: Path) -> None:
    (tmp_path / "sleeps.py").write_text("import time; time.sleep(60)")
    surroundings = {**os.environ, "PYTHONPATH": f"{paths.REPOSITORY}:{tmp_path}"}
    command = [sys.executable, "-c", ENDED_AT_ONCE, str(tmp_path)]

    said = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)

    assert said.stdout.split() == ["-15"] * 30, said.stderr
