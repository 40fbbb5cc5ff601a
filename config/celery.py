"""The Celery app: what the worker runs, and what everyone else rings by task name."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init

from config import broker
from config.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("porchlight")
app.conf.update(broker.settings(patient=False), beat_schedule=SCHEDULE)
app.set_default()
app.autodiscover_tasks()


@celeryd_init.connect
def become_patient(conf: Any = None, **_more: Any) -> None:
    """A worker lives by the queue, so it waits for it; everyone else only rings and must not hang."""
    conf.update(broker.settings(patient=True))
