"""Threads and spaces that an invitation may lead to, as its inviter may see them."""

import re

from community.members.models import Member
from community.spaces.queries import get_space_for
from community.threads.queries import get_thread_for

_THREAD = re.compile(r"/t/(\d{1,18})/(?:[^/]+/)?")
_SPACE = re.compile(r"/s/([\w-]{1,50})/")


def resolve(inviter: Member, path: str) -> str | None:
    """Return the title of a thread or the name of a space. Raises `NotFound` where the inviter sees nothing."""
    if match := _THREAD.fullmatch(path):
        return get_thread_for(inviter, int(match[1])).title
    if match := _SPACE.fullmatch(path):
        return get_space_for(inviter, match[1]).name
    return None
