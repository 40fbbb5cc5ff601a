"""What is handed out of thanks, and what becomes of them when somebody leaves or joins two accounts."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.belongings import all_belongings
from community.members.models import Member
from community.privacy.actions import ask_erasure, merge_members
from community.privacy.erasing.running import erase_due
from community.privacy.models import Erasure
from community.retention import all_rules
from rewards.praise.actions import make_shout_out, take_back_thanks
from rewards.praise.models import Named, Praise, ShoutOut
from tests.rewards.praise.conftest import WORDS


def handed_out(key: str, member: Member) -> list[Any]:
    belonging = next(it for it in all_belongings() if it.key == key)
    assert belonging.rows is not None
    return list(belonging.rows(member))


def erase(member: Member, *, deletes_posts: bool) -> None:
    ask_erasure(actor=member, deletes_posts=deletes_posts)
    Erasure.objects.update(due_at=timezone.now() - dt.timedelta(minutes=1))
    assert erase_due() == 1


def test_a_copy_has_what_one_gave_and_received(alice: Any, bob: Any, mod: Any, thank: Any) -> None:
    thank(alice, bob)
    make_shout_out(actor=mod, members=[bob], words=WORDS)
    assert [row["receiver__handle"] for row in handed_out("praise.given", alice)] == ["bob"]
    assert [row["giver__handle"] for row in handed_out("praise.received", bob)] == ["alice"]
    assert [row["shout_out__words"] for row in handed_out("praise.shout_outs", bob)] == [WORDS]
    assert handed_out("praise.given", bob) == []


@pytest.mark.parametrize(("deletes_posts", "left"), [(False, [(None, WORDS)]), (True, [])])
def test_thanks_of_somebody_erased_stay_nameless_or_go_with_their_posts(
    alice: Any, bob: Any, thank: Any, deletes_posts: bool, left: list[Any]
) -> None:
    thank(alice, bob)
    erase(alice, deletes_posts=deletes_posts)
    assert list(Praise.objects.values_list("giver", "words")) == left


def test_what_somebody_received_goes_with_them(
    alice: Any, bob: Any, carol: Any, mod: Any, thank: Any
) -> None:
    thank(alice, bob)
    make_shout_out(actor=mod, members=[bob], words=WORDS)
    both = make_shout_out(actor=mod, members=[bob, carol], words="Thank you, Bob Birch and Carol.")
    erase(bob, deletes_posts=False)
    assert not Praise.objects.exists()
    assert list(ShoutOut.objects.all()) == [both]
    assert "Birch" not in ShoutOut.objects.get().words
    assert list(Named.objects.values_list("member", flat=True)) == [carol.pk]


def test_two_accounts_become_one_that_does_not_thank_itself(
    alice: Any, bob: Any, carol: Any, manager: Any, thank: Any
) -> None:
    thank(alice, bob)
    kept = thank(carol, bob)
    merge_members(actor=manager, source=bob, target=alice, reason="Joined twice.")
    assert list(Praise.objects.values_list("pk", "receiver")) == [(kept.pk, alice.pk)]


def test_what_was_taken_back_is_gone_after_a_month(alice: Any, bob: Any, carol: Any, thank: Any) -> None:
    rule = next(rule for rule in all_rules() if rule.key == "praise.taken_back")
    taken = take_back_thanks(actor=alice, praise=thank(alice, bob))
    thank(alice, carol)
    assert list(rule.old()) == []
    assert list(rule.old(at=timezone.now() + dt.timedelta(days=31))) == [taken]
