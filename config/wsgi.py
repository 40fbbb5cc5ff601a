"""Pages and the API: `granian --interface wsgi config.wsgi:application`."""

import gc
import importlib
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

application = importlib.import_module("config.answering").Pages()

# What is loaded now stays for the life of the process, so it need not be looked through for garbage again and again.
# New objects are collected as often as Python does by itself: rarer and longer rounds were felt as pauses of 3 to 7 ms
# by one request in a hundred.
importlib.import_module("config.urls")
gc.collect()
gc.freeze()
