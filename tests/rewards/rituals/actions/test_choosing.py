"""One switch ends all counting; another, off until chosen, lets others see it."""

import datetime as dt
from typing import Any

import pytest

from community.activity.models import Activity
from rewards.rituals.actions import save_choices
from rewards.rituals.models import RitualChoices, StreakPeriod

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]
NOW = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)


def test_off_keeps_nothing_and_on_counts_what_stands(bob: Any, wrote: Any, deliver_all: Any) -> None:
    wrote(bob, NOW)
    deliver_all()
    save_choices(actor=bob, changes={"counts_streak": False})
    assert not StreakPeriod.objects.filter(member=bob).exists()
    wrote(bob, NOW - dt.timedelta(days=7))
    deliver_all()
    assert not StreakPeriod.objects.filter(member=bob).exists()

    save_choices(actor=bob, changes={"counts_streak": True})
    assert StreakPeriod.objects.filter(member=bob).count() == 2


def test_the_log_holds_which_choice_changed_and_not_what_to(bob: Any) -> None:
    save_choices(actor=bob, changes={"shows_streak": True, "counts_streak": True})
    save_choices(actor=bob, changes={"shows_streak": True})

    assert [it.payload for it in Activity.objects.filter(verb="ritual.choices_changed")] == [
        {"fields": ["shows_streak"]}
    ]


def test_a_choice_that_is_none_is_refused_and_nothing_changes(bob: Any) -> None:
    with pytest.raises(ValueError, match="longest"):
        save_choices(actor=bob, changes={"longest": 500})

    assert not RitualChoices.objects.exists()
