"""Finds a browser for the browser tests."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHT = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")


def find_chromium():
    """The path of a Chromium: the one named in CHROMIUM, this machine's, Playwright's; or None."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in NAMES:
        if program := shutil.which(name):
            return program
    default = Path.home() / ".cache" / "ms-playwright"
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or default)
    found = sorted(path for pattern in PLAYWRIGHT for path in downloads.glob(pattern))
    return str(found[-1]) if found else None
