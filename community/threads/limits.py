"""How often and how much members may write and react (security-and-reliability 5.6), per trust level 0, 1, 2, 3+."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.errors import RateLimited
from community.limits import Limit
from community.members.models import Member
from community.numbers.number import ByTrust, Number
from community.numbers.units import Unit
from community.screening import Place

START_THREAD = Limit(
    "threads.start", ("1/60s,5/day", "1/30s,10/day", "1/15s,20/day", "40/day"), what=_("Begin a thread")
)
START_THREAD_FIRST_DAY = Limit(
    "threads.start_first_day",
    ("3/day", "", "", ""),
    what=_("Begin a thread on the first day, for those who are new"),
)
REPLY = Limit("threads.reply", ("1/30s,30/day", "1/10s,60/day", "1/5s,150/day", "300/day"), what=_("Reply"))
REPLY_FIRST_DAY = Limit(
    "threads.reply_first_day", ("10/day", "", "", ""), what=_("Reply on the first day, for those who are new")
)
ASKED_AGAIN = Limit(
    "threads.asked_again",
    ("20/h",),
    what=_("Send a text again after a small sum of the browser, without being counted twice"),
)
EDIT_POST = Limit("threads.edit", ("10/day", "30/day", "45/day", "60/day"), what=_("Edit posts"))
REACT = Limit(
    "threads.react",
    ("10/min,20/day", "10/min,50/day", "10/min,75/day", "15/min,150/day"),
    what=_("React to posts"),
)
DELETE_POST = Limit("threads.delete", ("10/day", "20/day", "30/day", "40/day"), what=_("Delete own posts"))
ACCEPT_ANSWER = Limit("threads.accept", ("20/day", "40/day", "60/day", "60/day"), what=_("Accept answers"))
WANT_INFORMATION = Limit(
    "threads.want_information",
    ("5/day", "10/day", "20/day", "40/day"),
    what=_("Ask a questioner for missing information"),
)
CLAIM = Limit(
    "threads.claim",
    ("6/h,20/day", "10/h,40/day", "20/h,80/day", "20/h,80/day"),
    what=_("Say “I am answering this”"),
)
SORT = Limit("threads.sort", ("10/day", "10/day", "10/day", "20/day"), what=_("Move threads of others"))
# What only the member sees themselves; the bound is against loops, not against people.
KEEP = Limit(
    "threads.keep", ("30/min", "60/min", "60/min", "60/min"), what=_("Bookmark, follow and mark as read")
)
# A vote, another one in its place, or taking it back.
TOGETHER = Limit("threads.together", ("60/h",), what=_("Do something to several threads at once"))
VOTE = Limit(
    "threads.vote",
    ("10/min,40/day", "20/min,100/day", "20/min,150/day", "30/min,200/day"),
    what=_("Vote in polls"),
)
# Asked for while one types a title.
SIMILAR = Limit(
    "threads.similar",
    ("120/min", "120/min", "120/min", "240/min"),
    what=_("Be shown similar threads while typing a title"),
)
# Asked for while one types a name.
SUGGEST = Limit(
    "threads.suggest",
    ("120/min", "240/min", "240/min", "240/min"),
    what=_("Be offered names, spaces and tags while typing"),
)

# What the renderer and a column hold; the composer counts down from it.
BODY_MIN, BODY_MAX = 2, 32_000
MISSING_MIN, MISSING_MAX = 8, 300
TAG_LENGTH = 40
REASON_MAX = 140

# Members of this trust level tidy up beside the team: close, pin, split and merge.
LEADER_TRUST = 4
# More posts than these are not moved at once: whoever reads or replies meanwhile waits for it.
REGROUP_MOST = 2_000
REASON_LONG = 300
MOST_THREADS = 50

POLL_QUESTION_MIN, POLL_QUESTION_MAX = 3, 160
POLL_OPTIONS_MIN, POLL_OPTIONS_MAX, POLL_OPTION_MAX = 2, 20, 120
POLL_SHORTEST, POLL_LONGEST = dt.timedelta(minutes=5), dt.timedelta(days=366)
TITLE_MIN = Number(
    "threads.title_min",
    _("Shortest title"),
    _("For everyone who begins a thread. Letters and digits count, dots and dashes do not."),
    default=5,
    least=1,
    most=30,
    unit=Unit.CHARACTERS,
)
TITLE_MAX = Number(
    "threads.title_max",
    _("Longest title"),
    _("For everyone who begins a thread. Longer titles are cut off in lists on small screens."),
    default=140,
    least=40,
    most=255,
    unit=Unit.CHARACTERS,
)
QUESTION_MIN = Number(
    "threads.question_min",
    _("Shortest question"),
    _(
        "The text below the title of a question. Longer questions get better answers, but fewer people dare to ask."
    ),
    default=10,
    least=2,
    most=500,
    unit=Unit.CHARACTERS,
)
TAGS_MAX = Number(
    "threads.tags_max",
    _("Tags of a thread, at most"),
    _("More tags make a thread easier to find and every list harder to read."),
    default=5,
    least=1,
    most=5,
)
NEW_FOR = Number(
    "threads.new_days",
    _("How long a thread counts as new"),
    _(
        "For every member: threads begun by others since then, and not opened yet, stand in their list of what is new."
    ),
    default=14,
    least=1,
    most=365,
    unit=Unit.DAYS,
    setting="NEW_THREAD_DAYS",
)
TRACK_AFTER = Number(
    "threads.track_after_seconds",
    _("Reading time after which a thread is tracked"),
    _(
        "Whoever reads a thread for so long is shown how many new replies it has, without being notified of each."
    ),
    default=240,
    least=10,
    most=3600,
    unit=Unit.SECONDS,
    setting="TRACK_AFTER_SECONDS",
)
SILENT_EDIT = Number(
    "threads.silent_edit_minutes",
    _("How long authors edit without a mark"),
    _(
        "Counted from writing a post. Later edits say “edited” and keep the text before. 0: every edit is marked."
    ),
    default=5,
    least=0,
    most=1440,
    unit=Unit.MINUTES,
)
RESTORE = Number(
    "threads.restore_hours",
    _("How long authors can bring back what they deleted"),
    _("The team can bring a post back later too."),
    default=24,
    least=1,
    most=720,
    unit=Unit.HOURS,
)
SAME_TEXT = Number(
    "threads.same_text_minutes",
    _("How long the very same text is refused"),
    _("From the same author. Most often it is a form sent twice, sometimes advertising. 0: never refused."),
    default=5,
    least=0,
    most=1440,
    unit=Unit.MINUTES,
)
FIRST_DAY = Number(
    "threads.first_day_hours",
    _("How long the first day lasts"),
    _("Counted from joining. So long the lower rates of the first day hold for those at trust level 0."),
    default=24,
    least=0,
    most=168,
    unit=Unit.HOURS,
)
WIKI_TRUST = Number(
    "threads.wiki_trust",
    _("Trust level that edits wiki posts"),
    _("From this level on members may edit posts that their authors opened for everyone."),
    default=1,
    least=0,
    most=4,
)
POLL_TRUST = Number(
    "threads.poll_trust",
    _("Trust level that adds polls"),
    _("From this level on members may ask everyone at once; the team always may."),
    default=1,
    least=0,
    most=4,
)
SORT_TRUST = Number(
    "threads.sort_trust",
    _("Trust level that puts threads of others in order"),
    _("From this level on members may change title and topics of open threads and move them between spaces."),
    default=3,
    least=2,
    most=4,
)
POLL_CHANGES = Number(
    "threads.poll_minutes",
    _("How long authors can change what a poll asks"),
    _("Only while nobody has voted: people answer what they read. 0: a poll stays as it was sent."),
    default=5,
    least=0,
    most=1440,
    unit=Unit.MINUTES,
)
REGROUP_UNDO = Number(
    "threads.regroup_days",
    _("How long merging and splitting threads can be taken back"),
    _("By whoever may do it. Later the old address still leads on."),
    default=30,
    least=1,
    most=365,
    unit=Unit.DAYS,
)
MENTIONS = ByTrust(
    "threads.mentions",
    _("People one post can name"),
    _("Each of them is notified. Keeps those who are new from calling everyone at once."),
    default=(2, 5, 10, 10),
    least=0,
    most=50,
)
LINKS = ByTrust(
    "threads.links",
    _("Links to other sites in one post or message"),
    _("Advertising comes with links, most often from those who are new."),
    default=(2, 5, 20, 20),
    least=0,
    most=100,
)
PICTURES = ByTrust(
    "threads.pictures",
    _("Pictures in one post"),
    _("A newcomer shows what is broken with one or two. Those who are new cannot fill a page with pictures."),
    default=(2, 10, 20, 30),
    least=0,
    most=100,
)
# The renderer marks no more names than this, and no one calls fifty people at once by hand.
_STAFF_MENTIONS, _STAFF_LINKS, _STAFF_PICTURES = 50, 100, 100


def mentions_allowed(member: Member) -> int:
    """Return how many people one post of `member` may name."""
    return _STAFF_MENTIONS if member.is_staff else MENTIONS(member.trust_level)


def links_allowed(member: Member) -> int:
    """Return how many links to other sites one post of `member` may hold."""
    return _STAFF_LINKS if member.is_staff else LINKS(member.trust_level)


def pictures_allowed(member: Member) -> int:
    """Return how many pictures one post of `member` may show."""
    return _STAFF_PICTURES if member.is_staff else PICTURES(member.trust_level)


def spend_thread(actor: Member) -> None:
    """Count one new thread, more strictly on a newcomer's first day. Raises `RateLimited`."""
    if _is_first_day(actor):
        START_THREAD_FIRST_DAY.spend(actor)
    START_THREAD.spend(actor)


def spend_reply(actor: Member) -> None:
    """Count one reply, more strictly on a newcomer's first day. Raises `RateLimited`."""
    if _is_first_day(actor):
        REPLY_FIRST_DAY.spend(actor)
    REPLY.spend(actor)


def give_back(actor: Member, place: Place) -> None:
    """Do not count a text that comes again in a moment, because its form was sent back for a small sum; so often, and no oftener."""
    try:
        ASKED_AGAIN.spend(actor)
    except RateLimited:
        return
    day, usual = (START_THREAD_FIRST_DAY, START_THREAD) if place == Place.THREAD else (REPLY_FIRST_DAY, REPLY)
    usual.give_back(actor)
    if _is_first_day(actor):
        day.give_back(actor)


def _is_first_day(actor: Member) -> bool:
    return actor.trust_level == 0 and actor.joined_at > timezone.now() - FIRST_DAY.span()
