"""Settings of the standalone site. Everything that differs between machines comes from the environment."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from reverse_mentoring_xblock.plugin_settings import TRANSLATIONS

VAR = Path(os.environ.get("RM_VAR", "var")).resolve()
PACKAGE = Path(__file__).resolve().parent


def _secret_key() -> str:
    """The key given by the operator, or one made once for this folder."""
    if given := os.environ.get("RM_SECRET_KEY"):
        return given
    kept = VAR / "secret-key"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key())
    return kept.read_text()


def _database(url: str) -> dict[str, object]:
    """A database from its address: sqlite:///path, postgresql://user:pw@host:port/name or mysql://…"""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path) if parts.path != "/" else ":memory:",
            "OPTIONS": {"timeout": 30},
        }
    engine = {"postgresql": "postgresql", "mysql": "mysql"}[parts.scheme]
    return {
        "ENGINE": f"django.db.backends.{engine}",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


DEBUG = os.environ.get("RM_DEBUG") == "1"
DEMO_MODE = os.environ.get("RM_DEMO") == "1"  # lets anybody sign in as any demo person
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("RM_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
DATABASES = {"default": _database(os.environ.get("RM_DATABASE_URL", f"sqlite:///{VAR / 'site.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "reverse_mentoring_xblock.apps.ReverseMentoringConfig",
    "reverse_mentoring_xblock.standalone.apps.StandaloneConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crum.CurrentRequestUserMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "reverse_mentoring_xblock.standalone.urls"
WSGI_APPLICATION = "reverse_mentoring_xblock.standalone.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reverse_mentoring_xblock.standalone.page.site",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [TRANSLATIONS]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "outline"
LOGOUT_REDIRECT_URL = "outline"
SESSION_COOKIE_NAME = "rm-session"
CELERY_BROKER_URL = os.environ.get("RM_CELERY_BROKER_URL", "")  # with one, workers do what takes long

SITE_URL = os.environ.get("RM_SITE_URL", "http://127.0.0.1:8000").rstrip("/")  # where mails lead to
REVERSE_MENTORING_PLATFORM = "reverse_mentoring_xblock.standalone.platform"

#: Mail goes through the server that the environment names; without one it is printed where the site runs.
EMAIL_HOST = os.environ.get("RM_EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("RM_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("RM_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("RM_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("RM_EMAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 20  # seconds; a coordinator waits for it
DEFAULT_FROM_EMAIL = os.environ.get("RM_EMAIL_FROM", "mentoring@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
