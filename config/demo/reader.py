"""Reads the written demo community as if it were an archive from elsewhere, so that it lives by the importer's rules."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from community.importing.source import Meet, Report, SourceBadge, SourceMember, SourcePost, SourceThread

FOLDER = Path(__file__).resolve().parent
SOURCE = "demo"

Entry = dict[str, Any]


def read(name: str) -> Entry:
    """Return one written file."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def people() -> list[Entry]:
    """Return the people, as written."""
    return list(read("people.toml")["people"])


class DemoReader:
    """The threads of one space, told relative to `now`."""

    def __init__(self, space: str, now: dt.datetime) -> None:
        self.name = SOURCE
        self.report = Report()
        self.space = space
        self.now = now
        self.written: list[Entry] = read(f"threads/{space}.toml")["threads"]

    def read(self, meet: Meet) -> None:
        """Nothing: it is read already."""

    def size(self) -> int:
        """Return how many posts there are."""
        return sum(1 + len(thread.get("replies", ())) for thread in self.written)

    def members(self) -> Iterator[SourceMember]:
        """Yield nobody: the people of the demo have accounts of their own."""
        return iter(())

    def badges(self) -> Iterator[SourceBadge]:
        """Yield nothing: badges are earned here."""
        return iter(())

    def threads(self) -> Iterator[SourceThread]:
        """Yield the threads, oldest first, so that newer ones get higher numbers."""
        for number, thread in sorted(enumerate(self.written), key=lambda pair: -pair[1]["ago"]):
            yield self._thread(number, thread)

    def _thread(self, number: int, thread: Entry) -> SourceThread:
        began = self.now - dt.timedelta(hours=thread["ago"])
        key = f"{self.space}-{number}"
        entries = [thread, *thread.get("replies", ())]
        posts = [self._post(key, position, entry, began) for position, entry in enumerate(entries, start=1)]
        accepted = next((n for n, entry in enumerate(entries, start=1) if entry.get("accepted")), None)
        return SourceThread(
            external_id=key,
            title=thread["title"],
            kind=thread["kind"],
            created_at=began,
            posts=posts,
            tags=thread.get("tags", []),
            views=40 + 23 * len(entries) + 7 * number,
            accepted=f"{key}-{accepted}" if accepted else None,
            accepted_at=self._accepted_at(posts[accepted - 1]) if accepted else None,
        )

    def _post(self, key: str, position: int, entry: Entry, began: dt.datetime) -> SourcePost:
        when = began + dt.timedelta(minutes=entry.get("after", 0))
        return SourcePost(
            external_id=f"{key}-{position}",
            author_id=entry["by"],
            author_name=entry["by"],
            created_at=min(when, self.now - dt.timedelta(minutes=2)),
            body=entry["body"].strip(),
            is_html=False,
            reply_to=f"{key}-{entry['to']}" if "to" in entry else None,
        )

    def _accepted_at(self, answer: SourcePost) -> dt.datetime:
        return min(answer.created_at + dt.timedelta(hours=5), self.now - dt.timedelta(minutes=1))
