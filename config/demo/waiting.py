"""Lets the demo watch for a few words, and two texts wait for the team."""

from collections.abc import Mapping

from community.errors import Conflict, Held, RateLimited
from community.members.models import Member
from community.moderation.models import WatchedWord
from community.moderation.words.actions import add_word
from community.moderation.words.memory import forget
from community.spaces.models import Space
from community.threads.actions import reply_to_thread, start_thread
from community.threads.models import Thread
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
