"""A worker that is asked to stop at the moment a process takes up a task does not wait for it in vain."""

import subprocess
import sys
from pathlib import Path

from config.stack import paths

# A pool of one process. It is told of a task, and stops before it has read that the process took it up.
STOP_AT_ONCE = """
import sys, time
from pathlib import Path
from kombu.asynchronous import Hub, set_event_loop
from config.celery import app
from config.pool import TaskPool

def touch(name):
    Path(name).touch()

hub = Hub()
set_event_loop(hub)
pool = TaskPool(1, app=app, threads=False, initargs=(app, "here"))
pool.start()
pool.register_with_event_loop(hub)
loop = hub.create_loop()
job = pool.apply_async(touch, (sys.argv[1],))
while not job._write_to:
    next(loop)
while not Path(sys.argv[1]).exists():
    time.sleep(0.01)
assert not job._accepted
began = time.monotonic()
pool.flush()
pool.stop()
print(time.monotonic() - began)
"""


def test_stopping_hears_out_a_process_whose_task_was_given_up(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STOP_AT_ONCE, str(tmp_path / "ran")],
        cwd=paths.REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 5
