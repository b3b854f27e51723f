"""The Django app behind the blocks, registered in the LMS and in Studio by entry points."""

from django.apps import AppConfig


class ReverseMentoringConfig(AppConfig):
    """One app for all five blocks. Settings are read in functions, never while the platform is still loading."""

    name = "reverse_mentoring_xblock"
    label = "reverse_mentoring"
    verbose_name = "Reverse mentoring"
    default_auto_field = "django.db.models.BigAutoField"

    _settings = {"common": {"relative_path": "plugin_settings"}}
    plugin_app = {
        "settings_config": {"lms.djangoapp": _settings, "cms.djangoapp": _settings},
        "signals_config": {
            "lms.djangoapp": {
                "relative_path": "retirement",
                "receivers": [
                    {
                        "receiver_func_name": "retire_learner",
                        "signal_path": "openedx.core.djangoapps.user_api.accounts.signals.USER_RETIRE_LMS_MISC",
                    }
                ],
            }
        },
    }
