"""Reading the inbox, the choices, and who is to be told."""

from community.notifications.queries.inbox import InboxPage, Shown, get_notice_for, inbox_page, newest_for
from community.notifications.queries.recipients import members_to_tell
from community.notifications.queries.shown import make_words, visible_pks

__all__ = [
    "InboxPage",
    "Shown",
    "get_notice_for",
    "inbox_page",
    "make_words",
    "members_to_tell",
    "newest_for",
    "visible_pks",
]
