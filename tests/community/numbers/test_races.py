"""Managers who change numbers at the same moment."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.numbers.actions import change_numbers, reset_numbers
from community.numbers.models import NumberInForce
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_new_number_from_many_at_once_is_one_row_and_a_chain_in_the_log(make_member: Any) -> None:
    actor = make_member("manager", role="manager")

    answers = all_at_once(
        [
            lambda days=days: change_numbers(actor=actor, changes={"threads.new_days": days})
            for days in range(20, 28)
        ]
    )

    assert answers == [["threads.new_days"]] * 8
    told = [activity.payload for activity in Activity.objects.filter(verb="number.changed").order_by("pk")]
    assert [one["before"] for one in told] == [14, *(one["after"] for one in told[:-1])]
    assert NumberInForce.objects.get().value == told[-1]["after"]


def test_changing_and_setting_back_at_once_leaves_one_of_both(make_member: Any) -> None:
    actor = make_member("manager", role="manager")
    calls = [
        lambda: change_numbers(actor=actor, changes={"threads.new_days": 7}),
        lambda: reset_numbers(actor=actor, keys=["threads.new_days"]),
    ] * 4

    answers = all_at_once(calls)

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    last = Activity.objects.filter(verb="number.changed").latest("pk").payload["after"]
    assert [row.value for row in NumberInForce.objects.all()] == ([7] if last == 7 else [])
