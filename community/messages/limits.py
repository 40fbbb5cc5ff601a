"""How often and to how many members may write, per trust level 0, 1, 2, 3 and above."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.errors import RateLimited
from community.limits import Limit
from community.members.models import Member
from community.numbers.number import ByTrust, Number
from community.numbers.units import Unit

BEGIN = Limit(
    "messages.begin", ("2/day", "10/day", "20/day", "40/day"), what=gettext_lazy("Begin a conversation")
)
SEND = Limit(
    "messages.send",
    ("6/min,40/day", "15/min,200/day", "20/min,400/day", "30/min,800/day"),
    what=gettext_lazy("Write a message"),
)
EDIT = Limit("messages.edit", ("10/h", "30/h", "60/h", "60/h"), what=gettext_lazy("Edit messages"))
ARRANGE = Limit(
    "messages.arrange",
    ("20/h", "40/h", "60/h", "60/h"),
    what=gettext_lazy("Add people to a conversation, name it, leave it"),
)
OPEN_ROOM = Limit("rooms.open", ("1/day", "2/day", "5/day", "10/day"), what=gettext_lazy("Open a live room"))
JOIN_ROOM = Limit("rooms.join", ("20/h", "40/h", "60/h", "60/h"), what=gettext_lazy("Join live rooms"))
SAY = Limit(
    "rooms.say",
    ("10/min,100/day", "20/min,400/day", "30/min,1000/day", "40/min,1500/day"),
    what=gettext_lazy("Say something in live rooms"),
)
SUGGEST = Limit(
    "messages.suggest",
    ("60/min", "90/min", "120/min", "120/min"),
    what=gettext_lazy("Be offered names while typing whom to write to"),
)

BODY_MAX = 10_000
# Talk is short; who has more to say writes a post.
ROOM_BODY_MAX = 4_000
MOST_IN_ROOM = 1_000
SLOW_MOST = 3_600
# With whom one writes at once, oneself not counted.
MOST_PEOPLE = 9
PEOPLE = ByTrust(
    "messages.people",
    gettext_lazy("People one can write to at once"),
    gettext_lazy(
        "In a conversation that a member begins, not counting themselves. The team may always write to nine."
    ),
    default=(1, 4, 9, 9),
    least=1,
    most=MOST_PEOPLE,
)
EDIT_FOR = Number(
    "messages.edit_hours",
    gettext_lazy("How long a message can be changed"),
    gettext_lazy(
        "By who wrote it; those in the conversation see that it was. 0: messages stay as they were sent."
    ),
    default=24,
    least=0,
    most=720,
    unit=Unit.HOURS,
)
RESTORE_FOR = Number(
    "messages.restore_minutes",
    gettext_lazy("How long a deleted message can be brought back"),
    gettext_lazy("By who wrote and deleted it. 0: what is deleted stays deleted."),
    default=10,
    least=0,
    most=1440,
    unit=Unit.MINUTES,
)
SAME_TEXT = Number(
    "messages.same_text_seconds",
    gettext_lazy("How long the very same message is taken for one sent twice"),
    gettext_lazy(
        "In the same conversation, right after the first. Long enough for a slow phone, short enough to say yes twice."
    ),
    default=20,
    least=0,
    most=600,
    unit=Unit.SECONDS,
)


def people_allowed(member: Member) -> int:
    """Return how many others one conversation that `member` begins may have."""
    return MOST_PEOPLE if member.is_staff else PEOPLE(member.trust_level)


def spend_begin(actor: Member) -> None:
    """Count one new conversation. Raises `RateLimited`; a newcomer is told why, and what they can do instead."""
    try:
        BEGIN.spend(actor)
    except RateLimited as refusal:
        if actor.trust_level:
            raise
        raise RateLimited(
            "newcomer_conversations", newcomer_sentence(), retry_after=refusal.retry_after
        ) from refusal


def newcomer_sentence() -> str:
    """Say why newcomers begin few conversations."""
    count = BEGIN.rates_for(0)[0].count if BEGIN.rates_for(0) else 0
    return (
        ngettext(
            "Who is new here can begin %(n)d conversation a day, to keep advertising out.",
            "Who is new here can begin %(n)d conversations a day, to keep advertising out.",
            count,
        )
        % {"n": count}
        + " "
        + _("Tomorrow you can begin another; a question in a space is seen by more people.")
    )
