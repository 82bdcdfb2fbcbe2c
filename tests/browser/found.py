"""Is there a Chromium for the journeys? `python -m tests.browser.found`: 0 when there is, 3 and a line when not."""

import os
import shutil
import sys
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
PLACES = [
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]


def chromium() -> str | None:
    """The browser given by CHROMIUM, or the first of the usual ones."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given if Path(given).exists() else shutil.which(given)
    return next((found for name in NAMES if (found := shutil.which(name))), None) or next(
        (place for place in PLACES if Path(place).exists()), None
    )


if __name__ == "__main__":
    if chromium() is None:
        sys.stdout.write(
            "Browser journeys skipped: no Chromium found (install one, or set CHROMIUM=/path/to/it).\n"
        )
        sys.exit(3)
