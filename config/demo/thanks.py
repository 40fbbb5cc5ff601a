"""Who thanked whom in the demo, and the shout-out of the team that stands on top."""

import datetime as dt

from community.activity import relay
from community.members.models import Member
from community.threads.models import Post, State
from rewards.praise.actions import give_thanks, make_shout_out
from rewards.praise.models import Praise, ShoutOut

# From, to, what for, in which words, how many hours ago, and whether it is for a post they can both read.
GIVEN: tuple[tuple[str, str, str, str, int, bool], ...] = (
    ("priya", "maya", "helped", "Your answer got our stove through minus fifteen. We had tea at midnight.", 5, True),
    ("jonas", "tomasz", "extra-mile", "He posted me his own spare pole section so that my trip could go ahead.", 9, False),
    ("lena", "maya", "welcomed", "My very first question, and you answered as if it were a good one.", 22, False),
    ("tomasz", "ruth", "taught", "Thirty years of seams in three sentences. I re-taped two tents since.", 29, False),
    ("kofi", "thandi", "laugh", "The saga of the flying groundsheet. I read it aloud at the hut, twice.", 47, False),
    ("maya", "hana", "helped", "You kept a heated thread kind without closing it. That is a craft.", 53, False),
    ("rosa", "kofi", "extra-mile", "He translated the whole repair guide so that my mother could follow it.", 71, False),
    ("thandi", "tomasz", "taught", "I reproofed my own fly the way you said. After one afternoon it beads like new.", 96, True),
    ("ruth", "amal", "welcomed", "She waited at the station with a lantern for somebody she had never met.", 120, False),
    ("hana", "felix", "helped", "Felix counted the stock of spare parts by hand, so that we could answer everyone.", 145, False),
    ("sofia", "rosa", "laugh", "“Ultralight is a feeling.” I have it on a sticker now.", 170, False),
    ("felix", "maya", "taught", "The trick with the tea towel and the condensation. So simple, so good.", 214, False),
    ("mateo", "ingrid", "extra-mile", "She tested the stove at minus twenty and wrote down every minute of it.", 262, False),
)  # fmt: skip
SHOUT = (
    ("tomasz", "thandi", "ruth"),
    "Three of you ran the repair evening on Saturday: forty-one tents came in, thirty-eight went home whole."
    " The workshop has never been so full, or so merry. From all of us at Tarn: thank you.",
)


def add_thanks(members: dict[str, Member], now: dt.datetime) -> None:
    """Let a dozen thank each other over the last days, and the team thank three. Once."""
    if not Praise.objects.exists():
        for giver, receiver, kind, words, hours, for_post in GIVEN:
            praise = give_thanks(
                actor=members[giver],
                receiver=members[receiver],
                kind=kind,
                words=words,
                post=_post_of(members[receiver]) if for_post else None,
            )
            # They are said now and stand where they would: what is delivered afterwards reads the row.
            Praise.objects.filter(pk=praise.pk).update(given_at=now - dt.timedelta(hours=hours))
    if not ShoutOut.objects.exists():
        handles, words = SHOUT
        make_shout_out(
            actor=members["dewi"],
            members=[members[handle] for handle in handles],
            words=words,
            pinned_until=now + dt.timedelta(days=6),
        )
    while relay.deliver_due(at_most=10_000):
        pass


def _post_of(member: Member) -> Post | None:
    """Return the latest accepted answer of a member in a space that everybody reads."""
    shown = Post.objects.filter(author=member, state=State.VISIBLE, thread__space__access="public")
    accepted = shown.filter(thread__accepted_post_id__isnull=False, position__gt=1)
    return accepted.order_by("-pk").first()
