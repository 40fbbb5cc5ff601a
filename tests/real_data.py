"""Where the real communities lie that some tests import. They are never part of the project."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("PORCHLIGHT_DATA") or ROOT.parent / "shared" / "data")


def real(path: str) -> Path:
    """Return a file or folder of real data, or skip the test when it is not on this machine."""
    found = FOLDER / path
    if not found.exists():
        pytest.skip(f"real data is not here: set PORCHLIGHT_DATA to the folder that holds {path}")
    return found
