"""Answers to what a space asks, once a thread is begun."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.members.models import Member
from community.spaces.asking.answers import checked_answers
from community.spaces.asking.queries import fields_of
from community.spaces.models import Space
from community.threads import limits
from community.threads.actions.changes import record_change
from community.threads.locks import lock_thread
from community.threads.models import Post, Thread
from community.threads.permissions import can_retitle


def answers_for(space: Space, typed: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return what a thread begun in `space` carries: nothing where nothing is asked. Raises `Invalid` by field."""
    return checked_answers(fields_of(space), typed or {}) or None if space.asks else None


@transaction.atomic
def change_details(*, actor: Member, thread: Thread, details: Mapping[str, Any]) -> Thread:
    """Give other answers to what the space of `thread` asks. All of them anew; who may rename it may.

    Raises `Refused`, `Invalid`, `RateLimited` or `NotFound`.
    """
    post = Post.objects.select_related("thread__space").get(thread=thread, position=1)
    can_retitle(actor, post).require()
    held = lock_thread(actor, thread.pk)
    answers = answers_for(held.space, details)
    if answers == held.details:
        return held
    limits.EDIT_POST.spend(actor)
    held.details = answers
    held.save(update_fields=["details"])
    record_change(actor, held, "details", "", "")
    return held
