"""How often members may report (security-and-reliability 5.6)."""

from django.utils.translation import gettext_lazy as _

from community.limits import Limit
from community.numbers.number import Number
from community.numbers.units import Unit

REPORT = Limit(
    "moderation.report", ("5/day", "20/day", "30/day", "40/day"), what=_("Report posts and messages")
)
APPEAL = Limit("moderation.appeal", ("5/day",), what=_("Appeal what the team decided"))

NOTE_LENGTH = 500
REASON_LENGTH = 300
APPEAL_LENGTH = 1000
LONGEST_DAYS = 3650
# With a penalty: what was written in so many days may be hidden as well, and so much of it at once.
LONGEST_HIDING = 30
MOST_HIDDEN = 100
# As many as four pages of the queue show.
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
# Weights of reports are counted in hundredths, so that they can be tuned finely.
HIDE_AT = Number(
    "moderation.hide_at",
    _("How much weight of reports hides a post until it is decided"),
    _(
        "In hundredths. A report weighs 100, and 100 more for each trust level of who reports; it grows or shrinks with"
        " how often the team agreed with them before."
    ),
    default=833,
    least=100,
    most=100_000,
)
STAFF_WEIGHT = Number(
    "moderation.staff_weight",
    _("How much more a report of the team weighs"),
    _("In hundredths, in place of what trust levels add."),
    default=500,
    least=0,
    most=10_000,
)
ACTION_WEIGHT = Number(
    "moderation.action_weight",
    _("How much more it weighs when the team hides at once with a report"),
    _("In hundredths."),
    default=500,
    least=0,
    most=10_000,
)
ACCURACY_AFTER = Number(
    "moderation.accuracy_after",
    _("After how many decided reports it counts how often somebody was right"),
    _("Before, every report of theirs weighs the same."),
    default=5,
    least=1,
    most=1000,
)
ACCURACY_LINE = Number(
    "moderation.accuracy_line",
    _("How many of 100 reports must have been right to weigh more"),
    _("Whose reports the team agreed with less often weigh less."),
    default=70,
    least=1,
    most=99,
)
TRUSTED_AT = Number(
    "moderation.trusted_at",
    _("From which trust level one report of advertising hides a newcomer’s post"),
    _("Only posts of members of trust level 0. 5 means that only the team can."),
    default=3,
    least=1,
    most=5,
)
SILENCE_AT = Number(
    "moderation.silence_at",
    _("How much weight of reports of advertising silences a newcomer"),
    _("In hundredths, of one post, until the team decides. Only members of trust level 0."),
    default=250,
    least=100,
    most=100_000,
)
SILENCE_REPORTERS = Number(
    "moderation.silence_reporters",
    _("How many different people must have reported it as advertising"),
    _("Fewer never silence a newcomer, whatever their reports weigh."),
    default=3,
    least=2,
    most=100,
)
LADDER = tuple(
    Number(f"moderation.ladder_{step}", title, why, default=days, least=1, most=365, unit=Unit.DAYS)
    for step, title, why, days in (
        (1, _("How long a first pause lasts"), _("Suggested to the moderator, who may write another."), 1),
        (2, _("How long a second pause lasts"), _("Pauses that were lifted do not count."), 3),
        (3, _("How long a third pause lasts"), _("Pauses that were lifted do not count."), 7),
        (4, _("How long every further pause lasts"), _("Pauses that were lifted do not count."), 30),
    )
)
LADDER_FORGETS = Number(
    "moderation.ladder_forgets",
    _("After how long an earlier pause no longer makes the next one longer"),
    _("Counted from the day on which it was laid."),
    default=365,
    least=30,
    most=3650,
    unit=Unit.DAYS,
)
APPEAL_DUE = Number(
    "moderation.appeal_due_hours",
    _("How soon an appeal is to be decided"),
    _("Somebody waits for it who may be kept from writing."),
    default=48,
    least=1,
    most=336,
    unit=Unit.HOURS,
)
IGNORED_AGAIN = Number(
    "moderation.ignored_again_days",
    _("How long until the team is told again that many ignore somebody"),
    _("Counted from when they were last in the review queue for it."),
    default=90,
    least=1,
    most=3650,
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

EXPORT_LOG = Limit(
    "moderation.export_log", ("10/h",), exempt_staff=False, what=_("Take entries out of the audit log")
)
WRITE_NOTE = Limit("moderation.note", ("60/h",), exempt_staff=False, what=_("Write notes about members"))
SEE_AS = Limit("moderation.see_as", ("20/h",), exempt_staff=False, what=_("Look at the site as a member"))
SEE_AS_FOR = Number(
    "moderation.see_as_minutes",
    _("How long someone of the team may look as a member"),
    _("Then they are themselves again. The member is told that it happened."),
    default=30,
    least=5,
    most=60,
    unit=Unit.MINUTES,
)
