"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "freelance_ops.settings")
application = get_wsgi_application()

# Only with the settings named and Django set up.
from profiles.warming import libraries_load_in_background  # noqa: E402  # needs Django set up

libraries_load_in_background()
