"""The standalone site's Celery app, for a site that has a broker: ``celery -A reverse_mentoring_xblock.standalone.queue
worker``. Nothing imports it without one."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reverse_mentoring_xblock.standalone.settings")
app = Celery("reverse_mentoring", include=["reverse_mentoring_xblock.tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
