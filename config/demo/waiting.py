"""Lets the demo watch for a few words, two texts wait for the team and two people at a door, and the spam score have a past."""

import datetime as dt
from collections.abc import Mapping

from community.errors import Conflict, Held, RateLimited
from community.members.models import Member
from community.moderation.models import Judgement, WatchedWord
from community.moderation.spam.limits import HOLD_AT, QUEUE_AT
from community.moderation.spam.signals import band_of, score_of, weights_in_force
from community.moderation.words.actions import add_word
from community.moderation.words.folding import fold
from community.moderation.words.memory import forget
from community.spaces.entering.actions import ask_to_enter
from community.spaces.models import EntryAsk, Space
from community.threads.actions import reply_to_thread, start_thread
from community.threads.models import Post, Thread
from config.demo.reader import read


def add_words(members: Mapping[str, Member]) -> None:
    """Watch for the words of the demo, once."""
    if WatchedWord.objects.exists():
        return
    for entry in read("watched.toml")["words"]:
        add_word(actor=members["dewi"], **entry)
    forget()


def add_waiting(members: Mapping[str, Member], spaces: Mapping[str, Space]) -> None:
    """Write what the watched words let wait. What waits already is not kept twice."""
    for entry in read("watched.toml")["waiting"]:
        actor = members[entry["by"]]
        try:
            if "title" in entry:
                start_thread(
                    actor=actor,
                    space=spaces[entry["space"]],
                    title=entry["title"],
                    body=entry["body"],
                    kind="discussion",
                )
            else:
                thread = Thread.objects.filter(space=spaces[entry["space"]], state="visible").order_by("-id")[
                    0
                ]
                reply_to_thread(actor=actor, thread=thread, body=entry["body"])
        except (Held, Conflict, RateLimited):
            continue
    _wait_at_the_door(members, spaces)


# Who would like to be let into the space of testers, and why.
_AT_THE_DOOR = {
    "jonas": "I have slept in the Sarek for forty nights and would test the next one in the rain.",
    "lena": "I sew my own gear and would like to see how yours is made.",
}


def _wait_at_the_door(members: Mapping[str, Member], spaces: Mapping[str, Space]) -> None:
    """Let two ask to be let into a private space; who is in it or has asked does not ask again."""
    for handle, words in _AT_THE_DOOR.items():
        space, member = spaces["testers"], members[handle]
        asked = EntryAsk.objects.filter(space=space, member=member).exists()
        if not asked and not Space.objects.visible_to(member).filter(pk=space.pk).exists():
            ask_to_enter(actor=member, space=space, words=words)


# What was seen in the latest posts of people who are new, and what the team found; the rest is honest.
_SEEN: tuple[tuple[dict[str, float], str, str], ...] = (
    (
        {"new": 0.7, "links": 0.67, "alike": 0.82, "hurried": 1.0},
        "bad",
        "cheapest replica jackets, all brands, today only",
    ),
    (
        {"new": 1.0, "links": 1.0, "alike": 0.6, "throwaway": 1.0},
        "bad",
        "cheapest jackets of all brands, only today, see here",
    ),
    (
        {"new": 0.4, "links": 0.67, "often": 0.83, "alike": 0.5},
        "fine",
        "the three shops in the valley that mend zips, with their hours",
    ),
    (
        {"new": 0.7, "links": 0.33, "throwaway": 1.0, "hurried": 0.5},
        "",
        "i wrote down what my pack weighs, the whole list is here",
    ),
    (
        {"new": 1.0, "links": 0.33, "hosts": 0.75},
        "bad",
        "win a voucher: answer four questions about your tent",
    ),
)


def add_judgements(now: dt.datetime) -> None:
    """Judge the latest posts of the last month as if their writers had been new, once."""
    if Judgement.objects.exists():
        return
    weights = weights_in_force()
    lately = Post.objects.filter(
        created_at__gt=now - dt.timedelta(days=29), state="visible", author__role="member"
    )
    for number, post in enumerate(lately.select_related("thread", "author").order_by("-id")[:30]):
        signals, outcome, sample = _SEEN[number] if number < len(_SEEN) else ({"new": 0.4}, "", "")
        score = score_of(signals, weights)
        Judgement.objects.create(
            author=post.author or Member(),
            space_id=post.thread.space_id,
            place="reply",
            post=None if sample else post,
            signals=signals,
            weights={name: weights[name] for name in signals},
            score=score,
            band=band_of(score, HOLD_AT(), QUEUE_AT()),
            sample=sample or fold(post.body_md)[:300],
            outcome=outcome,
            created_at=post.created_at,
        )
