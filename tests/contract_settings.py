"""The tests' settings with the platform's own apps beside ours: completion, event tracking, tagging."""

from importlib.util import find_spec

from settings import *  # noqa: F403

INSTALLED_APPS = [
    *INSTALLED_APPS,  # noqa: F405
    "waffle",
    "completion",
    "eventtracking.django.apps.EventTrackingConfig",
]
if find_spec("openedx_tagging"):  # without it, the test that needs it is skipped
    INSTALLED_APPS.append("openedx_tagging")
EVENT_TRACKING_ENABLED = True
EVENT_TRACKING_BACKENDS = {
    "logger": {"ENGINE": "eventtracking.backends.logger.LoggerBackend", "OPTIONS": {"name": "tracking"}}
}
SITE_ID = 1
