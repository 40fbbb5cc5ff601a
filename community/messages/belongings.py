"""Messages: everyone is handed their own words, never those of others."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, Leaving, table
from community.messages.actions.forgetting import empty_messages, take_out

_SINCE = {"joined_at": _("Since"), "left_at": _("Until")}


def _erase(leaving: Leaving) -> int:
    """What they wrote to others is theirs as well; it stays without a name, unless the one who leaves chose otherwise."""
    if not leaving.deletes_posts:
        return 0
    return empty_messages(actor=None, author_id=leaving.member_id)


def _leave(leaving: Leaving) -> int:
    return take_out(actor=None, member_id=leaving.member_id)


table(
    "messages.messages",
    _("Messages you wrote"),
    "conversations.Message",
    "author",
    {
        "conversation_id": _("Conversation"),
        "body_md": _("Text"),
        "state": _("State"),
        "created_at": _("Written"),
        "edited_at": _("Edited"),
    },
    fate=Fate.DETACH,
    erase=_erase,
    order=30,
)
table(
    "messages.conversations",
    _("Conversations and rooms you are in"),
    "conversations.Participation",
    "member",
    {"conversation_id": _("Conversation"), **_SINCE, "last_read_at": _("Read")},
    columns=(
        Column("conversations.Conversation", "begun_by", Fate.DETACH),
        Column("conversations.Room", "closed_by", Fate.DETACH),
    ),
    erase=_leave,
    order=31,
)
