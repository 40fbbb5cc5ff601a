import subprocess
import sys
from pathlib import Path

import pytest

from config.stack import locks, paths
from config.stack.faults import StackFault


def test_only_one_holds_a_lock(tmp_path: Path) -> None:
    mine, theirs = locks.Lock(tmp_path / "lock"), locks.Lock(tmp_path / "lock")

    assert mine.take()
    assert not theirs.take()

    mine.release()
    mine.release()
    assert theirs.take()


def test_many_share_a_lock_and_it_is_known_to_be_shared(tmp_path: Path) -> None:
    mine, theirs = locks.Lock(tmp_path / "lock"), locks.Lock(tmp_path / "lock")

    assert mine.take(shared=True)
    assert theirs.take(shared=True)
    assert locks.is_held(tmp_path / "lock")
    assert locks.is_shared(tmp_path / "lock")


def test_a_lock_held_by_one_is_not_shared(tmp_path: Path) -> None:
    assert not locks.is_held(tmp_path / "lock")

    mine = locks.Lock(tmp_path / "lock")
    mine.take()

    assert locks.is_held(tmp_path / "lock")
    assert not locks.is_shared(tmp_path / "lock")


def test_the_kernel_gives_the_lock_of_a_killed_process_back(tmp_path: Path) -> None:
    script = (
        "import sys, os, signal; from pathlib import Path; from config.stack import locks;"
        "lock = locks.Lock(Path(sys.argv[1])); lock.take(); os.kill(os.getpid(), signal.SIGKILL)"
    )

    subprocess.run([sys.executable, "-c", script, str(tmp_path / "lock")], cwd=paths.REPOSITORY, check=False)

    assert not locks.is_held(tmp_path / "lock")


def test_waiting_in_vain_ends_with_a_sentence(tmp_path: Path) -> None:
    mine = locks.Lock(tmp_path / "start.lock")
    mine.take()

    with pytest.raises(StackFault, match=r"held start\.lock"), locks.exclusive(tmp_path / "start.lock", 0.1):
        pass
