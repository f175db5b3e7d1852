"""The WSGI entry that the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from nccsi.running import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nccsi.settings")
environment.require_settings()

application = get_wsgi_application()

# All that a process loads once stays with it. To look through it again for what nobody needs any more would hold up
# a visitor by a tenth of a second each time.
get_resolver().url_patterns  # noqa: B018  # reading them loads the views
gc.collect()
gc.freeze()
