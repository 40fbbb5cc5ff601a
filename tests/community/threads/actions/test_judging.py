"""Taking posts off as the team, and telling their authors."""

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.notifications.models import Notice
from community.threads.actions import judge_post
from community.threads.counters import recount
from tests.community.threads.conftest import fresh


def test_the_author_is_told_why_and_when_it_is_back(bob, mod, answer, deliver_all):
    judge_post(actor=mod, post=answer, state="removed", reason="Sells fakes")
    deliver_all()
    assert Notice.objects.get(member=bob, kind="thread.judged").payload == {
        "after": "removed",
        "reason": "Sells fakes",
    }

    judge_post(actor=mod, post=fresh(answer), state="visible")
    deliver_all()

    assert Notice.objects.filter(member=bob, kind="thread.judged").count() == 2
    assert recount(heal=False) == []


def test_without_a_reason_nothing_is_taken_off(mod, answer):
    with pytest.raises(Invalid):
        judge_post(actor=mod, post=answer, state="removed", reason="  ")

    assert fresh(answer).state == "visible"


def test_members_judge_nobody(alice, answer):
    with pytest.raises(Refused):
        judge_post(actor=alice, post=answer, state="removed", reason="I do not like it")

    assert fresh(answer).state == "visible"
    assert not Activity.objects.filter(verb="post.judged").exists()


def test_the_same_twice_is_told_once(bob, mod, answer, deliver_all):
    for _time in range(2):
        judge_post(actor=mod, post=fresh(answer), state="removed", reason="Sells fakes")
    deliver_all()

    assert Notice.objects.filter(member=bob, kind="thread.judged").count() == 1
