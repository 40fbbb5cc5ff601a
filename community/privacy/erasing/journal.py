"""The list of erasures beside the database: numbers and times, no names."""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from community.privacy.models import Erasure, ErasureState

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure, by number and time."""

    member: int
    deletes_posts: bool
    asked_at: str
    done_at: str


def lines_of_database() -> Iterator[str]:
    """Yield every erasure that was done, the oldest first, as lines of JSON."""
    rows = Erasure.objects.filter(state=ErasureState.DONE).order_by("pk")
    for erasure in rows.iterator(chunk_size=500):
        yield line_of(erasure)


def line_of(erasure: Erasure) -> str:
    """Return one erasure as a line of JSON."""
    done = erasure.done_at or timezone.now()
    line = Line(erasure.member_id, erasure.deletes_posts, erasure.asked_at.isoformat(), done.isoformat())
    return json.dumps(asdict(line), separators=(",", ":"))


def note(erasure: Erasure) -> None:
    """Add an erasure to the list beside the database. A list that cannot be written stops no erasure."""
    path = Path(settings.ERASURE_JOURNAL)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as journal:
            journal.write(line_of(erasure) + "\n")
    except OSError:
        logger.exception("the list of erasures could not be written; `manage.py erasures export` has it")
