"""Pages and the API: `granian --interface wsgi config.wsgi:application`."""

import gc
import importlib
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
application.request_class = importlib.import_module("config.encoding").TextRequest

# What is loaded now stays for the life of the process, so it need not be looked through for garbage again and again.
# New objects are still collected, a little less often than by default.
importlib.import_module("config.urls")
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
