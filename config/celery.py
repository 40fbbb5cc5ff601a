"""The Celery app: what the worker runs, and what everyone else rings by task name."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init, task_postrun, task_prerun, worker_before_create_process
from django.db import connection

from config import alive, broker
from config.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("porchlight")
app.conf.update(broker.settings(patient=False), beat_schedule=SCHEDULE)
app.set_default()
app.autodiscover_tasks()


@celeryd_init.connect
def become_patient(conf: Any = None, **_more: Any) -> None:
    """A worker lives by the queue, so it waits for it; everyone else only rings and must not hang.

    Its statements may take longer too: nobody waits for them in front of a page.
    """
    conf.update(broker.settings(patient=True))
    options = connection.settings_dict.setdefault("OPTIONS", {})
    options["options"] = (
        f"{options.get('options', '')} -c statement_timeout={broker.WORKER_STATEMENT_TIMEOUT}"
    )


@worker_before_create_process.connect
def share_memory(**_more: Any) -> None:
    """Keep the collector of a forked child from touching, and so copying, every page it shares with its parent."""
    gc.collect()
    gc.freeze()


@task_prerun.connect
@task_postrun.connect
def sign_of_life(**_more: Any) -> None:
    """A worker may run and yet be deaf to its queue: only taking up and finishing tasks counts as alive."""
    alive.touch()
