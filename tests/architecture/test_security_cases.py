"""The tests that docs/security.md names are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_named_by_the_page_about_security_is_there() -> None:
    named = NAMED.findall((ROOT / "docs/security.md").read_text())

    gone = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or f"def {test}(" not in (ROOT / path).read_text()
    ]

    assert gone == []
    assert len(named) > 40
