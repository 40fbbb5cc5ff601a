"""Whatever the team can do is in its log, or says here why not."""

import re

from community.activity.registry import all_verbs, consumers_of
from community.moderation.log.audited import AUDITED

WRITES_DOWN = ("audit", "tell_about_correction", "write_down")
# What members do to their own things, or the house by its rules. A name that ends with a full stop stands for all that begin so.
NOT_OF_THE_TEAM = (
    "admission.asked",
    "anniversary.",
    "appeal.made",
    "answer.",
    "badge.awarded",
    "badge.carried",
    "badge.nominated",
    "brand_event.arrived",
    "case.opened",
    "conversation.",
    "digest.",
    "group.asked",
    "invitation.accepted",
    "invitation.made",
    "mail.reply_refused",
    "member.address_",
    "member.banner_changed",
    "member.ignored_by_many",
    "member.followed",
    "member.joined",
    "member.link_",
    "member.new_device",
    "member.penalty_ended",
    "member.second_factor",
    "member.sessions_ended",
    "member.trust_changed",
    "member.trust_slipping",
    "message.",
    "points.expiring",
    "points.held",
    "poll.",
    "post.",
    "praise.given",
    "praise.reported",
    "push.browser",
    "quest.begun",
    "quest.finished",
    "quest.left",
    "quest.reached",
    "question.",
    "reaction.",
    "ritual.choices_changed",
    "ritual.greeted",
    "room.",
    "space.entry_asked",
    "streak.",
    "terms.accepted",
    "thread.created",
    "thread.reminded",
    "tier.grace",
    "tier.left",
    "tier.reached",
    "writing.held",
)


def test_every_act_of_the_team_is_in_its_log() -> None:
    unheard = [
        verb.name
        for verb in all_verbs()
        if verb.name not in AUDITED
        and not any(word in heard.name for heard in consumers_of(verb.name) for word in WRITES_DOWN)
        and not verb.name.startswith(NOT_OF_THE_TEAM)
    ]

    assert unheard == []


# Changes that say it otherwise.
SAYS_OTHERWISE = {
    "post.wiki_changed": "open to everybody or not: what is, is the opposite of what was",
    "points.changed": "what came or went, and why; the balance before is the sum of the entries before",
}
CHANGES = re.compile(r"changed$|_set$|\.defined$|\.renamed$")


def test_every_change_by_the_team_says_what_was_and_what_is() -> None:
    heard = [
        verb
        for verb in all_verbs()
        if verb.name in AUDITED
        or any(word in one.name for one in consumers_of(verb.name) for word in WRITES_DOWN)
    ]
    silent = [
        verb.name
        for verb in heard
        if CHANGES.search(verb.name)
        and verb.name not in SAYS_OTHERWISE
        and not {"before", "after"} <= set(verb.payload.__annotations__)
    ]

    assert silent == []


def test_the_log_listens_to_every_act_it_names() -> None:
    deaf = [
        name
        for name in sorted(AUDITED)
        if "moderation.write_audit" not in {c.name for c in consumers_of(name)}
    ]

    assert deaf == []


def test_every_name_here_is_a_verb() -> None:
    names = {verb.name for verb in all_verbs()}

    assert sorted(AUDITED - names) == []
