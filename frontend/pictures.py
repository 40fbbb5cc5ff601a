"""Takes the picture of the README from a running demo: `python frontend/pictures.py [http://localhost:8000]`."""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "home.png"
QUIET = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main(base: str) -> None:
    """Sign in as the demo's member and keep what she sees first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            chromium_sandbox=False,
            args=QUIET,
        )
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"{base}/sign-in/")
        page.fill("input[name=login]", "maya")
        page.fill("input[name=password]", "porchlight demo password")
        page.click("main form button[type=submit]")
        page.wait_for_selector("#week .card")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
