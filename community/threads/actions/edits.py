"""Editing posts, with their history kept."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, NotFound
from community.members.models import Member
from community.screening import Place, Writing
from community.spaces.tag_rules import settled_tags
from community.threads import composing, counters, limits, screening
from community.threads.actions.changes import record_change
from community.threads.calling import note_calls
from community.threads.composing import Composed
from community.threads.locks import lock_post, lock_thread
from community.threads.models import Mention, Post, PostRevision, Thread
from community.threads.permissions import can_edit_post
from community.threads.pictures import POST as POSTS
from community.threads.pictures import attach_pictures
from community.threads.polling import with_poll
from community.threads.sorting import can_rename
from community.threads.verbs import POST_EDITED
from community.writing.cards import note_cards


def edit_post(
    *,
    actor: Member,
    post: Post,
    body: str,
    title: str | None = None,
    tags: Iterable[str] | None = None,
    reason: str = "",
    expected_edit_count: int | None = None,
    released: bool = False,
) -> Post:
    """Change the text of `post`; of a first post also the thread's title and tags. An edit that changes nothing is none.

    The text before the change is kept as a `PostRevision`, with who changed it and why. Within five minutes of writing,
    an author's own edits are silent: the post is not marked as edited, and only its first text is kept.
    `expected_edit_count` is what the editor saw.
    `released` is what waited, and was counted and judged before. Raises `Refused`, `Invalid`, `RateLimited`, `NotFound`, or
    `Conflict` (`edited_meanwhile`) when the text has changed since; or `Held`, when the change waits for the team.
    """
    first = post.position == 1
    retitles = first and (title is not None or tags is not None)
    _require(actor, post, retitles=retitles, rewrites=body != post.body_md)
    if body != post.body_md:
        body = composing.check_body(body, least=composing.least_body(post.thread.kind, post.position))
    new_title = composing.check_title(title) if first and title is not None else None
    new_tags = composing.check_tags(tags) if first and tags is not None else None
    if new_tags is not None and list(new_tags) != post.thread.tags:
        new_tags = settled_tags(actor, post.thread.space, new_tags, post.thread.tags)
    if not _differs(post, post.thread, body, new_title, new_tags) and expected_edit_count in (
        None,
        post.edit_count,
    ):
        return post
    reason = reason[: limits.REASON_MAX]
    writing = None
    if not released:
        limits.EDIT_POST.spend(actor)
    composed = composing.compose(actor, post.thread.space, body)
    if not released:
        writing, composed = _judged(actor, post, composed, new_title)
        new_title = writing.texts.get("title")
        tags = None if new_tags is None else list(new_tags.values())
        told = {"tags": tags, "reason": reason, "expected_edit_count": expected_edit_count}
        screening.hold_back(writing, composed, thread=post.thread, post=post, **told)
    edit = (composed, new_title, new_tags, reason, expected_edit_count, writing)
    try:
        return _write(actor, post, *edit)
    except NotFound:
        # Split off or merged between the press and now: the post is the same, elsewhere.
        moved = Post.objects.exclude(thread=post.thread_id).select_related("thread__space")
        onwards = moved.filter(pk=post.pk).first()
        if onwards is None:
            raise
        return _write(actor, onwards, *edit)


def _judged(actor: Member, post: Post, composed: Composed, title: str | None) -> tuple[Writing, Composed]:
    """Let the new text be judged beside the one that stands there. Raises `Invalid` when it may not be shown."""
    before = {"title": post.thread.title, "body": post.body_md}
    writing = screening.look(Place.EDIT, actor, post.thread.space, composed, title=title, before=before)
    return writing, screening.recomposed(writing, composed)


def _require(actor: Member, post: Post, *, retitles: bool, rewrites: bool) -> None:
    """Ask what is asked for: who gives a thread another title need not be allowed to change its text."""
    if rewrites or not retitles:
        can_edit_post(actor, post).require()
    if retitles:
        can_rename(actor, post).require()


def _differs(
    post: Post, thread: Thread, body: str, title: str | None, tags: Mapping[str, str] | None
) -> bool:
    return (
        body != post.body_md
        or (title is not None and title != thread.title)
        or (tags is not None and list(tags) != thread.tags)
    )


@transaction.atomic
def _write(
    actor: Member,
    post: Post,
    composed: Composed,
    title: str | None,
    tags: Mapping[str, str] | None,
    reason: str,
    expected: int | None,
    writing: Writing | None,
) -> Post:
    thread = lock_thread(actor, post.thread_id)
    fresh = lock_post(thread, post.pk)
    retitles = title is not None or tags is not None
    _require(actor, fresh, retitles=retitles, rewrites=composed.body_md != fresh.body_md)
    if expected is not None and expected != fresh.edit_count:
        raise Conflict(
            "edited_meanwhile",
            _("This was changed while you wrote. Compare it with the text as it is now, and save again."),
        )
    if not _differs(fresh, thread, composed.body_md, title, tags):
        return fresh
    silent = actor.pk == fresh.author_id and timezone.now() - fresh.created_at < limits.SILENT_EDIT.span()
    # Silent edits in a row are one: what nobody was told of was not there.
    if not (silent and fresh.edit_count and fresh.edited_at is None):
        _keep_revision(actor, fresh, thread, reason)
    before = fresh.body_html
    newly_named = _rewrite(actor, fresh, composed, silent=silent)
    attach_pictures(actor, fresh, composed)
    if composed.lone or "link-card" in before:
        note_cards(POSTS, fresh.pk, composed.lone, later=composed.asks_later)
    if fresh.position == 1:
        excerpt = with_poll(composed.excerpt, fresh.poll.question) if fresh.has_poll else composed.excerpt
        _change_thread(actor, thread, excerpt, title, tags)
    record(
        POST_EDITED,
        actor=actor,
        target=fresh,
        space_id=thread.space_id,
        payload={
            "thread_id": thread.pk,
            "revision": fresh.edit_count,
            "silent": silent,
            "mentioned_ids": newly_named,
        },
    )
    for act in writing.after if writing else ():
        act(fresh)
    return fresh


def _keep_revision(actor: Member, post: Post, thread: Thread, reason: str) -> None:
    PostRevision.objects.create(
        post=post,
        number=post.edit_count + 1,
        title=thread.title if post.position == 1 else "",
        body_md=post.body_md,
        editor=actor,
        reason=reason,
    )


def _rewrite(actor: Member, post: Post, composed: Composed, *, silent: bool) -> list[int]:
    """Store the new text and who it names. Returns the ids of members it did not name before."""
    post.body_md = composed.body_md
    post.body_html = composed.body_html
    post.render_version = composed.render_version
    post.edit_count += 1
    if not silent:
        post.edited_at = timezone.now()
    post.save(update_fields=["body_md", "body_html", "render_version", "edit_count", "edited_at"])
    before = set(Mention.objects.filter(post=post).values_list("member_id", flat=True))
    now = set(composed.mentioned_ids)
    if before - now:
        Mention.objects.filter(post=post, member_id__in=before - now).delete()
    note_calls(actor, post, composed.group_ids)
    newly = sorted(now - before)
    if newly:
        Mention.objects.bulk_create([Mention(post=post, member_id=pk) for pk in newly])
    return newly


def _change_thread(
    actor: Member, thread: Thread, excerpt: str, title: str | None, tags: Mapping[str, str] | None
) -> None:
    old_title, old_tags = thread.title, list(thread.tags)
    thread.excerpt = excerpt
    thread.title = old_title if title is None else title
    thread.tags = old_tags if tags is None else list(tags)
    thread.save(update_fields=["excerpt", "title", "tags"])
    if thread.title != old_title:
        record_change(actor, thread, "rename", old_title, thread.title)
    if tags is not None and thread.tags != old_tags:
        if counters.is_counted(thread, thread.space):
            counters.count_tags(old_tags, tags)
        else:
            counters.name_tags(tags)
        record_change(actor, thread, "tags", ", ".join(old_tags), ", ".join(thread.tags))
