"""What the team took off without a report: kept as a case, appealed like any other, ended when it is put back."""

from typing import Any

import pytest

from community.errors import Refused
from community.members.models import Member
from community.moderation import actions
from community.moderation.appeals.actions import appeal_case
from community.moderation.models import Appeal, Case, CaseState
from community.notifications.models import Notice
from community.threads.actions import judge_post
from community.threads.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Post:
    """Bob's reply in Alice's thread."""
    return make_reply(bob, make_thread(alice, space))


def test_it_is_kept_as_a_decided_case_and_its_author_appeals_from_the_notice(
    post: Post, mod: Any, manager: Any, bob: Any, sign_in: Any, deliver_all: Any
) -> None:
    judge_post(actor=mod, post=post, state="removed", reason="It names a neighbour")
    deliver_all()

    case = Case.objects.get()
    assert (case.kind, case.state, case.decided_by) == ("post_taken_off", CaseState.DECIDED, mod)
    client = sign_in(bob)
    notice = Notice.objects.get(member=bob, kind="thread.judged")
    told = client.post(f"/notifications/{notice.pk}/open/")["Location"]
    assert told == f"/appeals/post/{post.pk}/"
    page = client.get(client.get(told)["Location"]).content.decode()
    assert "The team removed a post of yours: It names a neighbour" in page

    client.post(f"/appeals/case/{case.pk}/", {"words": "I am that neighbour."})
    appealed = Case.objects.get(kind="appeal")
    actions.decide_case(actor=manager, case=appealed, decision="uphold")

    assert Post.objects.get(pk=post.pk).state == "visible"
    assert client.get(told)["Location"] == f"/p/{post.pk}/menu/"
    actions.undo_decision(actor=manager, case=appealed)
    assert Post.objects.get(pk=post.pk).state == "removed"


def test_putting_it_back_ends_the_case_and_an_appeal_that_waits(
    post: Post, mod: Any, bob: Any, deliver_all: Any
) -> None:
    judge_post(actor=mod, post=post, state="hidden", reason="Too long")
    deliver_all()
    case = Case.objects.get()
    appeal_case(actor=bob, case=case, words="It is as long as it must be.")

    judge_post(actor=mod, post=post, state="visible")
    deliver_all()

    assert Case.objects.get(pk=case.pk).state == CaseState.CLOSED
    assert Appeal.objects.get().state == "moot"
    assert not Case.objects.filter(state=CaseState.OPEN).exists()
    with pytest.raises(Refused):
        appeal_case(actor=bob, case=case, words="Once more.")


def test_told_twice_it_is_written_once_and_what_one_does_to_oneself_is_not(
    post: Post, mod: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    act = {"actor": mod, "state": "removed", "reason": "Copied", "activity_id": 7}
    assert actions.keep_taken_off(post=post, **act) is not None
    assert actions.keep_taken_off(post=post, **act) is None
    own = make_thread(mod, space).posts.get(position=1)
    assert actions.keep_taken_off(post=own, **{**act, "activity_id": 8}) is None

    assert Case.objects.count() == 1
    assert [case.pk for case in actions.forget_taken_off(actor=mod, post=post)] == [Case.objects.get().pk]


def test_nobody_else_is_led_there(post: Post, alice: Any, mod: Any, sign_in: Any, deliver_all: Any) -> None:
    judge_post(actor=mod, post=post, state="removed", reason="Copied")
    deliver_all()

    for member in (alice, mod):
        assert sign_in(member).get(f"/appeals/post/{post.pk}/").status_code == 404
    assert sign_in(alice).get(f"/appeals/post/{10**9}/").status_code == 404


def test_hiding_in_the_admin_tells_the_author_as_well(
    post: Post, mod: Any, bob: Any, sign_in: Any, deliver_all: Any
) -> None:
    sign_in(mod).post("/admin/threads/post/", {"action": "hide", "_selected_action": [post.pk], "index": "0"})
    deliver_all()

    assert Post.objects.get(pk=post.pk).state == "hidden"
    assert Notice.objects.filter(member=bob, kind="thread.judged").count() == 1
    assert Case.objects.get().author == Member.objects.get(pk=bob.pk)


def test_what_is_taken_off_while_reports_of_it_wait_has_a_case_beside_theirs(
    post: Post, mod: Any, alice: Any, bob: Any, deliver_all: Any
) -> None:
    reported = actions.report_post(actor=alice, post=post, reason="spam").case
    judge_post(actor=mod, post=post, state="removed", reason="It names a neighbour")
    deliver_all()

    kept = Case.objects.get(kind="post_taken_off")
    assert (kept.state, kept.author) == (CaseState.DECIDED, bob)
    reported.refresh_from_db()
    assert reported.state == CaseState.OPEN
    actions.decide_case(actor=mod, case=reported, decision="remove", reason="It names a neighbour")


def test_what_was_put_back_can_be_reported_while_its_case_waits_again(
    post: Post, mod: Any, alice: Any, deliver_all: Any
) -> None:
    judge_post(actor=mod, post=post, state="removed", reason="It names a neighbour")
    deliver_all()
    actions.undo_decision(actor=mod, case=Case.objects.get())
    deliver_all()

    actions.report_post(actor=alice, post=post, reason="spam")
    assert set(Case.objects.values_list("kind", "state")) == {
        ("post_taken_off", CaseState.OPEN),
        ("post_report", CaseState.OPEN),
    }

    judge_post(actor=mod, post=post, state="removed", reason="It names a neighbour")
    deliver_all()
    assert Case.objects.get(kind="post_taken_off").state == CaseState.DECIDED
