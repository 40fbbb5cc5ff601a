"""What new members write first, and their links, where a manager wants those to be read before they are shown."""

from urllib.parse import urlsplit

from django.utils import timezone

from community.moderation import limits
from community.screening import Place, Writing


def screen_newcomers(writing: Writing) -> None:
    """Let first posts and early links wait, as the numbers say. Costs nothing above trust level 0."""
    author = writing.author
    if author.trust_level > 0 or writing.place not in (Place.THREAD, Place.REPLY, Place.EDIT):
        return
    most = max(limits.FIRST_POSTS(), writing.space.first_posts)
    if most and writing.place != Place.EDIT and author.post_count + author.thread_count < most:
        writing.hold("first_post")
    if writing.links and limits.LINKS_WAIT() and author.joined_at > timezone.now() - limits.LINKS_WAIT.span():
        writing.hold("new_link", host=urlsplit(writing.links[0]).hostname or "")
