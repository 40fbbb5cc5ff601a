"""How somebody was welcomed, and the years they have been here."""

from django.utils.translation import gettext_lazy as _

from community.belongings import table

table(
    "journeys.welcome",
    _("Your welcome"),
    "journeys.Welcome",
    "member",
    {"welcomed_at": _("When"), "dismissed_at": _("Put away"), "rests_until": _("Put off until")},
)
table(
    "journeys.anniversaries",
    _("Anniversaries"),
    "journeys.Anniversary",
    "member",
    {"years": _("Years"), "reached_on": _("When")},
)
