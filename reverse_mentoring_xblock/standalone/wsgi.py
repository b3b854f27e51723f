"""The WSGI application of the standalone site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reverse_mentoring_xblock.standalone.settings")
application = get_wsgi_application()
