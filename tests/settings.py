"""Settings of the suite: those of the application, away from its data, with quick passwords."""

import atexit
import os
import shutil
import tempfile

if "AVEC_DATA" not in os.environ:
    os.environ["AVEC_DATA"] = tempfile.mkdtemp(prefix="avec-tests-")
    atexit.register(shutil.rmtree, os.environ["AVEC_DATA"], ignore_errors=True)
# Each process of a suite run in parallel has its own files.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["AVEC_DATA"] = os.path.join(os.environ["AVEC_DATA"], worker)
os.environ["AVEC_DEBUG"] = "1"
os.environ.pop("AVEC_DEMO", None)

from avec.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A trial may seal with a certificate of its own; DEBUG is off while tests run, as in production.
AVEC_SEAL_OWN = True
# WhiteNoise warns at each test when the folder is missing.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# A query asked again for each row of a page fails its test, at the line that asks.
INSTALLED_APPS += ["zeal"]  # noqa: F405
MIDDLEWARE += ["zeal.middleware.zeal_middleware"]  # noqa: F405
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [
    # Two readings of one contract are sealed in turn, each locking the contract for itself.
    {"model": "contracts.CareContract", "field": "get()"},
]
