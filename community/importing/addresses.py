"""Old addresses of an imported community lead to the new ones, so that nobody's links and search results break.

What the brand's old server answered at `/questions/12/…` (Stack Exchange) or `/t/words/12/3` (Discourse) is looked up by
the number it had there. Only what the reader may see is found.
"""

from django.db.models import QuerySet

from community.errors import NotFound
from community.members.models import Member
from community.sql import fetch_one
from community.threads.models import Post
from community.threads.queries import get_post_for, get_thread_for

# The index begins with the source, of which there are few: they are hopped through, one probe each.
_SOURCES = """
WITH RECURSIVE known AS (
  (SELECT source FROM importing_externalreference ORDER BY source LIMIT 1)
  UNION ALL
  SELECT (SELECT r.source FROM importing_externalreference r WHERE r.source > k.source ORDER BY r.source LIMIT 1)
    FROM known k WHERE k.source IS NOT NULL)
SELECT r.target_pk FROM known k JOIN importing_externalreference r
  ON r.source = k.source AND r.kind = %s AND r.external_id = %s ORDER BY r.id DESC LIMIT 1
"""


def thread_address(viewer: Member | None, number: int, position: int = 0) -> str:
    """Return where the thread of an old number is now, at the post of an old position. Raises `NotFound`."""
    thread = get_thread_for(viewer, _ours("thread", str(number)))
    if position > 1:
        post = _at(thread.posts.all(), position)
        if post is not None:
            return get_post_for(viewer, post.pk).get_absolute_url()
    return thread.get_absolute_url()


def post_address(viewer: Member | None, number: int) -> str:
    """Return where the post of an old number is now. Raises `NotFound`."""
    return get_post_for(viewer, _ours("post", str(number))).get_absolute_url()


def member_address(number: int) -> str:
    """Return where the profile of an old number is now. Raises `NotFound`."""
    return _profile(Member.objects.get_queryset().present().filter(pk=_ours("member", str(number))))


def named_address(handle: str) -> str:
    """Return where the profile of an old name is, if it kept its name. Raises `NotFound`."""
    return _profile(Member.objects.get_queryset().present().filter(handle=handle.lower()))


def _profile(found: "QuerySet[Member]") -> str:
    member = found.first()
    if member is None:
        raise NotFound()
    return member.get_absolute_url()


def _at(posts: "QuerySet[Post]", position: int) -> Post | None:
    return posts.filter(position=position).first()


def _ours(kind: str, number: str) -> int:
    found = fetch_one(_SOURCES, (kind, number), lambda row: int(row[0]))
    if found is None:
        raise NotFound()
    return found
