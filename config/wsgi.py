"""Pages and the API: `granian --interface wsgi config.wsgi:application`."""

import gc
import importlib
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.core.cache import close_caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import reset_queries

application = get_wsgi_application()
application.request_class = importlib.import_module("config.encoding").TextRequest

# What has nothing to do before and after each request: queries are logged only in debugging, and Redis stays connected.
if not settings.DEBUG:
    request_started.disconnect(reset_queries)
request_finished.disconnect(close_caches)

# What is loaded now stays for the life of the process, so it need not be looked through for garbage again and again.
# New objects are collected as often as Python does by itself: rarer and longer rounds were felt as pauses of 3 to 7 ms
# by one request in a hundred.
importlib.import_module("config.urls")
gc.collect()
gc.freeze()
