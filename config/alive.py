"""The sign of life of a process that answers no requests: a file it touches, for whoever watches over it."""

import contextlib
import os
from pathlib import Path


def touch() -> None:
    """Touch `PORCHLIGHT_ALIVE_FILE`, when there is one; a full disk must not stop the work."""
    name = os.environ.get("PORCHLIGHT_ALIVE_FILE")
    if name:
        with contextlib.suppress(OSError):
            Path(name).touch()
