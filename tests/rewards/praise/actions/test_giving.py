"""Thanking somebody within the allowance of a day, taking it back, and giving it again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, DomainError, Invalid, NotFound, RateLimited, Refused
from community.members.actions import block_member
from community.members.models import Member
from community.moderation.models import WatchedWord
from community.threads.actions import delete_post
from community.threads.queries import get_post_for
from rewards.praise.actions import give_again, give_thanks, save_kind, take_back_thanks
from rewards.praise.models import Praise, PraiseKind, State
from rewards.praise.queries import allowance_of
from tests.rewards.praise.conftest import WORDS


def refused(call: Callable[[], Any], what: type[DomainError], code: str) -> DomainError:
    """Return the refusal of a call that has to be refused, having seen that nothing was written."""
    before = Praise.objects.count(), Activity.objects.count()
    with pytest.raises(what) as caught:
        call()
    assert caught.value.code == code
    assert (Praise.objects.count(), Activity.objects.count()) == before
    return caught.value


def test_thanks_name_both_and_keep_the_words_on_one_line(alice: Any, bob: Any, thank: Any) -> None:
    praise = thank(alice, bob, words="  Thank you\n\nfor the   tea towel. ")

    assert (praise.giver, praise.receiver, praise.words) == (alice, bob, "Thank you for the tea towel.")
    told = Activity.objects.get(verb="praise.given")
    assert told.payload == {"receiver_id": bob.pk, "kind": "helped", "post_id": None}


def test_nobody_thanks_themselves_or_somebody_who_left(alice: Any, bob: Any, thank: Any) -> None:
    refused(lambda: thank(alice, alice), Refused, "own_thanks")
    Member.objects.filter(pk=bob.pk).update(is_active=False)
    bob.refresh_from_db()
    refused(lambda: thank(alice, bob), Refused, "receiver_left")


def test_nobody_thanks_across_a_block_in_either_direction(alice: Any, bob: Any, thank: Any) -> None:
    block_member(actor=alice, member=bob)

    first = refused(lambda: thank(alice, bob), Refused, "not_open")
    second = refused(lambda: thank(bob, alice), Refused, "not_open")
    assert first.message == second.message
    assert "block" not in second.message.lower()


def test_a_suspended_member_thanks_nobody(mallory: Any, bob: Any, thank: Any) -> None:
    refused(lambda: thank(mallory, bob), Refused, "suspended")


@pytest.mark.parametrize(
    "words",
    ["", "Thanks!", "​" * 30, "x" * 281, "See https://shop.example/ for it", "Go to www.shop.example now"],
)
def test_words_that_say_too_little_too_much_or_lead_elsewhere_are_refused(
    alice: Any, bob: Any, thank: Any, words: str
) -> None:
    refusal = refused(lambda: thank(alice, bob, words=words), Invalid, "words_unusable")
    assert "words" in refusal.fields


@pytest.mark.parametrize(("action", "code"), [("block", "word_blocked"), ("hold", "word_blocked")])
def test_watched_words_are_refused_where_nothing_can_wait(
    alice: Any, bob: Any, thank: Any, action: str, code: str
) -> None:
    from community.moderation.words import memory

    word = WatchedWord.objects.create(word="rubbish", action=action)
    memory.remember([word])
    refused(lambda: thank(alice, bob, words="What rubbish you write, thank you."), Invalid, code)


def test_a_word_that_is_covered_is_covered_in_thanks(alice: Any, bob: Any, thank: Any) -> None:
    from community.moderation.words import memory

    memory.remember([WatchedWord.objects.create(word="damn", action="censor")])
    assert thank(alice, bob, words="A damn good answer, that was.").words == "A ■■■ good answer, that was."


def test_a_reason_that_is_not_offered_is_refused(alice: Any, bob: Any, manager: Any, thank: Any) -> None:
    refused(lambda: thank(alice, bob, kind="nothing-such"), Invalid, "kind_missing")
    save_kind(actor=manager, kind=PraiseKind.objects.get(key="laugh"), changes={"is_active": False})
    refused(lambda: thank(alice, bob, kind="laugh"), Invalid, "kind_missing")


def test_a_post_has_to_be_by_whoever_is_thanked_and_shown(
    alice: Any, bob: Any, carol: Any, space: Any, thank: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    answer = make_reply(bob, thread)
    refused(lambda: thank(alice, carol, post=answer), Invalid, "post_unfit")
    assert thank(alice, bob, post=answer).post == answer

    delete_post(actor=bob, post=get_post_for(bob, answer.pk))
    answer.refresh_from_db()
    refused(lambda: thank(carol, bob, post=answer), Invalid, "post_unfit")


def test_an_allowance_is_three_a_day_one_for_newcomers_and_five_for_the_team(
    make_member: Any, mod: Any, thank: Any
) -> None:
    others = [make_member(f"other{n}") for n in range(7)]
    for giver, most in ((make_member("new", trust_level=0), 1), (make_member("known"), 3), (mod, 5)):
        for receiver in others[:most]:
            thank(giver, receiver)
        assert allowance_of(giver).left == 0
        refusal = refused(lambda g=giver, m=most: thank(g, others[m]), RateLimited, "allowance_used")
        assert 0 < refusal.retry_after <= 86_401  # type: ignore[attr-defined]


def test_the_same_person_is_thanked_once_a_day_and_again_tomorrow(alice: Any, bob: Any, thank: Any) -> None:
    moment = dt.datetime(2031, 5, 6, 23, 30, tzinfo=dt.UTC)
    with time_machine.travel(moment, tick=False):
        thank(alice, bob)
        refused(lambda: thank(alice, bob, words="And once more, thank you."), Conflict, "thanked_today")
    with time_machine.travel(moment + dt.timedelta(minutes=31), tick=False):
        assert thank(alice, bob).state == State.VISIBLE


def test_managers_set_both_numbers(alice: Any, bob: Any, carol: Any, thank: Any, set_number: Any) -> None:
    set_number("praise.pair_per_day", 2)
    set_number("praise.per_day", [0, 2, 2, 2])
    thank(alice, bob)
    thank(alice, bob, words="And once more, thank you.")
    refused(lambda: thank(alice, carol), RateLimited, "allowance_used")


def test_taking_back_hides_it_and_still_counts_for_the_day(alice: Any, bob: Any, thank: Any) -> None:
    praise = thank(alice, bob)
    take_back_thanks(actor=alice, praise=praise)

    assert list(Praise.objects.visible_to(bob)) == []
    assert allowance_of(alice, bob).given == allowance_of(alice, bob).to_receiver == 1
    refused(lambda: thank(alice, bob), Conflict, "thanked_today")

    give_again(actor=alice, praise=praise)
    assert list(Praise.objects.visible_to(bob)) == [praise]


def test_only_the_giver_takes_back_and_only_for_an_hour(alice: Any, bob: Any, mod: Any, thank: Any) -> None:
    praise = thank(alice, bob)
    for other in (bob, mod):
        refused(lambda o=other: take_back_thanks(actor=o, praise=praise), Refused, "not_yours")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        refused(lambda: take_back_thanks(actor=alice, praise=praise), Refused, "too_late")


def test_giving_again_is_possible_for_an_hour_and_not_across_a_block(
    alice: Any, bob: Any, thank: Any
) -> None:
    praise = take_back_thanks(actor=alice, praise=thank(alice, bob))
    refused(lambda: take_back_thanks(actor=alice, praise=praise), Refused, "not_shown")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        refused(lambda: give_again(actor=alice, praise=praise), Refused, "too_late")
    block_member(actor=bob, member=alice)
    refused(lambda: give_again(actor=alice, praise=praise), Refused, "not_open")


def test_a_stale_page_cannot_take_back_what_was_removed(alice: Any, bob: Any, thank: Any) -> None:
    praise = thank(alice, bob)
    Praise.objects.filter(pk=praise.pk).update(state=State.REMOVED, state_at=timezone.now())
    refused(lambda: take_back_thanks(actor=alice, praise=praise), Conflict, "changed_meanwhile")


def test_a_post_one_cannot_see_is_no_way_to_learn_of_it(
    alice: Any, bob: Any, private_space: Any, make_thread: Any, manager: Any
) -> None:
    hidden = make_thread(manager, private_space).posts.get(position=1)
    with pytest.raises(NotFound):
        give_thanks(
            actor=alice, receiver=manager, kind="helped", words=WORDS, post=get_post_for(alice, hidden.pk)
        )
