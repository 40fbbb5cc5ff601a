"""Reading conversations."""

from community.messages.queries.access import (
    get_conversation_for,
    get_message_for,
    others_in,
    participation_of,
)
from community.messages.queries.inbox import InboxPage, InboxRow, inbox_page
from community.messages.queries.pages import ConversationPage, Said, conversation_page, said_after
from community.messages.queries.people import Recipients, find_recipients, meant_by, suggest_recipients

__all__ = [
    "ConversationPage",
    "InboxPage",
    "InboxRow",
    "Recipients",
    "Said",
    "conversation_page",
    "find_recipients",
    "get_conversation_for",
    "get_message_for",
    "inbox_page",
    "meant_by",
    "others_in",
    "participation_of",
    "said_after",
    "suggest_recipients",
]
