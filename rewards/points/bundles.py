"""Lines of a statement that say the same about the same post on the same day, put together so that it can be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rewards.points.queries import Line


@dataclass(frozen=True, slots=True)
class Bundle:
    """One line, or several that say the same; the first is the newest."""

    lines: "list[Line]"

    @property
    def first(self) -> "Line":
        """The newest of them."""
        return self.lines[0]

    @property
    def earned(self) -> int:
        """What they brought together."""
        return sum(line.earned for line in self.lines)


def bundled(lines: "Iterable[Line]") -> list[Bundle]:
    """Return the lines in their order, each beside the newest that says the same. Nothing is left out, and sums stay."""
    places: dict[object, Bundle] = {}
    for line in lines:
        plain = line.post_id and line.earned == line.spendable > 0 and not line.is_undone
        key = (line.what, line.why, line.post_id, line.occurred_at.date()) if plain else line.pk
        places.setdefault(key, Bundle([])).lines.append(line)
    return list(places.values())
