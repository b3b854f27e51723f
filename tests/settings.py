"""The standalone site's own settings, with a database of the tests' choosing (RM_DATABASE_URL)."""

import os
import tempfile

os.environ.setdefault("RM_VAR", tempfile.mkdtemp(prefix="rm-tests-"))
os.makedirs(os.environ["RM_VAR"], exist_ok=True)
os.environ.setdefault("RM_SECRET_KEY", "only-for-tests")
os.environ.setdefault("RM_DEMO", "1")
os.environ.setdefault("RM_DATABASE_URL", "sqlite:///" + os.path.join(os.environ["RM_VAR"], "tests.sqlite3"))
if os.environ["RM_DATABASE_URL"].startswith("mysql:"):
    import pymysql

    pymysql.install_as_MySQLdb()

from reverse_mentoring_xblock.standalone.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, not memory: tests with several real connections must see one database.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["RM_VAR"], "test-run.sqlite3")}  # noqa: F405
