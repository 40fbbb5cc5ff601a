"""Who is told, and that what they are told is so."""

from typing import Any

import pytest

from community.members.models import Member
from community.moderation import actions
from community.moderation.models import Penalty
from community.moderation.notices.kinds import LIFTED
from community.notifications.models import Notice
from community.threads.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Post:
    """Bob's reply in Alice's thread."""
    return make_reply(bob, make_thread(alice, space))


def kinds(member: Any) -> list[str]:
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


def test_what_was_hidden_before_a_decision_is_not_called_shown_when_that_is_taken_back(
    post: Post, mod: Any, bob: Any, deliver_all: Any
) -> None:
    case = actions.report_post(actor=mod, post=post, reason="spam", take_action=True).case
    actions.decide_case(actor=mod, case=case, decision="remove", reason="Advertising")
    actions.undo_decision(actor=mod, case=case)
    deliver_all()
    assert Post.objects.get(pk=post.pk).state == "hidden"
    assert "moderation.post_back" not in kinds(bob)

    actions.decide_case(actor=mod, case=case, decision="keep")
    actions.undo_decision(actor=mod, case=case)
    deliver_all()
    assert "moderation.post_back" not in kinds(bob)


def test_what_is_shown_again_is_told(post: Post, alice: Any, mod: Any, bob: Any, deliver_all: Any) -> None:
    case = actions.report_post(actor=alice, post=post, reason="spam").case
    actions.decide_case(actor=mod, case=case, decision="remove", reason="Advertising")
    actions.undo_decision(actor=mod, case=case)
    deliver_all()

    assert "moderation.post_back" in kinds(bob)


def test_where_nobody_else_keeps_order_the_administrator_hears_that_something_waits(
    post: Post, alice: Any, admin: Any, deliver_all: Any
) -> None:
    actions.report_post(actor=alice, post=post, reason="spam")
    deliver_all()

    assert kinds(admin) == ["moderation.waiting"]


def test_administrators_are_left_alone_where_others_keep_order(
    post: Post, alice: Any, mod: Any, admin: Any, deliver_all: Any
) -> None:
    actions.report_post(actor=alice, post=post, reason="spam")
    deliver_all()

    assert (kinds(mod), kinds(admin)) == (["moderation.waiting"], [])


def lifted(member: Any) -> list[str]:
    notices = Notice.objects.filter(member=member, kind="moderation.lifted").order_by("pk")
    return [LIFTED.words(notice, None).title for notice in notices]


def test_a_pause_that_takes_the_place_of_one_by_a_rule_is_not_called_open(
    post: Post, make_member: Any, bob: Any, mod: Any, deliver_all: Any
) -> None:
    Member.objects.filter(pk=bob.pk).update(trust_level=0)
    for number in range(3):
        reporter = make_member(f"r{number}", trust_level=1)
        case = actions.report_post(actor=reporter, post=post, reason="spam").case
    assert Penalty.objects.get().given_by is None

    actions.decide_case(actor=mod, case=case, decision="suspend", reason="Advertising", days=7)
    deliver_all()
    assert lifted(bob) == []

    actions.undo_decision(actor=mod, case=case)
    deliver_all()
    assert lifted(bob) == ["Everything is open to you again"]


def test_while_another_pause_runs_not_everything_is_called_open(bob: Any, mod: Any, deliver_all: Any) -> None:
    laid = [
        actions.penalise_member(actor=mod, member=bob, kind=kind, reason="Insults", days=2)
        for kind in ("suspend", "silence")
    ]

    actions.lift_penalty(actor=mod, penalty=laid[0])
    deliver_all()
    actions.lift_penalty(actor=mod, penalty=laid[1])
    deliver_all()

    assert lifted(bob) == ["Something is open to you again", "Everything is open to you again"]
