"""Writing what waited, by the action it was meant for."""

from django.utils.translation import gettext as _

from community.errors import Conflict, NotFound
from community.moderation.models import Held, HeldKind
from community.threads.actions import edit_post, reply_to_thread, start_thread
from community.threads.models import Post, State
from community.threads.queries.access import get_post_for, get_thread_for
from community.threads.screening import unpacked_poll


def release(held: Held, *, despite_pause: bool = False) -> Post:
    """Run the action with what it was given then. Raises what the action raises, and `Conflict` when its place is gone."""
    if despite_pause:
        # Only for this text, and nowhere but here: the row of the member stays as it is.
        held.author.silenced_until = held.author.suspended_until = None
    try:
        if held.kind == HeldKind.THREAD:
            return _thread(held)
        return _reply(held) if held.kind == HeldKind.REPLY else _edit(held)
    except NotFound as error:
        raise Conflict("place_gone", _("The place it was written for is not there any more.")) from error


def _thread(held: Held) -> Post:
    given = held.arguments
    thread = start_thread(
        actor=held.author,
        space=held.space,
        title=held.title,
        body=held.body_md,
        kind=given["kind"],
        tags=given.get("tags") or (),
        poll=unpacked_poll(given.get("poll")),
        details=given.get("details"),
        released=True,
    )
    return Post.objects.select_related("thread__space").get(thread=thread, position=1)


def _reply(held: Held) -> Post:
    given = held.arguments
    answered = Post.objects.filter(pk=given.get("reply_to") or 0, state=State.VISIBLE).first()
    return reply_to_thread(
        actor=held.author,
        thread=get_thread_for(held.author, held.thread_id or 0),
        body=held.body_md,
        reply_to=answered,
        poll=unpacked_poll(given.get("poll")),
        released=True,
    )


def _edit(held: Held) -> Post:
    given = held.arguments
    return edit_post(
        actor=held.author,
        post=get_post_for(held.author, held.post_id or 0),
        body=held.body_md,
        title=held.title or None,
        tags=given.get("tags"),
        reason=given.get("reason") or "",
        expected_edit_count=given.get("expected_edit_count"),
        released=True,
    )
