"""Somebody with a full life here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.community.privacy.life import Life, live


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """Files of a test are its own."""
    settings.MEDIA_ROOT = tmp_path
    settings.ERASURE_JOURNAL = tmp_path / "erasures.jsonl"
    return tmp_path


@pytest.fixture
def life(
    make_member: Callable[..., Any],
    bob: Any,
    mod: Any,
    manager: Any,
    admin: Any,
    space: Any,
    private_space: Any,
    deliver_all: Callable[[], int],
    sign_in: Callable[..., Any],
) -> Life:
    """Zorbwick, who left something in every corner."""
    return live(make_member, bob, mod, manager, admin, space, private_space, deliver_all, sign_in)
