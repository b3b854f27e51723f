"""The tests' settings with the platform's own completion and event-tracking apps beside ours."""

from settings import *  # noqa: F403

INSTALLED_APPS = [
    *INSTALLED_APPS,  # noqa: F405
    "waffle",
    "completion",
    "eventtracking.django.apps.EventTrackingConfig",
]
EVENT_TRACKING_ENABLED = True
EVENT_TRACKING_BACKENDS = {
    "logger": {"ENGINE": "eventtracking.backends.logger.LoggerBackend", "OPTIONS": {"name": "tracking"}}
}
SITE_ID = 1
