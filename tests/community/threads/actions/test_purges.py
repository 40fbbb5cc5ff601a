"""Deleting for good: nothing of it is left anywhere."""

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.moderation.models import AuditEntry
from community.notifications.models import Notice
from community.search.models import SearchDocument
from community.threads.actions import (
    add_reaction,
    bookmark_post,
    edit_post,
    judge_post,
    purge_post,
)
from community.threads.counters import recount
from community.threads.models import Bookmark, Mention, Post, PostRevision, Reaction, Thread
from community.writing.actions import add_image
from community.writing.models import Upload
from tests.community.threads.conftest import fresh
from tests.community.writing.pictures import encoded, photo, upload

SECRET = "heron-and-otter"


@pytest.fixture
def telling(alice, bob, carol, thread, make_reply, deliver_all, settings, tmp_path):
    """A reply with everything that can hang on one."""
    settings.MEDIA_ROOT = tmp_path
    picture = add_image(actor=bob, file=upload(encoded(photo(90, 60)), "pole.png"))
    reply = make_reply(bob, thread, body=f"@alice look: {SECRET}\n\n{picture.markdown}")
    edit_post(actor=bob, post=fresh(reply), body=f"@alice see: {SECRET}, again\n\n{picture.markdown}")
    add_reaction(actor=alice, post=fresh(reply), kind="helpful")
    bookmark_post(actor=carol, post=fresh(reply))
    deliver_all()
    return fresh(reply)


def everywhere():
    rows = [*Post.objects.values_list("body_md", "body_html"), *PostRevision.objects.values_list("body_md")]
    rows += [*SearchDocument.objects.values_list("title", "body"), *Activity.objects.values_list("payload")]
    rows += [*AuditEntry.objects.values_list("before", "after"), *Notice.objects.values_list("payload")]
    return str(rows)


def test_nothing_of_a_purged_reply_is_left(
    alice, bob, manager, telling, deliver_all, django_capture_on_commit_callbacks, tmp_path
):
    assert SECRET in everywhere()
    assert any(tmp_path.rglob("*.*"))
    judge_post(actor=manager, post=telling, state="removed", reason="Private data")

    with django_capture_on_commit_callbacks(execute=True):
        purge_post(actor=manager, post=fresh(telling), reason="Private data")
    deliver_all()

    assert not Post.objects.filter(pk=telling.pk).exists()
    assert SECRET not in everywhere()
    assert not Upload.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    for rows in (Reaction, Bookmark, Mention):
        assert not rows.objects.exists()
    assert not Notice.objects.filter(
        subject_type="threads.post", subject_pk=telling.pk, kind="thread.mention"
    )
    alice.refresh_from_db()
    assert alice.unread_notices == Notice.objects.of(alice).unread().count()
    assert recount(heal=False) == []
    logged = AuditEntry.objects.get(act="post.purged")
    assert (logged.actor, logged.reason) == (manager, "Private data")


def test_a_first_post_takes_its_thread_along(alice, manager, thread, telling, deliver_all):
    first = Post.objects.select_related("thread__space").get(thread=thread, position=1)
    judge_post(actor=manager, post=first, state="removed", reason="Private data")

    purge_post(actor=manager, post=fresh(first), reason="Private data")
    deliver_all()

    assert not Thread.objects.exists()
    assert not Post.objects.exists()
    assert SECRET not in everywhere()
    assert thread.title not in everywhere()
    assert recount(heal=False) == []


def test_what_is_shown_is_not_purged(manager, telling):
    with pytest.raises(Refused, match="Take it off first"):
        purge_post(actor=manager, post=telling, reason="Private data")

    assert fresh(telling).state == "visible"


def test_only_managers_purge_and_say_why(bob, mod, manager, telling):
    judge_post(actor=mod, post=telling, state="removed", reason="Private data")
    for actor in (bob, mod):
        with pytest.raises(Refused):
            purge_post(actor=actor, post=fresh(telling), reason="Private data")
    with pytest.raises(Invalid):
        purge_post(actor=manager, post=fresh(telling), reason=" ")

    assert Post.objects.filter(pk=telling.pk).exists()
