"""The clock: `python -m config.beat SCHEDULE_FILE`.

It only rings task names at their times, so it loads neither Django nor the tasks nor Celery's command line: a third of
the memory, a quicker start. The file remembers when each bell rang last.
"""

import logging
import signal
import sys
from types import FrameType
from typing import Any

from celery import Celery
from celery.beat import PersistentScheduler, Service

from config import alive, broker
from config.schedule import SCHEDULE

app = Celery("porchlight-beat", fixups=[])
app.conf.update(broker.settings(patient=True), beat_schedule=SCHEDULE, beat_max_loop_interval=5)


class Clock(PersistentScheduler):
    """Celery's scheduler, with a sign of life at every look at the clock."""

    def tick(self, *arguments: Any, **more: Any) -> float:
        """Ring what is due and say how long nothing will be."""
        alive.touch()
        return float(super().tick(*arguments, **more))


def main(schedule_file: str) -> None:
    """Ring until asked to end."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    service = Service(app, schedule_filename=schedule_file, scheduler_cls=Clock)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    service.start()


def end(_number: int, _frame: FrameType | None) -> None:
    """Wake from the pause between two bells; the service then writes its file and returns."""
    raise SystemExit(0)


if __name__ == "__main__":
    main(sys.argv[1])
