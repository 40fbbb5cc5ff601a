"""What real processes do to the ledger, tried in a run of its own.

Processes are forked there, and a process that drove a browser before must not be: what its threads held at that moment, and
its loop, come along.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TESTS = "tests/rewards/points/in_processes.py"
# In seconds; a run that hangs is ended and fails.
PATIENCE = 420


def test_processes_that_want_one_balance_or_are_killed_lose_nothing_and_double_nothing() -> None:
    mine = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    around["PORCHLIGHT_TEST_DB"] = f"{around.get('PORCHLIGHT_TEST_DB', 'main')}_processes_{mine}"

    ended = subprocess.run(
        [sys.executable, "-m", "pytest", TESTS, "-q", "--create-db", "-n", "0", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=around,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-2000:]
    assert " passed" in ended.stdout and "skipped" not in ended.stdout
