"""What a container's health check asks: `python -m config.stack.probe page PORT PATH`, or `file PATH SECONDS`."""

import http.client
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from config.stack import addresses


def page(port: str, path: str, seconds: float = 5) -> bool:
    """Whether a page is served, asked for under the site's own name."""
    name = urlsplit(os.environ.get("BASE_URL", "")).hostname or "localhost"
    line = http.client.HTTPConnection(addresses.own_host(), int(port), timeout=seconds)
    try:
        line.request("GET", path, headers={"Host": name})
        return line.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def file(path: str, seconds: str) -> bool:
    """Whether a process touched its file lately."""
    try:
        return time.time() - Path(path).stat().st_mtime < float(seconds)
    except FileNotFoundError:
        return False


PROBES: dict[str, Callable[..., bool]] = {"page": page, "file": file}


if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]](*sys.argv[2:4]) else 1)
