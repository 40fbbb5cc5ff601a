"""Who follows whom in the demo, which badges some of them show first or wear, and whom many would rather not read."""

from community.members import limits
from community.members.actions import follow_member
from community.members.models import Follow, Ignore, Member
from community.members.profiles.actions import ignore_member
from community.members.titles.actions import choose_title
from community.members.titles.sources import titles_of
from rewards.badges.actions import give_badge, nominate_member, pin_badges, save_badge
from rewards.badges.models import Award, Badge, Nomination, PinnedBadge
from rewards.badges.queries import held_badges

FOLLOWS = {
    "maya": ("tomasz", "thandi", "hana"),
    "tomasz": ("maya", "rosa"),
    "hana": ("tomasz", "maya", "kofi"),
    "ruth": ("tomasz",),
    "kofi": ("tomasz", "hana"),
    "priya": ("maya",),
}
PINNED = ("tomasz", "maya")
# What he sold in messages made enemies of as many as it takes for the team to be told.
SHUNNED = "rex"
# Badges that are worn as titles; whoever holds the last of them does.
WORN = ("warm-welcome", "lamp-left-on", "first-solved")


def add_ties(members: dict[str, Member]) -> None:
    """A few follow each other; two put the badges first that took them longest; five ignore one."""
    for handle, others in FOLLOWS.items():
        if Follow.objects.filter(follower=members[handle]).exists():
            continue
        for other in others:
            follow_member(actor=members[handle], member=members[other])
    for handle in PINNED:
        held = [badge.key for badge in held_badges(members[handle]).order_by("-position")[:2]]
        if held and not PinnedBadge.objects.filter(member=members[handle]).exists():
            pin_badges(actor=members[handle], keys=held)
    _let_wear(members)
    _praise(members)
    if not Ignore.objects.exists():
        regulars = Member.objects.filter(role="member", trust_level__gte=limits.IGNORE_FROM())
        for member in regulars.exclude(handle=SHUNNED).order_by("pk")[: limits.IGNORED_BY()]:
            ignore_member(actor=member, member=members[SHUNNED], days=120)


def _praise(members: dict[str, Member]) -> None:
    """Two badges that people gave, with what was said, and a proposal that waits."""
    given = (
        (
            "thandi",
            "field-tester",
            "Slept through two storms in the prototype and wrote down every seam that leaked.",
        ),
        (
            "tomasz",
            "good-deed",
            "Posted his own spare pole across the country so that a stranger could go camping.",
        ),
    )
    for handle, key, words in given:
        badge = Badge.objects.get(key=key)
        if not Award.objects.filter(badge=badge, member=members[handle]).exists():
            give_badge(
                actor=members["dewi"], badge=badge, member=members[handle], reason=words, citation=words
            )
    if not Nomination.objects.exists():
        nominate_member(
            actor=members["maya"],
            badge=Badge.objects.get(key="good-deed"),
            member=members["kofi"],
            words="He translated the whole repair guide for a newcomer who could not read it.",
        )


def _let_wear(members: dict[str, Member]) -> None:
    for key in WORN:
        badge = Badge.objects.get(key=key)
        if not badge.gives_title:
            badge = save_badge(actor=members["dewi"], badge=badge, changes={"gives_title": True})
    for handle in PINNED:
        worn = [title for title in titles_of(members[handle]) if title.key.startswith("badge:")]
        if worn and not members[handle].title_from:
            choose_title(actor=members[handle], member=members[handle], key=worn[-1].key)
