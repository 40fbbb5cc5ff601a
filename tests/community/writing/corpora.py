"""Real texts written outside this project, found beside it and never part of it."""

import functools
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

DATA = Path(os.environ.get("PORCHLIGHT_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")


def data(path: str) -> Path:
    """Return a file of the shared data, or skip the test with the reason."""
    found = DATA / path
    if not found.exists():
        pytest.skip(f"needs {path} in the shared data folder (set PORCHLIGHT_DATA to where it is)")
    return found


@functools.cache
def spec_examples() -> tuple[tuple[int, str, str], ...]:
    """Return number, Markdown and expected HTML of every example of the CommonMark specification."""
    text = data("torture/commonmark_spec.txt").read_text(encoding="utf-8")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, re.DOTALL | re.MULTILINE)
    return tuple(
        (number, source.replace("→", "\t"), wanted.replace("→", "\t"))
        for number, (source, wanted) in enumerate(found, start=1)
    )


def attack_lines() -> list[str]:
    """Return every line of the script injection list and of the list of naughty strings."""
    lines = []
    for name in ("payloadbox_xss-payload-list.txt", "blns.txt"):
        lines += data(f"torture/{name}").read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if line.strip()]


def stack_exchange_bodies(site: str) -> Iterator[str]:
    """Yield the HTML of every post of a Stack Exchange dump."""
    for _event, row in ElementTree.iterparse(data(f"stackexchange/{site}/Posts.xml")):
        if row.get("Body"):
            yield str(row.get("Body"))
        row.clear()


class Reading(HTMLParser):
    """What is in a piece of HTML: its tags with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def words(self) -> str:
        return "".join("".join(self.pieces).split())
