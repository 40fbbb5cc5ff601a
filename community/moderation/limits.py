"""How often members may report (security-and-reliability 5.6)."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

REPORT = Limit(
    "moderation.report", ("5/day", "20/day", "30/day", "40/day"), what=_("Report posts and messages")
)

NOTE_LENGTH = 500
REASON_LENGTH = 300
LONGEST_DAYS = 3650
# As many as one page of the queue shows, twice.
MOST_TOGETHER = 100
DUE = Number(
    "moderation.due_hours",
    _("How soon a report is to be decided"),
    _("The review queue puts what is due first at the top and says what is late."),
    default=24,
    least=1,
    most=336,
    unit=Unit.HOURS,
)
CLAIM_FOR = Number(
    "moderation.claim_minutes",
    _("How long a claimed case is kept from others"),
    _("So that two moderators do not decide the same. It can be given back sooner."),
    default=10,
    least=1,
    most=240,
    unit=Unit.MINUTES,
)
UNDO_FOR = Number(
    "moderation.undo_seconds",
    _("How long the next page offers to take a decision back"),
    _("Later it can still be taken back on the page of the case."),
    default=15,
    least=5,
    most=120,
    unit=Unit.SECONDS,
)
SILENCE_FOR = Number(
    "moderation.silence_days",
    _("How long somebody is silenced"),
    _("Unless the moderator who decides writes another number of days."),
    default=3,
    least=1,
    most=365,
    unit=Unit.DAYS,
)
SUSPEND_FOR = Number(
    "moderation.suspend_days",
    _("How long somebody is suspended"),
    _("Unless the moderator who decides writes another number of days."),
    default=7,
    least=1,
    most=365,
    unit=Unit.DAYS,
)
HELD_DUE = Number(
    "moderation.held_due_hours",
    _("How soon what waits is to be decided"),
    _("People wait for it to be shown. The review queue puts what is due first at the top."),
    default=12,
    least=1,
    most=336,
    unit=Unit.HOURS,
)
FIRST_POSTS = Number(
    "moderation.first_posts",
    _("How many first posts the team reads before they are shown"),
    _(
        "Of each member at trust level 0. Keeps advertising out at the price of everyone's first impression. 0: none."
    ),
    default=0,
    least=0,
    most=10,
)
LINKS_WAIT = Number(
    "moderation.links_wait_days",
    _("How long links of new members wait for the team"),
    _(
        "Counted from joining, for members at trust level 0: what they write with a link is read first. 0: never."
    ),
    default=0,
    least=0,
    most=365,
    unit=Unit.DAYS,
)
