"""How often and how much members may write and react (security-and-reliability 5.6), per trust level 0, 1, 2, 3+."""

import datetime as dt

from django.utils import timezone

from community.limits import Limit
from community.members.models import Member

START_THREAD = Limit("threads.start", ("1/60s,5/day", "1/30s,10/day", "1/15s,20/day", "40/day"))
START_THREAD_FIRST_DAY = Limit("threads.start_first_day", ("3/day", "", "", ""))
REPLY = Limit("threads.reply", ("1/30s,30/day", "1/10s,60/day", "1/5s,150/day", "300/day"))
REPLY_FIRST_DAY = Limit("threads.reply_first_day", ("10/day", "", "", ""))
EDIT_POST = Limit("threads.edit", ("10/day", "30/day", "45/day", "60/day"))
REACT = Limit("threads.react", ("10/min,20/day", "10/min,50/day", "10/min,75/day", "15/min,150/day"))
DELETE_POST = Limit("threads.delete", ("10/day", "20/day", "30/day", "40/day"))
ACCEPT_ANSWER = Limit("threads.accept", ("20/day", "40/day", "60/day", "60/day"))
WANT_INFORMATION = Limit("threads.want_information", ("5/day", "10/day", "20/day", "40/day"))
CLAIM = Limit("threads.claim", ("6/h,20/day", "10/h,40/day", "20/h,80/day", "20/h,80/day"))
# What only the member sees themselves; the bound is against loops, not against people.
KEEP = Limit("threads.keep", ("30/min", "60/min", "60/min", "60/min"))
# A vote, another one in its place, or taking it back.
VOTE = Limit("threads.vote", ("10/min,40/day", "20/min,100/day", "20/min,150/day", "30/min,200/day"))
# Asked for while one types a title.
SIMILAR = Limit("threads.similar", ("120/min", "120/min", "120/min", "240/min"))
# Asked for while one types a name.
SUGGEST = Limit("threads.suggest", ("120/min", "240/min", "240/min", "240/min"))

TITLE_MIN, TITLE_MAX = 5, 140
BODY_MIN, BODY_MAX = 2, 32_000
QUESTION_MIN = 10
MISSING_MIN, MISSING_MAX = 8, 300
TAGS_MAX, TAG_LENGTH = 5, 40
REASON_MAX = 140

SAME_TEXT_WITHIN = dt.timedelta(minutes=5)
SILENT_EDIT_WITHIN = dt.timedelta(minutes=5)
RESTORE_WITHIN = dt.timedelta(hours=24)
FIRST_DAY = dt.timedelta(days=1)

POLL_QUESTION_MIN, POLL_QUESTION_MAX = 3, 160
POLL_OPTIONS_MIN, POLL_OPTIONS_MAX, POLL_OPTION_MAX = 2, 20, 120
# How long authors may still change what they ask, while nobody has voted. The same as in Discourse.
POLL_FIXED_AFTER = dt.timedelta(minutes=5)
POLL_SHORTEST, POLL_LONGEST = dt.timedelta(minutes=5), dt.timedelta(days=366)
# From which trust level members may ask everyone at once.
POLL_TRUST = 1

# From which trust level members may edit wiki posts.
WIKI_TRUST = 1

_MENTIONS = (2, 5, 10, 10)
_LINKS = (2, 5, 20, 20)
# The renderer marks no more names than this, and no one calls fifty people at once by hand.
_STAFF_MENTIONS, _STAFF_LINKS = 50, 100


def mentions_allowed(member: Member) -> int:
    """Return how many people one post of `member` may name."""
    return _STAFF_MENTIONS if member.is_staff else _MENTIONS[min(member.trust_level, 3)]


def links_allowed(member: Member) -> int:
    """Return how many links to other sites one post of `member` may hold."""
    return _STAFF_LINKS if member.is_staff else _LINKS[min(member.trust_level, 3)]


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


def _is_first_day(actor: Member) -> bool:
    return actor.trust_level == 0 and actor.joined_at > timezone.now() - FIRST_DAY
