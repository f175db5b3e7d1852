"""The WSGI entry that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from nccsi import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nccsi.settings")
environment.require_settings()

application = get_wsgi_application()
