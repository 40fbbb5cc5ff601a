"""Rhythms, days and seasons in words."""

import datetime as dt
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rewards.rituals.models import Floor, RitualRules, Season
from rewards.rituals.numbers import COUNTED
from rewards.rituals.queries import Period


def say_length(number: int, unit: str) -> str:
    """Say how many are in a row."""
    if unit == "day":
        words = ngettext("%(num)d day in a row", "%(num)d days in a row", number)
    else:
        words = ngettext("%(num)d week in a row", "%(num)d weeks in a row", number)
    return words % {"num": number}


def say_floor(rules: RitualRules) -> str:
    """Say what a contribution must be to count."""
    if rules.floor == Floor.HELPED:
        return _(
            "A post counts when it stands and somebody else marked it, or it was chosen as the answer. Visits count for nothing."
        )
    words = ngettext(
        "A post counts when it stands and has %(num)d character or more. A shorter one counts once somebody else marks it or "
        "chooses it as the answer. Visits count for nothing.",
        "A post counts when it stands and has %(num)d characters or more. A shorter one counts once somebody else marks it or "
        "chooses it as the answer. Visits count for nothing.",
        rules.least_characters,
    )
    return words % {"num": rules.least_characters}


def say_spares(rules: RitualRules) -> str:
    """Say what happens when one is missed."""
    if not rules.freezes:
        return _("When one is missed, the count begins again with the next. The longest stays.")
    words = ngettext(
        "Each month has %(num)d spare one. It is used by itself when you are away, costs nothing and adds nothing. Beyond that "
        "the count begins again with the next. The longest stays.",
        "Each month has %(num)d spare ones. They are used by themselves when you are away, cost nothing and add nothing. Beyond "
        "that the count begins again with the next. The longest stays.",
        rules.freezes,
    )
    return words % {"num": rules.freezes}


def say_birthday(month: int, day: int) -> str:
    """Say a day without a year."""
    return date_format(dt.date(2024, month, day), "MONTH_DAY_FORMAT")


def say_numbers(numbers: Mapping[str, int]) -> str:
    """Say what a member contributed in a season: what there was of it."""
    posts, accepted, marks = (numbers.get(key, 0) for key in COUNTED)
    said = [
        ngettext("%(num)d post", "%(num)d posts", posts) % {"num": posts} if posts else "",
        ngettext("%(num)d accepted answer", "%(num)d accepted answers", accepted) % {"num": accepted}
        if accepted
        else "",
        ngettext("%(num)d mark by others", "%(num)d marks by others", marks) % {"num": marks}
        if marks
        else "",
    ]
    return " · ".join(filter(None, said))


def season_names() -> dict[str, str]:
    """Return what is counted in a season, in words and with where it comes from, by the key of the count."""
    return {
        "posts": _("Posts you wrote that stand"),
        "accepted": _("Answers of yours that were accepted"),
        "marks": _("Marks others gave your posts"),
    }


def say_days(season: Season) -> str:
    """Say from which day to which a season is."""
    return f"{date_format(season.starts_on)} – {date_format(season.ends_on)}"


def say_when(period: Period) -> str:
    """Say which week, or day, it was."""
    if period.starts_on == period.ends_on:
        return date_format(period.starts_on)
    return f"{date_format(period.starts_on, 'MONTH_DAY_FORMAT')} – {date_format(period.ends_on)}"


def say_state(period: Period) -> str:
    """Say in a word or two what became of it."""
    return {
        "counted": _("Counted"),
        "open": _("Still running"),
        "spare": _("A spare one was used"),
    }.get(period.state, _("Nothing counted"))


def say_why(period: Period) -> list[str]:
    """Say why it counted or did not: by posts."""
    said = []
    if period.counted:
        said.append(
            ngettext("%(num)d post of yours counted", "%(num)d posts of yours counted", period.counted)
            % {"num": period.counted}
        )
    if period.short:
        said.append(
            ngettext(
                "%(num)d does not count yet: it is short, or nobody marked it",
                "%(num)d do not count yet: they are short, or nobody marked them",
                period.short,
            )
            % {"num": period.short}
        )
    if period.removed:
        said.append(
            ngettext("%(num)d is no longer there", "%(num)d are no longer there", period.removed)
            % {"num": period.removed}
        )
    return said or [_("You wrote nothing here")]
