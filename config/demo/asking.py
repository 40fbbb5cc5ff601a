"""What the repair bench asks, and what those who asked there answered."""

from collections.abc import Mapping

from community.members.models import Member
from community.spaces.asking.actions import arrange_asking
from community.spaces.models import Space
from community.threads.models import Thread

TEMPLATE = """## What broke

## What I tried already
"""
FIELDS = (
    {
        "label": "What is it",
        "kind": "choice",
        "options": ["Shelter", "Pack", "Jacket", "Stove", "Something else"],
        "is_required": True,
    },
    {"label": "Age in years", "kind": "number", "hint": "Roughly is fine."},
    {
        "label": "What I have at hand",
        "kind": "choices",
        "options": ["Needle and thread", "Repair tape", "Seam glue", "Sewing machine"],
    },
    {
        "label": "Order number",
        "for_team": True,
        "hint": "If you still have it; it helps Luca find the batch.",
    },
)
ANSWERS = (
    {"what-is-it": "Jacket", "age-in-years": 7, "what-i-have-at-hand": ["Needle and thread"]},
    {"what-is-it": "Shelter", "age-in-years": 3.5, "what-i-have-at-hand": ["Repair tape", "Seam glue"]},
)


def ask_at_the_bench(*, members: Mapping[str, Member], space: Space) -> None:
    """Say what the bench asks, and fill in answers. Safe to run again."""
    if space.asks or Space.objects.get(pk=space.pk).asks:
        return
    arrange_asking(actor=members["dewi"], space=space, template=TEMPLATE, fields=FIELDS)
    threads = Thread.objects.filter(space=space).order_by("pk")
    for thread, answers in zip(threads, ANSWERS, strict=False):
        Thread.objects.filter(pk=thread.pk).update(details=answers)
