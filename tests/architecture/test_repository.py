"""What is kept in the repository: nothing of anybody's machine, nothing half done."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.code import ROOT

# Written apart, so that this file does not find itself.
MACHINE = re.compile(
    "|".join(("/" + "root/", "/" + "home/(?!panels/|why/)[a-z]+/", "/" + "work/", "/" + "Users/"))
)
REGISTRY = re.compile(
    "|".join(("pypi" + r"\.org", "registry" + r"\.npmjs", "files" + r"\.pythonhosted", "index" + "-url"))
)
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b")
BINARY = {".png", ".jpg", ".webp", ".woff2", ".ico", ".gif", ".mo", ".svg"}
# Real threads and texts of others, kept word for word, and generated bundles.
QUOTED = ("tests/real_data", "tests/data/", "static/dist/vendor/", "tests/browser/axe.min.js", "static/demo/")


def kept_files() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    for name in listed.split("\0"):
        path = ROOT / name
        if name and path.suffix not in BINARY and path.is_file() and not name.startswith(QUOTED):
            yield name, path.read_text("utf-8", errors="replace")


def found(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    return [
        f"{name}:{number} {match.group()}"
        for name, text in kept_files()
        if not suffixes or Path(name).suffix in suffixes
        for number, line in enumerate(text.splitlines(), 1)
        if (match := pattern.search(line))
    ]


def test_no_path_of_a_machine_is_kept() -> None:
    assert found(MACHINE) == []


def test_no_lock_names_a_registry() -> None:
    assert found(REGISTRY, ".lock", ".json", ".toml", ".npmrc", ".txt") == []


def test_nothing_is_left_for_later() -> None:
    assert found(UNFINISHED, ".py", ".html", ".js", ".css", ".sh", ".toml") == []


def test_nothing_that_is_written_at_run_time_is_kept() -> None:
    listed = [name for name, _text in kept_files()]

    assert [name for name in listed if name.startswith(("var/", ".venv/")) or "__pycache__" in name] == []


def test_every_script_says_it_stops_at_the_first_thing_that_fails() -> None:
    careless = [
        name
        for name, text in kept_files()
        if name.endswith(".sh") and not re.search(r"^set -\w*e", text, re.M)
    ]

    assert careless == []
