"""An award on its way is stopped by a person, with a reason its member reads, and can go on; whoever listens hears of each step."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import F

from community.activity import relay
from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.moderation.models import AuditEntry
from community.notifications.models import Notice
from community.threads.actions import accept_answer, unaccept_answer
from community.threads.models import Post
from rewards.points.actions import change_rule, resume_pending, stop_pending
from rewards.points.earning.final import pay_due
from rewards.points.models import EarningRule, PendingAward

WHY = "The answer was copied from elsewhere"


@pytest.fixture
def pending(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, deliver_all: Any
) -> PendingAward:
    EarningRule.objects.exclude(key="answer_accepted").update(is_active=False)
    rule = EarningRule.objects.in_force().get(key="answer_accepted")
    change_rule(actor=manager, rule=rule, changes={"delay_hours": 72})
    accept_answer(actor=alice, post=make_reply(bob, make_thread(alice, space)))
    deliver_all()
    return PendingAward.objects.get(member=bob)


def due() -> None:
    PendingAward.objects.update(due_at=F("occurred_at") - dt.timedelta(days=1))


def heard() -> list[str]:
    rows = Activity.objects.filter(verb="points.pending_moved").order_by("pk")
    return [payload["how"] for payload in rows.values_list("payload", flat=True)]


def test_what_was_stopped_is_never_paid_and_not_promised_again(
    pending: PendingAward, manager: Any, alice: Any, bob: Any, points_of: Any, deliver_all: Any, sign_in: Any
) -> None:
    stop_pending(actor=manager, pending=pending, reason=WHY)
    while relay.deliver_due(at_most=500):
        pass
    due()

    assert pay_due() == 0
    post = Post.objects.get(pk=pending.post_id)
    unaccept_answer(actor=alice, thread=post.thread)
    accept_answer(actor=alice, post=Post.objects.get(pk=post.pk))
    deliver_all()
    assert points_of(bob) == (0, 0)
    assert heard() == ["made", "stopped"]
    html = sign_in(bob).get("/me/points/").content.decode()
    assert WHY in html
    assert Notice.objects.filter(member=bob, kind="points.stopped").count() == 1
    assert AuditEntry.objects.filter(act="points.pending_moved").count() == 1


def test_what_goes_on_is_paid_once(pending: PendingAward, manager: Any, bob: Any, points_of: Any) -> None:
    stop_pending(actor=manager, pending=pending, reason=WHY)
    resume_pending(actor=manager, pending=pending, reason="The source was their own page")
    due()

    assert (pay_due(), pay_due()) == (1, 0)
    assert points_of(bob)[0] == pending.points
    assert heard() == ["made", "stopped", "resumed", "final"]


def test_what_was_undone_meanwhile_is_neither_stopped_nor_let_go_on(
    pending: PendingAward, manager: Any, alice: Any, bob: Any, deliver_all: Any, points_of: Any
) -> None:
    unaccept_answer(actor=alice, thread=Post.objects.get(pk=pending.post_id).thread)
    deliver_all()

    for act in (stop_pending, resume_pending):
        with pytest.raises(Conflict):
            act(actor=manager, pending=pending, reason=WHY)
    assert (heard(), points_of(bob)) == (["made", "undone"], (0, 0))


def test_who_may_not_stop_it_changes_nothing(pending: PendingAward, manager: Any, mod: Any, bob: Any) -> None:
    for actor, reason, refusal in ((mod, WHY, Refused), (bob, WHY, Refused), (manager, "no", Invalid)):
        with pytest.raises(refusal):
            stop_pending(actor=actor, pending=pending, reason=reason)
    with pytest.raises(Conflict):
        resume_pending(actor=manager, pending=pending, reason=WHY)

    assert (PendingAward.objects.get().state, heard()) == ("waiting", ["made"])


def test_a_manager_does_it_in_the_admin(pending: PendingAward, manager: Any, sign_in: Any) -> None:
    client, base = sign_in(manager), f"/admin/points/pendingaward/{pending.pk}"

    assert client.get(f"{base}/stop/").status_code == 200
    assert client.post(f"{base}/stop/", {"reason": "no"}).status_code == 422
    assert client.post(f"{base}/stop/", {"reason": WHY}).status_code in (302, 303)
    assert PendingAward.objects.get().state == "stopped"
    assert client.post(f"{base}/resume/", {"reason": WHY}).status_code in (302, 303)
    assert PendingAward.objects.get().state == "waiting"
