"""Short ways to let something have been written some weeks ago."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Delivery
from community.threads.models import Post
from rewards.rituals.actions import recount_by_new_rules
from rewards.rituals.counting import settle_members


@pytest.fixture
def counted(db: None) -> None:
    """Everybody was counted by the rules that hold, as after the first minutes of a new community."""
    assert recount_by_new_rules()


@pytest.fixture
def wrote(space: Any, alice: Any, make_thread: Any, make_reply: Any) -> Callable[..., Any]:
    """Let a member have replied at a moment: `wrote(bob, moment)`. Nobody was told yet."""
    thread = make_thread(alice, space)
    Post.objects.filter(thread=thread).update(created_at=timezone.now() - dt.timedelta(days=2000))
    Delivery.objects.all().delete()
    settle_members([alice.pk])

    def write(member: Any, at: dt.datetime, **fields: Any) -> Post:
        post: Post = make_reply(member, thread, **fields)
        Post.objects.filter(pk=post.pk).update(created_at=at)
        post.refresh_from_db()
        return post

    return write
