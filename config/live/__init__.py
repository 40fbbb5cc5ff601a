"""Live updates: `granian --interface asginl config.live:application`.

`GET /live/?topic=thread-42` is answered by a stream of server-sent events. A process has one reader at Redis and fans out to
the queues of its open streams. It passes on counts and ids only; pages fetch words through their ordinary addresses, with
their ordinary permissions. An open stream is a few kilobytes, so streams get a process of their own instead of the threads
that serve pages.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from config.live.answer import application  # noqa: E402

__all__ = ["application"]
