"""The polls of the demo, asked and answered through the same actions as on the pages."""

import datetime as dt
import random

from community.importing.writer import references
from community.members.models import Member
from community.threads.actions import cast_vote, put_poll
from community.threads.models import Poll, Post
from community.threads.polling import PollSpec
from config.demo.reader import SOURCE, DemoReader, Entry


def add_polls(reader: DemoReader, members: dict[str, Member]) -> None:
    """Add the polls that the written threads hold, with as many votes for each option as they say."""
    by_key = references(SOURCE, "post")
    for number, thread in enumerate(reader.written):
        for position, entry in enumerate([thread, *thread.get("replies", ())], start=1):
            if "poll" in entry:
                key = f"{reader.space}-{number}-{position}"
                post = Post.objects.select_related("thread__space", "author").get(pk=by_key[key])
                if not post.has_poll:
                    _add(post, entry["poll"], members, reader.now, key)


def _add(post: Post, asked: Entry, members: dict[str, Member], now: dt.datetime, key: str) -> None:
    author = post.author
    if author is None:
        raise LookupError(f"{key} has a poll and no author")
    closes = now + dt.timedelta(days=asked["open_days"]) if "open_days" in asked else None
    spec = PollSpec(
        question=asked["question"],
        options=tuple(asked["options"]),
        most=asked.get("most", 1),
        results=asked.get("results", "always"),
        shows_voters=asked.get("shows_voters", False),
        closes_at=closes,
    )
    poll = put_poll(actor=author, post=post, spec=spec)
    Poll.objects.filter(pk=poll.pk).update(created_at=post.created_at)
    may = [m for h, m in sorted(members.items()) if m.suspended_until is None and h not in ("maya", "admin")]
    voters = random.Random(key).sample(may, min(sum(asked["votes"]), len(may)))  # noqa: S311 - the same every time
    options = [
        option.pk
        for option, votes in zip(poll.options.all(), asked["votes"], strict=True)
        for _n in range(votes)
    ]
    for voter, option in zip(voters, options, strict=False):
        cast_vote(actor=voter, post=post, options=[option])
