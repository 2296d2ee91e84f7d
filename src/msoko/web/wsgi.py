"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msoko.web.settings")
application = get_wsgi_application()

# Every page is imported now, not by the first person who asks. What was imported stays for life: looking through it
# for rubbish again and again stops a wide page for a tenth of a second.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
