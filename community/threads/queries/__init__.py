"""Reading threads and posts."""

from community.threads.queries.access import get_own_post, get_post_for, get_thread_for, threads_among
from community.threads.queries.addresses import Address, public_addresses
from community.threads.queries.bookmarks import Kept, KeptPage, list_bookmarks
from community.threads.queries.concern import list_for_member
from community.threads.queries.cursors import Cursor, read_cursor, read_position
from community.threads.queries.differences import Piece, compare
from community.threads.queries.heads import thread_head
from community.threads.queries.history import Edit, history_of
from community.threads.queries.home import Nudge, three_for
from community.threads.queries.lists import (
    Lane,
    Order,
    ThreadList,
    list_following,
    list_threads,
)
from community.threads.queries.naming import named_like
from community.threads.queries.pages import (
    ThreadPage,
    count_after,
    last_place,
    post_row,
    posts_after,
    thread_page,
    thread_page_by_help,
)
from community.threads.queries.polls import (
    PollView,
    Voters,
    get_poll_of,
    get_poll_row,
    polls_of,
    voters_of,
)
from community.threads.queries.presses import Pressed, get_pressed_for
from community.threads.queries.rankings import list_ranked
from community.threads.queries.rows import Author, PostRow, ThreadHead, ThreadRow, page_start
from community.threads.queries.showing import first_pictures
from community.threads.queries.similar import Similar, threads_like
from community.threads.queries.spaces import (
    Door,
    SpaceCard,
    SpacePlace,
    list_doors,
    nested,
    space_cards,
    space_place,
)
from community.threads.queries.unread import (
    Waiting,
    count_waiting,
    level_of_tag,
    list_mine,
    list_new,
    list_unread,
)

__all__ = [
    "Address",
    "Author",
    "Cursor",
    "Door",
    "Edit",
    "Kept",
    "KeptPage",
    "Lane",
    "Nudge",
    "Order",
    "Piece",
    "PollView",
    "PostRow",
    "Pressed",
    "Similar",
    "SpaceCard",
    "SpacePlace",
    "ThreadHead",
    "ThreadList",
    "ThreadPage",
    "ThreadRow",
    "Voters",
    "Waiting",
    "compare",
    "count_after",
    "count_waiting",
    "first_pictures",
    "get_own_post",
    "get_poll_of",
    "get_poll_row",
    "get_post_for",
    "get_pressed_for",
    "get_thread_for",
    "history_of",
    "last_place",
    "level_of_tag",
    "list_bookmarks",
    "list_doors",
    "list_following",
    "list_for_member",
    "list_mine",
    "list_new",
    "list_ranked",
    "list_threads",
    "list_unread",
    "named_like",
    "nested",
    "page_start",
    "polls_of",
    "post_row",
    "posts_after",
    "public_addresses",
    "read_cursor",
    "read_position",
    "space_cards",
    "space_place",
    "thread_head",
    "thread_page",
    "thread_page_by_help",
    "threads_among",
    "threads_like",
    "three_for",
    "voters_of",
]
