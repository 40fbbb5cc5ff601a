"""Everything the site's processes have in common, loaded once before they are forked (see `config.stack.forking`)."""

import gc
import importlib
import os
import sys

# What the processes import first thing, besides the site itself.
COMMON = (
    "celery.apps.worker",
    "celery.beat",
    "celery.bin.worker",
    "celery.concurrency.prefork",
    "celery.worker.consumer",
    "config.pool",
    "granian.cli",
    "granian.server.mp",
)


def load() -> None:
    """Load the site, and make all of it memory that forks may share.

    No connection may be open and no thread may run afterwards: a fork would share the one and lose the other.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.dont_write_bytecode = False
    for name in ("config.wsgi", "config.urls", "config.live", *COMMON):
        importlib.import_module(name)

    from django.db import connections

    from config.celery import app

    app.loader.import_default_modules()
    connections.close_all()
    gc.collect()
    gc.freeze()
