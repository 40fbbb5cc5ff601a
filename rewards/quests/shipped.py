"""What every new community starts with: the first steps of newcomers, and the rule by which finished quests pay."""

from typing import Any

from django.utils.translation import gettext_noop

RULE: dict[str, Any] = {
    "key": "quest_finished",
    "name": gettext_noop("You finished a quest"),
    "verb": "quest.finished",
    "beneficiary": "actor",
    "points": 20,
    "counts_to_cap": False,
    "position": 70,
}
FIRST_STEPS: dict[str, Any] = {
    "key": "first-steps",
    "kind": "onboarding",
    "state": "open",
    "name": gettext_noop("First steps"),
    "about": gettext_noop("A few small things that make it easier to feel at home here."),
    "asks_joining": False,
    "newcomer_days": 30,
    "position": 10,
}
STEPS: tuple[dict[str, Any], ...] = (
    {
        "key": "picture",
        "title": gettext_noop("Add a picture"),
        "hint": gettext_noop("People answer people sooner than initials."),
        "url": "/me/settings/profile/",
        "rule": {"of": "avatar", "number": 1, "how": "count"},
    },
    {
        "key": "hello",
        "title": gettext_noop("Say hello"),
        "hint": gettext_noop("One sentence is enough: who you are and what brought you here."),
        "url": "/new/?kind=discussion",
        "rule": {"of": "posts", "number": 1, "how": "count"},
    },
    {
        "key": "follow",
        "title": gettext_noop("Follow a space"),
        "hint": gettext_noop("It appears in your list on the left, and you hear of new threads in it."),
        "url": "/spaces/",
        "rule": {"of": "follows", "number": 1, "how": "count"},
    },
    {
        "key": "help",
        "title": gettext_noop("Ask something, or answer someone"),
        "hint": gettext_noop("Questions here are short. So are most answers."),
        "url": "/?view=unanswered",
        "rule": {
            "any": [
                {"of": "questions", "number": 1, "how": "count"},
                {"of": "answers", "number": 1, "how": "count"},
            ]
        },
    },
    {
        "key": "mark",
        "title": gettext_noop("Say that a post helped you"),
        "hint": gettext_noop("One press under it. Whoever wrote it hears that it was worth it."),
        "url": "/?view=latest",
        "rule": {"of": "given", "number": 1, "how": "count"},
    },
)
