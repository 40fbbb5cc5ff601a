"""What rituals hold about a member."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Belonging, Column, Fate, add_belonging, rows_of, table
from community.members.models import Member


def _join_rhythms(source: Member, target: Member) -> None:
    """What the first wrote is the second's by now: count both again."""
    from rewards.rituals.counting import settle_members

    settle_members([source.pk, target.pk])


_PERIODS = {"starts_on": _("First day"), "contributions": _("What counted")}

table(
    "rituals.choices",
    _("What you chose about rituals"),
    "rituals.RitualChoices",
    "member",
    {
        "counts_streak": _("Count my weeks in a row"),
        "shows_streak": _("Show them on my profile"),
        "birth_day": _("Birthday: day"),
        "birth_month": _("Birthday: month"),
        "shows_birthday": _("Members may see it"),
    },
)
table(
    "rituals.greetings",
    _("What you were greeted for"),
    "rituals.Greeting",
    "member",
    {"ritual": _("Ritual"), "period": _("Period"), "day": _("Day")},
)
# After posts have moved.
add_belonging(
    Belonging(
        "rituals.periods",
        _("Weeks in which something of yours counted"),
        columns=(Column("rituals.StreakPeriod", "member", Fate.DELETE, moves=False),),
        words=_PERIODS,
        rows=rows_of("rituals.StreakPeriod", "member", _PERIODS),
        merge=_join_rhythms,
        order=900,
    )
)
