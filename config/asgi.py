"""The whole site by ASGI, for whoever must host it that way. Porchlight itself serves pages by WSGI, which is cheaper.

Live updates have an application of their own: `config.live`.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
