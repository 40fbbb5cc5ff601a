"""Changing numbers."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, NotFound, RateLimited, Refused
from community.messages.limits import BEGIN
from community.numbers.actions import change_numbers, reset_numbers
from community.numbers.models import NumberInForce
from community.threads.limits import LINKS, NEW_FOR, TITLE_MAX


def test_a_manager_changes_a_number_and_the_log_says_from_what_to_what(manager: Any, forget: Any) -> None:
    assert change_numbers(actor=manager, changes={"threads.new_days": "7"}) == ["threads.new_days"]
    forget()

    assert NEW_FOR() == 7
    assert NEW_FOR.span().days == 7
    activity = Activity.objects.get(verb="number.changed")
    assert activity.payload == {"key": "threads.new_days", "before": 14, "after": 7}
    assert activity.actor == manager


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_nobody_else_may_and_nothing_changes(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused):
        change_numbers(actor=request.getfixturevalue(who), changes={"threads.new_days": 7})
    with pytest.raises(Refused):
        reset_numbers(actor=request.getfixturevalue(who), keys=["threads.new_days"])

    assert not NumberInForce.objects.exists()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "typed", ["0", "366", "-1", "7.5", "seven", "", "٧", True, None, [7], "9" * 5000, "0" * 12 + "9" * 5000]
)
def test_what_is_not_a_number_of_the_range_is_refused_with_the_range(manager: Any, typed: object) -> None:
    with pytest.raises(Invalid) as refusal:
        change_numbers(actor=manager, changes={"threads.title_max": 100, "threads.new_days": typed})

    assert refusal.value.fields == {"threads.new_days": "Write a whole number from 1 to 365."}
    assert not NumberInForce.objects.exists()


@pytest.mark.parametrize("typed", [[1, 2, 3], [1, 2, 3, 101], "1,2,3,4", {"0": 1}, 5])
def test_four_numbers_are_four_of_the_range(manager: Any, typed: object) -> None:
    with pytest.raises(Invalid):
        change_numbers(actor=manager, changes={"threads.links": typed})

    assert not NumberInForce.objects.exists()


def test_a_number_for_each_trust_level_holds_for_those_above_too(manager: Any, forget: Any) -> None:
    change_numbers(actor=manager, changes={"threads.links": [0, 1, 2, 3]})
    forget()

    assert [LINKS(level) for level in range(5)] == [0, 1, 2, 3, 3]


@pytest.mark.parametrize(
    "typed", ["10 per minute", "0/min", "10/week", "1/0s", "10/min;5/day", "10/min,x", "1/m"]
)
def test_what_is_no_rate_is_named_and_refused(manager: Any, typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        change_numbers(actor=manager, changes={"rates.messages.begin": [typed, "10/day", "", ""]})

    assert "is not a rate" in refusal.value.fields["rates.messages.begin"]
    assert not NumberInForce.objects.exists()


def test_a_changed_rate_is_the_one_that_is_spent(
    manager: Any, alice: Any, settings: Any, forget: Any
) -> None:
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-numbers"
    change_numbers(actor=manager, changes={"rates.messages.begin": ["1/h", " 1/h , 5/day ", "", ""]})
    forget()

    BEGIN.spend(alice)
    with pytest.raises(RateLimited):
        BEGIN.spend(alice)
    assert NumberInForce.objects.get().value == ["1/h", "1/h,5/day", "", ""]


def test_what_a_manager_chose_goes_before_the_environment(manager: Any, settings: Any, forget: Any) -> None:
    settings.LIMITS = {"messages.begin": "3/day"}
    settings.NEW_THREAD_DAYS = 30
    assert (BEGIN.rates_for(1)[0].count, NEW_FOR()) == (3, 30)

    change_numbers(actor=manager, changes={"rates.messages.begin": ["4/day"] * 4, "threads.new_days": 5})
    forget()
    assert (BEGIN.rates_for(1)[0].count, NEW_FOR()) == (4, 5)

    reset_numbers(actor=manager, keys=["rates.messages.begin", "threads.new_days"])
    forget()
    assert (BEGIN.rates_for(1)[0].count, NEW_FOR()) == (3, 30)


def test_a_number_set_back_leaves_no_row_and_a_line_in_the_log(manager: Any, forget: Any) -> None:
    change_numbers(actor=manager, changes={"threads.title_max": 100})
    assert reset_numbers(actor=manager, keys=["threads.title_max", "threads.new_days"]) == [
        "threads.title_max"
    ]
    forget()

    assert TITLE_MAX() == 140
    assert not NumberInForce.objects.exists()
    assert Activity.objects.latest("pk").payload == {"key": "threads.title_max", "before": 100, "after": 140}


def test_typing_the_default_is_setting_it_back_and_typing_what_holds_changes_nothing(manager: Any) -> None:
    assert change_numbers(actor=manager, changes={"threads.title_max": 140}) == []
    change_numbers(actor=manager, changes={"threads.title_max": 100})
    assert change_numbers(actor=manager, changes={"threads.title_max": "100"}) == []
    assert change_numbers(actor=manager, changes={"threads.title_max": 140}) == ["threads.title_max"]

    assert not NumberInForce.objects.exists()
    assert Activity.objects.count() == 2


def test_a_key_there_is_none_of_is_not_found(manager: Any) -> None:
    for keys in (["threads.nothing"], ["rates.nothing.at_all"], ["threads.new_days", "x"]):
        with pytest.raises(NotFound):
            change_numbers(actor=manager, changes=dict.fromkeys(keys, 7))
        with pytest.raises(NotFound):
            reset_numbers(actor=manager, keys=keys)

    assert not NumberInForce.objects.exists()
