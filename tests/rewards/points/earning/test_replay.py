"""History heard in batches ends in the same ledger as history heard one by one, in whatever batches it comes."""

import contextlib
import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from community.activity.models import Activity
from community.members.models import Member
from community.spaces.models import Space
from community.threads.actions import (
    accept_answer,
    add_reaction,
    delete_post,
    remove_reaction,
    reply_to_thread,
    start_thread,
)
from community.threads.models import Post, Thread
from rewards.points.audit import audit_ledger
from rewards.points.earning.hear import hear
from rewards.points.models import Transfer

# Each example lives through a history; making a failing one smaller would take minutes.
HISTORY = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)

STEP = st.tuples(
    st.sampled_from(
        ["ask", "reply", "reply", "helpful", "helpful", "thanks", "unhelpful", "accept", "delete"]
    ),
    st.integers(0, 3),
    st.integers(0, 50),
)


def live_through(steps: list[tuple[str, int, int]]) -> list[Activity]:
    """Let four people do the steps, a few hours apart, and return what happened."""
    people = [Member.objects.create_user(f"p{n}", trust_level=2) for n in range(4)]
    space = Space.objects.create(slug="s", name="S", kind="question")
    start_thread(
        actor=people[0],
        space=space,
        title="The first question of all?",
        body="It is here, in a whole sentence.",
        kind="question",
        tags=[],
    )
    for n, (what, who, which) in enumerate(steps):
        take_step(people[who], space, what, n, which)
    beginning = timezone.now() - dt.timedelta(days=30)
    activities = list(Activity.objects.order_by("pk"))
    for n, activity in enumerate(activities):
        activity.occurred_at = beginning + dt.timedelta(hours=5 * n)
        activity.quiet = True
    Activity.objects.bulk_update(activities, ["occurred_at", "quiet"])
    return [
        activity
        for activity in activities
        if activity.verb.split(".")[0] in ("thread", "post", "reaction", "answer")
    ]


def take_step(actor: Member, space: Space, what: str, n: int, which: int) -> None:
    posts = list(
        Post.objects.filter(state="visible", thread__state="visible")
        .select_related("thread__space")
        .order_by("pk")
    )
    threads = list(Thread.objects.filter(state="visible").order_by("pk"))
    if what == "ask" or not posts or not threads:
        start_thread(
            actor=actor,
            space=space,
            title=f"Question number {n}, and why?",
            body=f"A longer text, number {n}.",
            kind="question",
            tags=[],
        )
        return
    post = posts[which % len(posts)]
    if what == "reply":
        reply_to_thread(actor=actor, thread=threads[which % len(threads)], body=f"A long answer, number {n}.")
    elif what in ("helpful", "thanks") and post.author_id != actor.pk:
        add_reaction(actor=actor, post=post, kind=what)
    elif what == "unhelpful":
        remove_reaction(actor=actor, post=post, kind="helpful")
    elif what == "accept" and post.position > 1:
        accept_answer(actor=post.thread.author, post=post)
    elif what == "delete" and post.position > 1:
        delete_post(actor=post.author, post=post)


def ledger() -> list[tuple[Any, ...]]:
    assert audit_ledger() == []
    fields = (
        "member_id",
        "kind",
        "rule_key",
        "source_type",
        "source_id",
        "round",
        "earned",
        "spendable",
        "day",
        "memo",
        "activity_id",
    )
    return sorted(Transfer.objects.values_list(*fields), key=repr)


class Unlive(Exception):
    """Ends a transaction so that nothing of it stays."""


def heard(activities: list[Activity], size: int) -> list[tuple[Any, ...]]:
    """Return the ledger after hearing the Activities in batches of a size, leaving no trace."""
    result: list[tuple[Any, ...]] = []
    with contextlib.suppress(Unlive), transaction.atomic():
        for start in range(0, len(activities), size):
            hear(activities[start : start + size])
        result = ledger()
        raise Unlive
    return result


@pytest.mark.django_db
@HISTORY
@given(steps=st.lists(STEP, min_size=5, max_size=40), size=st.integers(2, 30))
def test_batches_end_in_the_same_ledger_as_single_steps(steps: list[tuple[str, int, int]], size: int) -> None:
    with contextlib.suppress(Unlive), transaction.atomic():
        activities = live_through(steps)
        assert heard(activities, size) == heard(activities, 1)
        raise Unlive
