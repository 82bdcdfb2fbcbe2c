"""The WSGI application, for gunicorn and any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avec.settings")
application = get_wsgi_application()
# Objects made before the collector looks at them: a page makes some tens of thousands, and throws them away.
YOUNG = 20_000


def settle() -> None:
    """Load every page's code now, and leave it out of the garbage collector's rounds.

    What a loaded application holds lives as long as the process: going through it all again in the
    middle of a request cost one page in twenty a tenth of a second.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)


settle()
