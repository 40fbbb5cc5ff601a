"""The earning rules that every new community starts with. Managers change them in the admin; each change is a new version."""

from typing import Any

from django.utils.translation import gettext_noop

SHIPPED: tuple[dict[str, Any], ...] = (
    {
        "key": "answer_accepted",
        "name": gettext_noop("Your answer was accepted"),
        "verb": "answer.accepted",
        "beneficiary": "post_author",
        "points": 15,
        "per_pair_day": 3,
        "counts_to_cap": False,
        "for_helping": True,
        "position": 10,
    },
    {
        "key": "answer_chosen",
        "name": gettext_noop("You chose the answer to your question"),
        "verb": "answer.accepted",
        "beneficiary": "asker",
        "conditions": {"by_asker": True},
        "points": 2,
        "per_day": 5,
        "position": 20,
    },
    {
        "key": "post_helped",
        "name": gettext_noop("Someone was helped by your post"),
        "verb": "reaction.added",
        "beneficiary": "post_author",
        "conditions": {"reaction_kinds": ["helpful"]},
        "points": 2,
        "per_post_day": 5,
        "per_pair_day": 3,
        "for_helping": True,
        "position": 30,
    },
    {
        "key": "post_thanked",
        "name": gettext_noop("Someone thanked you for your post"),
        "verb": "reaction.added",
        "beneficiary": "post_author",
        "conditions": {"reaction_kinds": ["thanks"]},
        "points": 1,
        "per_post_day": 5,
        "per_pair_day": 3,
        "for_helping": True,
        "position": 40,
    },
    {
        "key": "first_question",
        "name": gettext_noop("Your first question"),
        "verb": "thread.created",
        "beneficiary": "actor",
        "conditions": {"thread_kinds": ["question"], "once": True},
        "points": 5,
        "position": 50,
    },
    {
        "key": "first_answer",
        "name": gettext_noop("Your first answer to someone’s question"),
        "verb": "post.created",
        "beneficiary": "actor",
        "conditions": {"thread_kinds": ["question"], "once": True, "not_asker": True},
        "points": 5,
        "position": 60,
    },
)
