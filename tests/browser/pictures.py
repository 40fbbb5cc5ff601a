"""Pictures that tests of pages keep, for people to look at: `PICTURES=/tmp/pictures pytest tests/browser`."""

import os
from pathlib import Path

from playwright.sync_api import Page


def keep_picture(page: Page, name: str) -> None:
    """Keep what the page looks like, where `PICTURES` says."""
    folder = os.environ.get("PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
