"""How often members may change what they hear."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

CHANGE_CHOICES = Limit(
    "notifications.change_choices", ("30/h", "60/h", "60/h", "60/h"), what=_("Change what one is told")
)
MARK_READ = Limit(
    "notifications.mark_read",
    ("120/min", "120/min", "240/min", "240/min"),
    what=_("Mark notifications as read"),
)
# Somebody whose address does not exist must not have us write to it all day.
RESUME_ADDRESS = Limit(
    "notifications.resume_address",
    ("3/h", "3/h", "3/h", "3/h"),
    what=_("Try an address again that refused e-mail"),
)
# A browser is turned on now and then; a page that does it all day is broken.
CHANGE_BROWSERS = Limit(
    "notifications.change_browsers",
    ("20/h", "30/h", "30/h", "30/h"),
    what=_("Turn on notices in a browser"),
)
TEST_PUSH = Limit(
    "notifications.test_push", ("5/h", "5/h", "10/h", "10/h"), what=_("Send oneself a test notice")
)

COMMUNITY_MAILS = Number(
    "notifications.community_mails",
    _("E-mails about the community in a week, at most"),
    _(
        "To each member. A digest they chose, and what concerns their account or their own questions, does not count."
    ),
    default=3,
    least=1,
    most=50,
)
MARKETING_MAILS = Number(
    "notifications.marketing_mails",
    _("E-mails with offers in a week, at most"),
    _("To each member who agreed to them. 0: none is sent."),
    default=2,
    least=0,
    most=14,
)
QUIET_FROM = Number(
    "notifications.quiet_from",
    _("When the night begins"),
    _(
        "In each member's own time zone. From then on e-mail waits for the morning, except what concerns the account."
    ),
    default=21,
    least=18,
    most=23,
    unit=Unit.CLOCK,
)
QUIET_UNTIL = Number(
    "notifications.quiet_until",
    _("When the night ends"),
    _("In each member's own time zone. What waited is sent from then on."),
    default=8,
    least=5,
    most=11,
    unit=Unit.CLOCK,
)
PAUSE = Number(
    "notifications.pause_days",
    _("How long a pause from e-mail lasts"),
    _("For members who ask for one in their settings. They can end it sooner."),
    default=7,
    least=1,
    most=90,
    unit=Unit.DAYS,
)
KEEP_NOTICES = Number(
    "notifications.keep_days",
    _("How long notifications are kept"),
    _("Those that were read, and the log of e-mails. After that they are deleted."),
    default=365,
    least=30,
    most=3650,
    unit=Unit.DAYS,
)
KEEP_WORDS = Number(
    "notifications.keep_words_days",
    _("How long the words of e-mails are kept"),
    _("To look into what somebody got or wrote. After that only that there was an e-mail is known."),
    default=30,
    least=1,
    most=365,
    unit=Unit.DAYS,
)
