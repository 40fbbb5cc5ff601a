"""What the brand's systems told, in the words of the statement: for a page of lines by one question."""

from collections.abc import Iterable

from rewards.intake.models import BrandEvent
from rewards.intake.words import say_event
from rewards.points.earning.brand_events import EVENT
from rewards.points.models import PendingAward, Transfer


def name_events(rows: Iterable[Transfer]) -> None:
    """Note on each line that came of an event what it was, such as “Your order 1001 of 12 March 2026”, for `say_what`."""
    named = [row for row in rows if row.source_type == EVENT]
    words = event_words(named)
    for row in named:
        said = words.get(row.source_id or 0, "")
        for line in (row, row.reverses):
            if line is not None:
                line.event_words = said


def event_words(rows: Iterable[Transfer | PendingAward]) -> dict[int, str]:
    """Return by number what the events that lines came of were."""
    wanted = {row.source_id for row in rows if row.source_type == EVENT and row.source_id}
    if not wanted:
        return {}
    return {it.pk: say_event(it) for it in BrandEvent.objects.filter(pk__in=wanted).select_related("type")}
