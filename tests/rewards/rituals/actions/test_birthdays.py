"""A birthday is a day and a month, shared by whoever likes."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid
from rewards.rituals.actions import save_birthday
from rewards.rituals.models import RitualChoices

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "month", "field"),
    [
        (0, 5, "day"),
        (-1, 5, "day"),
        (31, 4, "day"),
        (30, 2, "day"),
        (1, 13, "day"),
        (10**12, 1, "day"),
        (5, None, "month"),
        (None, 5, "day"),
    ],
)
def test_a_day_that_is_none_is_refused_and_nothing_changes(
    bob: Any, day: Any, month: Any, field: str
) -> None:
    save_birthday(actor=bob, day=29, month=2)

    with pytest.raises(Invalid) as refusal:
        save_birthday(actor=bob, day=day, month=month, shows_birthday=True)

    assert (refusal.value.code, list(refusal.value.fields)) == ("birthday_unusable", [field])
    kept = RitualChoices.objects.get()
    assert (kept.birth_day, kept.birth_month, kept.shows_birthday) == (29, 2, False)


def test_what_is_forgotten_is_shown_to_nobody_and_the_log_never_held_it(bob: Any) -> None:
    save_birthday(actor=bob, day=3, month=5, shows_birthday=True)
    save_birthday(actor=bob, day=None, month=None, shows_birthday=True)

    kept = RitualChoices.objects.get()
    assert (kept.birth_day, kept.birth_month, kept.shows_birthday) == (None, None, False)
    fields = ["birth_day", "birth_month", "shows_birthday"]
    changes = Activity.objects.filter(verb="ritual.choices_changed")
    assert [it.payload for it in changes] == [{"fields": fields}, {"fields": fields}]
