"""Posts that many people keep true together."""

from django.db import transaction

from community.activity.record import record
from community.members.models import Member
from community.threads import limits
from community.threads.locks import lock_post, lock_thread
from community.threads.models import Post
from community.threads.permissions import can_share_editing
from community.threads.verbs import POST_WIKI_CHANGED


@transaction.atomic
def set_wiki(*, actor: Member, post: Post, wiki: bool) -> Post:
    """Let members whom people know edit `post`, or only its author and the team again. Doing it twice changes nothing.

    Raises `Refused`, `RateLimited` or `NotFound`.
    """
    thread = lock_thread(actor, post.thread_id)
    fresh = lock_post(thread, post.pk)
    can_share_editing(actor, fresh).require()
    if fresh.is_wiki != wiki:
        limits.EDIT_POST.spend(actor)
        fresh.is_wiki = wiki
        fresh.save(update_fields=["is_wiki"])
        record(
            POST_WIKI_CHANGED,
            actor=actor,
            target=fresh,
            space_id=thread.space_id,
            payload={"thread_id": thread.pk, "author_id": fresh.author_id, "wiki": wiki},
        )
    return fresh
