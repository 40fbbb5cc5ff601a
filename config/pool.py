"""Celery's pool of worker processes, with its way to stop mended.

A process that has finished a task waits, before it ends, until the main process has read so: half a minute at most.
When a worker is asked to stop at the very moment at which a process takes up a task, the main process forgets that task
(its message comes back by itself) and then reads nothing any more. Both waited for each other, and stopping took the
whole half minute. Here the main process reads on until all its processes have ended.
"""

from billiard.pool import TERMINATE, WorkersJoined
from celery.concurrency import asynpool, prefork


class Results(asynpool.ResultHandler):  # type: ignore[misc]
    """Reads what the processes say, to the very end."""

    def on_stop_not_started(self) -> None:
        """Finish what is known to run, as Celery does; then hear everyone out."""
        super().on_stop_not_started()
        open_ends = set(self.fileno_to_outq)
        while open_ends and self._state != TERMINATE:
            for end in list(open_ends):
                self._flush_outqueue(end, open_ends.discard, self.fileno_to_outq, self.on_state_change)
                try:
                    self.join_exited_workers(shutdown=True)
                except WorkersJoined:
                    return


class Processes(asynpool.AsynPool):  # type: ignore[misc]
    """The processes and the pipes to them."""

    ResultHandler = Results


class TaskPool(prefork.TaskPool):  # type: ignore[misc]
    """What `worker_pool` names."""

    Pool = Processes
