"""What a number counts, in words."""

import datetime as dt
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def with_groups(number: int) -> str:
    """Return a number as the reader's language writes it: 1,440 or 1.440."""
    return number_format(number, force_grouping=True)


class Unit(StrEnum):
    """What a number counts. `COUNT` needs no word: its title says it."""

    COUNT = "count"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    CHARACTERS = "characters"
    POINTS = "points"
    MEGABYTES = "megabytes"
    CLOCK = "clock"

    def word(self, number: int) -> str:
        """Return the word that stands after a number; empty where none does."""
        words = {
            Unit.SECONDS: ngettext("second", "seconds", number),
            Unit.MINUTES: ngettext("minute", "minutes", number),
            Unit.HOURS: ngettext("hour", "hours", number),
            Unit.DAYS: ngettext("day", "days", number),
            Unit.CHARACTERS: ngettext("character", "characters", number),
            Unit.POINTS: ngettext("point", "points", number),
            Unit.MEGABYTES: _("MB"),
            Unit.CLOCK: _("o’clock"),
        }
        return words.get(self, "")

    def say(self, number: int) -> str:
        """Return a number with its word."""
        return f"{with_groups(number)} {self.word(number)}".strip()

    def span(self, number: int) -> dt.timedelta:
        """Return a number of seconds, minutes, hours or days as time."""
        return dt.timedelta(**{self.value: number})
