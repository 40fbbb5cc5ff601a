"""A member appeals once, somebody else decides, and being right undoes what was decided."""

from typing import Any

import pytest

from community.errors import Conflict, Invalid, Refused
from community.members.models import Member
from community.moderation import actions
from community.moderation.appeals.actions import appeal_case, appeal_penalty
from community.moderation.models import Appeal, AuditEntry, Case, CaseState, Penalty
from community.notifications.models import Notice
from community.threads.models import Post
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db
WORDS = "I sell nothing. It was my own pole."


@pytest.fixture
def post(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Post:
    """Bob's reply in Alice's thread."""
    return make_reply(bob, make_thread(alice, space))


@pytest.fixture
def case(post: Post, alice: Any, mod: Any) -> Case:
    """Decided by a moderator: removed, and Bob is suspended."""
    case = actions.report_post(actor=alice, post=post, reason="spam").case
    return actions.decide_case(actor=mod, case=case, decision="suspend", reason="Advertising", days=7)


@pytest.fixture
def appealed(case: Case, bob: Any) -> Case:
    """What waits in the queue because Bob appealed."""
    appeal_case(actor=Member.objects.get(pk=bob.pk), case=case, words=WORDS)
    return Case.objects.get(kind="appeal")


def test_a_suspended_member_appeals_and_an_appeal_that_is_right_undoes_everything(
    appealed: Case, case: Case, bob: Any, manager: Any, deliver_all: Any
) -> None:
    assert Member.objects.get(pk=bob.pk).is_suspended

    actions.decide_case(actor=manager, case=appealed, decision="uphold")

    assert not Member.objects.get(pk=bob.pk).is_suspended
    assert Post.objects.get(pk=case.post_id).state == "visible"
    assert Case.objects.get(pk=case.pk).state == CaseState.UNDONE
    assert Appeal.objects.get().state == "upheld"
    deliver_all()
    notice = Notice.objects.get(member=bob, kind="moderation.appeal")
    assert notice.payload["outcome"] == "upheld"
    assert {"appeal.decided", "case.overturned"} <= set(AuditEntry.objects.values_list("act", flat=True))


def test_taking_an_upheld_appeal_back_puts_everything_in_force_again(
    appealed: Case, case: Case, bob: Any, manager: Any, deliver_all: Any
) -> None:
    actions.decide_case(actor=manager, case=appealed, decision="uphold")
    actions.undo_decision(actor=manager, case=appealed)

    assert Member.objects.get(pk=bob.pk).is_suspended
    assert Post.objects.get(pk=case.post_id).state == "removed"
    assert Case.objects.get(pk=case.pk).state == CaseState.DECIDED
    assert Appeal.objects.get().state == "open" and Case.objects.get(pk=appealed.pk).state == "open"
    deliver_all()
    assert Notice.objects.filter(member=bob, kind="moderation.appeal").count() == 2


def test_a_rejected_appeal_is_told_with_its_reason_and_cannot_be_made_twice(
    appealed: Case, case: Case, bob: Any, manager: Any, deliver_all: Any
) -> None:
    with pytest.raises(Invalid):
        actions.decide_case(actor=manager, case=appealed, decision="reject")
    actions.decide_case(actor=manager, case=appealed, decision="reject", reason="Three times the same text")

    deliver_all()
    assert Notice.objects.get(member=bob, kind="moderation.appeal").payload["reason"].startswith("Three")
    with pytest.raises(Conflict) as refusal:
        appeal_case(actor=bob, case=case, words="Once more.")
    assert refusal.value.code == "appealed_already"
    assert Post.objects.get(pk=case.post_id).state == "removed"


def test_who_decided_first_does_not_decide_the_appeal_while_somebody_else_can(
    appealed: Case, case: Case, mod: Any, manager: Any
) -> None:
    with pytest.raises(Refused) as refusal:
        actions.decide_case(actor=mod, case=appealed, decision="uphold")
    assert refusal.value.code == "decided_first"
    assert Post.objects.get(pk=case.post_id).state == "removed"

    Member.objects.filter(pk=manager.pk).update(is_active=False)

    actions.decide_case(actor=mod, case=appealed, decision="uphold")
    assert Post.objects.get(pk=case.post_id).state == "visible"


def test_only_whom_it_is_about_appeals_and_only_what_stands_against_them(
    case: Case, post: Post, alice: Any, bob: Any, mod: Any, carol: Any
) -> None:
    with pytest.raises(Refused):
        appeal_case(actor=alice, case=case, words=WORDS)
    for words in ("  ", "x" * 1001):
        with pytest.raises(Invalid):
            appeal_case(actor=bob, case=case, words=words)
    actions.undo_decision(actor=mod, case=case)
    kept = actions.decide_case(actor=mod, case=case, decision="keep")
    with pytest.raises(Refused):
        appeal_case(actor=bob, case=kept, words=WORDS)

    assert not Appeal.objects.exists()


def test_taking_the_decision_back_settles_the_appeal_and_a_later_decision_may_be_appealed(
    appealed: Case, case: Case, bob: Any, mod: Any, deliver_all: Any
) -> None:
    actions.undo_decision(actor=mod, case=case)
    deliver_all()

    assert Appeal.objects.get().state == "moot" and Case.objects.get(pk=appealed.pk).state == "closed"
    again = actions.decide_case(actor=mod, case=case, decision="remove", reason="Still advertising")
    appeal_case(actor=bob, case=again, words=WORDS)
    assert Case.objects.filter(kind="appeal", state="open").count() == 1


def test_a_penalty_without_a_case_is_appealed_by_itself(bob: Any, mod: Any, manager: Any) -> None:
    penalty = actions.penalise_member(actor=mod, member=bob, kind="silence", reason="In messages", days=3)
    appeal_penalty(actor=bob, penalty=penalty, words=WORDS)
    with pytest.raises(Conflict):
        appeal_penalty(actor=bob, penalty=penalty, words=WORDS)
    case = Case.objects.get(kind="appeal")

    with pytest.raises(Refused):
        actions.decide_case(actor=mod, case=case, decision="uphold")
    actions.decide_case(actor=manager, case=case, decision="uphold")
    assert not Member.objects.get(pk=bob.pk).is_silenced

    actions.undo_decision(actor=manager, case=case)
    assert Member.objects.get(pk=bob.pk).is_silenced
    assert Penalty.objects.get().lifted_at is None
    with pytest.raises(Conflict):
        actions.reinstate_penalty(actor=manager, penalty=penalty)


def test_words_about_a_post_that_reports_hid_join_its_open_case(
    post: Post, bob: Any, mod: Any, sign_in: Any
) -> None:
    case = actions.report_post(actor=mod, post=post, reason="spam", take_action=True).case
    appeal_case(actor=bob, case=case, words=WORDS)

    assert not Case.objects.filter(kind="appeal").exists()
    assert WORDS in sign_in(mod).get(f"/admin/moderation/case/{case.pk}/change/").content.decode()
    decided = actions.decide_case(actor=mod, case=case, decision="remove", reason="Advertising")
    appeal_case(actor=bob, case=decided, words="Once more, please.")
    assert Appeal.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_appealed_and_decided_many_times_at_once_there_is_one_appeal_and_one_decision(
    case: Case, bob: Any, make_member: Any
) -> None:
    answers = all_at_once([lambda: appeal_case(actor=bob, case=case, words=WORDS) for _n in range(6)])
    assert sum(isinstance(answer, Appeal) for answer in answers) == 1
    appealed = Case.objects.get(kind="appeal")
    team = [make_member(f"m{n}", role="moderator") for n in range(6)]
    calls = [
        lambda m=m, d=d: actions.decide_case(actor=m, case=appealed, decision=d, reason="Looked again")
        for m, d in zip(team, ("uphold", "reject") * 3, strict=True)
    ]

    answers = all_at_once(calls)

    assert sum(isinstance(answer, Case) for answer in answers) == 1
    upheld = Appeal.objects.get().state == "upheld"
    assert (Post.objects.get(pk=case.post_id).state == "visible") == upheld
    assert Member.objects.get(pk=bob.pk).is_suspended != upheld
