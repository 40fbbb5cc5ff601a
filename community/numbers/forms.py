"""The sheet a manager fills in: the numbers of one feature, or those a search found."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from community.numbers.number import Editable, Number, Unusable
from community.numbers.queries import Shown

# Beside the numbers: what the page showed when it was opened, so that only what was typed is changed.
SHOWN_FIELD = "shown"


@dataclass(slots=True)
class Box:
    """One place to type in."""

    name: str
    label: str
    text: str
    is_wrong: bool = False


@dataclass(slots=True, eq=False)
class Line:
    """One number of the sheet."""

    shown: Shown
    boxes: list[Box] = field(default_factory=list)
    error: str = ""

    @property
    def id(self) -> str:
        """The line's place on the page."""
        return self.shown.key.replace(".", "-").replace("_", "-")


class Sheet:
    """Lines to fill in. `changes` and `errors` are there once it was read."""

    def __init__(self, shown: Iterable[Shown]) -> None:
        self.lines = [_line(one, one.texts) for one in shown]
        self.changes: dict[str, object] = {}

    def read(self, typed: Mapping[str, str]) -> bool:
        """Take what was typed; whether all that differs from what the page showed can be used."""
        before = _before(typed.get(SHOWN_FIELD, ""))
        for line in self.lines:
            texts = tuple(typed.get(box.name, box.text).strip() for box in line.boxes)
            for box, text in zip(line.boxes, texts, strict=True):
                box.text = text
            if list(texts) == before.get(line.shown.key, list(line.shown.texts)):
                continue
            self._take(line, texts)
        return not any(line.error for line in self.lines)

    def refuse(self, fields: Mapping[str, str]) -> None:
        """Put an action's sentences beside their numbers."""
        for line in self.lines:
            line.error = fields.get(line.shown.key, line.error)

    @property
    def errors(self) -> list[Line]:
        """The lines that need another look."""
        return [line for line in self.lines if line.error]

    @property
    def first_rates(self) -> Line | None:
        """The first line that says how often: how to write that is explained above it."""
        return next((line for line in self.lines if line.shown.kind == "rates"), None)

    @property
    def as_shown(self) -> str:
        """What the page shows, to come back with the form."""
        return json.dumps({line.shown.key: line.shown.texts for line in self.lines})

    def _take(self, line: Line, texts: tuple[str, ...]) -> None:
        raw: object = texts[0] if isinstance(line.shown.number, Number) else texts
        try:
            self.changes[line.shown.key] = line.shown.number.read(raw)
        except Unusable as error:
            line.error = error.message
            for place in error.places:
                line.boxes[place].is_wrong = True


def _line(shown: Shown, texts: tuple[str, ...]) -> Line:
    labels = _labels(shown.number, len(texts))
    name = shown.key
    several = len(texts) > 1
    return Line(
        shown,
        [
            Box(f"{name}.{place}" if several else name, label, text)
            for place, (label, text) in enumerate(zip(labels, texts, strict=True))
        ],
    )


def _labels(number: Editable, count: int) -> list[str]:
    if count == 1:
        return [str(number.title)]
    last = _("Trust level %(n)d and above") % {"n": count - 1}
    return [*(_("Trust level %(n)d") % {"n": level} for level in range(count - 1)), last]


def _before(text: str) -> dict[str, list[str]]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
