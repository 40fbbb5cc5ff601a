"""Everything the site's processes have in common, loaded once before they are forked (see `config.stack.forking`, `config.serving`)."""

import gc
import importlib
import os
import sys

SERVER = ("granian.cli", "granian.server.mp")
# What the processes import first thing, besides the site itself.
COMMON = (
    "celery.apps.worker",
    "celery.beat",
    "celery.bin.worker",
    "celery.concurrency.prefork",
    "celery.worker.consumer",
    "config.pool",
    *SERVER,
)


def load() -> None:
    """Load the site for all its processes."""
    _load("config.wsgi", "config.urls", "config.live", *COMMON)
    from config.celery import app

    app.loader.import_default_modules()
    _share()


def load_pages() -> None:
    """Load what pages need, for processes that serve nothing else."""
    _load("config.wsgi", "config.urls", *SERVER)
    _share()


def _load(*names: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.dont_write_bytecode = False
    for name in names:
        importlib.import_module(name)


def _share() -> None:
    """Make all of it memory that forks may share.

    No connection may be open and no thread may run afterwards: a fork would share the one and lose the other.
    """
    from django.db import connections

    connections.close_all()
    gc.collect()
    gc.freeze()
