"""Reporting, deciding, penalties."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from community.activity import relay
from community.errors import Conflict, DomainError, Invalid, Refused
from community.members.models import Member
from community.moderation import actions
from community.moderation.models import AuditEntry, Case, CaseState, Penalty, Report
from community.notifications.models import PushSubscription
from community.threads.models import Post, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Post:
    """Bob's reply in Alice's thread."""
    return make_reply(bob, make_thread(alice, space))


@pytest.fixture
def case(post: Post, alice: Any) -> Case:
    """Alice reported Bob's reply."""
    return actions.report_post(actor=alice, post=post, reason="unkind").case


def test_two_reports_of_one_post_meet_in_one_case(post: Post, alice: Any, carol: Any) -> None:
    actions.report_post(actor=alice, post=post, reason="unkind")
    actions.report_post(actor=carol, post=post, reason="other", note="He says it every week.")

    case = Case.objects.get()
    assert (case.report_count, case.reports.count(), case.state) == (2, 2, "open")


def test_reporting_twice_is_told_and_counts_once(case: Case, post: Post, alice: Any) -> None:
    with pytest.raises(Conflict) as refusal:
        actions.report_post(actor=alice, post=post, reason="spam")

    assert refusal.value.code == "reported_already"
    assert Case.objects.get().report_count == Report.objects.count() == 1


def test_nobody_reports_their_own_post_and_suspended_people_report_nothing(
    post: Post, bob: Any, mallory: Any
) -> None:
    for actor in (bob, mallory):
        with pytest.raises(Refused):
            actions.report_post(actor=actor, post=post, reason="spam")

    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": "because"}, "reason_missing"),
        ({"reason": "other", "note": "  "}, "note_missing"),
        ({"reason": "spam", "note": "x" * 501}, "note_too_long"),
    ],
)
def test_an_unusable_report_says_why_and_changes_nothing(
    post: Post, alice: Any, fields: dict[str, str], code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.report_post(actor=alice, post=post, **fields)

    assert refusal.value.code == code and refusal.value.fields
    assert not Case.objects.exists()


def test_removing_takes_the_post_away_and_tells_its_author_why(
    case: Case, post: Post, mod: Any, bob: Any, alice: Any, deliver_all: Callable[[], int]
) -> None:
    actions.decide_case(actor=mod, case=case, decision="remove", reason="It insults someone")
    deliver_all()

    post.refresh_from_db()
    assert (post.state, post.state_reason) == (State.REMOVED, "It insults someone")
    notice = bob.notices.get(kind="moderation.post")
    assert notice.payload["reason"] == "It insults someone"
    assert alice.notices.filter(kind="moderation.outcome").count() == 1


def test_keeping_needs_no_reason_and_every_other_decision_does(case: Case, mod: Any, post: Post) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.decide_case(actor=mod, case=case, decision="remove", reason=" ")
    assert refusal.value.code == "reason_missing"
    assert Post.objects.get(pk=post.pk).state == State.VISIBLE

    actions.decide_case(actor=mod, case=case, decision="keep")

    assert Case.objects.get().decision == "keep"
    assert Post.objects.get(pk=post.pk).state == State.VISIBLE


def test_a_suspended_members_browsers_are_told_nothing_more_and_a_warned_ones_are(mod, alice, bob):
    for member in (alice, bob):
        PushSubscription.objects.create(member=member, endpoint=f"https://push.example.net/{member.handle}")

    actions.penalise_member(actor=mod, member=bob, kind="suspend", reason="Third time", days=2)
    actions.penalise_member(actor=mod, member=alice, kind="warn", reason="Be kind")
    relay.deliver_due(at_most=100)

    assert PushSubscription.objects.get().member == alice


def test_suspending_closes_the_account_for_the_days_given_and_undo_opens_it(
    case: Case, mod: Any, bob: Any, post: Post
) -> None:
    actions.decide_case(actor=mod, case=case, decision="suspend", reason="Third time", days=14)

    bob = Member.objects.get(pk=bob.pk)
    assert bob.is_suspended and (bob.suspended_until - timezone.now()).days == 13
    assert bob.restriction_reason == "Third time"

    actions.undo_decision(actor=mod, case=case)

    bob = Member.objects.get(pk=bob.pk)
    assert not bob.is_suspended and bob.restriction_reason == ""
    assert Post.objects.get(pk=post.pk).state == State.VISIBLE
    assert Penalty.objects.get().lifted_by == mod
    assert Case.objects.get().state == CaseState.OPEN


def test_two_penalties_at_once_leave_the_strictest_in_force(bob: Any, mod: Any) -> None:
    short = actions.penalise_member(actor=mod, member=bob, kind="silence", reason="Cool down", days=1)
    actions.penalise_member(actor=mod, member=bob, kind="silence", reason="Again", days=5)
    actions.lift_penalty(actor=mod, penalty=short)

    bob = Member.objects.get(pk=bob.pk)
    assert bob.is_silenced and (bob.silenced_until - timezone.now()).days == 4
    with pytest.raises(Conflict):
        actions.lift_penalty(actor=mod, penalty=short)


def test_a_moderator_reaches_nobody_of_their_own_rank_or_above(
    mod: Any, manager: Any, make_member: Any
) -> None:
    other = make_member("othermod", role="moderator")

    for member in (manager, other, mod):
        with pytest.raises(Refused):
            actions.penalise_member(actor=mod, member=member, kind="suspend", reason="Coup", days=9)

    assert not Penalty.objects.exists()


def test_members_decide_nothing(case: Case, alice: Any, bob: Any, mallory: Any) -> None:
    for actor in (alice, bob, mallory):
        for act in (
            lambda a=actor: actions.claim_case(actor=a, case=case),
            lambda a=actor: actions.decide_case(actor=a, case=case, decision="keep"),
            lambda a=actor: actions.undo_decision(actor=a, case=case),
        ):
            with pytest.raises(Refused):
                act()

    assert Case.objects.get().state == CaseState.OPEN


def test_a_claim_keeps_others_out_for_ten_minutes(
    case: Case, mod: Any, manager: Any, time_machine: Any = None
) -> None:
    actions.claim_case(actor=mod, case=case)
    with pytest.raises(Refused) as refusal:
        actions.decide_case(actor=manager, case=case, decision="keep")
    assert refusal.value.code == "claimed"

    Case.objects.update(claimed_until=timezone.now())

    actions.decide_case(actor=manager, case=case, decision="keep")
    assert Case.objects.get().decided_by == manager


def test_nobody_decides_about_their_own_post(
    mod: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    own = make_reply(mod, make_thread(alice, space))
    case = actions.report_post(actor=alice, post=own, reason="off_topic").case

    with pytest.raises(Refused) as refusal:
        actions.decide_case(actor=mod, case=case, decision="keep")

    assert refusal.value.code == "own_case"


def test_nobody_takes_a_decision_about_their_own_post_back(
    mod: Any, manager: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    own = make_reply(mod, make_thread(alice, space))
    case = actions.report_post(actor=alice, post=own, reason="off_topic").case
    actions.decide_case(actor=manager, case=case, decision="remove", reason="Off topic")

    with pytest.raises(Refused) as refusal:
        actions.undo_decision(actor=mod, case=case)

    assert refusal.value.code == "own_case"
    assert Case.objects.get().state == CaseState.DECIDED
    assert Post.objects.get(pk=own.pk).state == State.REMOVED


def test_taking_back_an_old_decision_leaves_alone_what_was_done_since(
    case: Case, post: Post, mod: Any, alice: Any, carol: Any
) -> None:
    actions.decide_case(actor=mod, case=case, decision="keep")
    second = actions.report_post(actor=carol, post=post, reason="spam").case
    actions.decide_case(actor=mod, case=second, decision="remove", reason="An advertisement after all")

    actions.undo_decision(actor=mod, case=case)

    assert Post.objects.get(pk=post.pk).state == State.REMOVED
    assert Case.objects.get(pk=case.pk).state == CaseState.OPEN


def test_a_report_that_meets_a_case_just_decided_opens_a_new_one(
    case: Case, post: Post, mod: Any, carol: Any, monkeypatch: Any
) -> None:
    make, decided = Case.objects.bulk_create, []

    def decide_meanwhile(cases: Any, **more: Any) -> Any:
        made = make(cases, **more)
        if not decided:
            decided.append(actions.decide_case(actor=mod, case=case, decision="keep"))
        return made

    monkeypatch.setattr(
        type(Case.objects), "bulk_create", lambda _self, cases, **more: decide_meanwhile(cases, **more)
    )

    report = actions.report_post(actor=carol, post=post, reason="spam")

    assert report.case_id != case.pk and report.case.state == CaseState.OPEN


def test_a_case_in_a_private_space_is_for_those_inside(
    manager: Any, mod: Any, private_space: Any, make_thread: Any, make_reply: Any, admin: Any
) -> None:
    thread = make_thread(manager, private_space, kind="discussion")
    case = actions.report_post(actor=admin, post=thread.posts.get(), reason="private").case

    with pytest.raises(Refused):
        actions.decide_case(actor=mod, case=case, decision="keep")

    actions.decide_case(actor=admin, case=case, decision="keep")


def test_a_post_its_author_deleted_stays_deleted(case: Case, post: Post, mod: Any, bob: Any) -> None:
    from community.threads.actions import delete_post

    delete_post(actor=bob, post=post)

    actions.decide_case(actor=mod, case=case, decision="keep")
    actions.undo_decision(actor=mod, case=case)

    assert Post.objects.get(pk=post.pk).state == State.DELETED


def test_what_the_team_did_is_written_down_once_and_cannot_be_changed(
    case: Case, mod: Any, deliver_all: Callable[[], int]
) -> None:
    actions.decide_case(actor=mod, case=case, decision="warn", reason="Unkind words")
    deliver_all()

    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert {"case.decided", "member.penalised", "post.state_changed"} <= acts
    entry = AuditEntry.objects.get(act="case.decided")
    assert (entry.actor_name, entry.reason, entry.after["value"]) == ("Mod", "Unkind words", "removed")
    for change in (
        lambda: AuditEntry.objects.update(reason="Nothing"),
        lambda: AuditEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_many_reports_and_decisions_at_once_leave_one_case_and_one_decision(
    make_member: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    post = make_reply(bob, make_thread(alice, space))
    reporters = [make_member(f"r{n}") for n in range(12)]
    team = [make_member(f"m{n}", role="moderator") for n in range(6)]
    told: list[str] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            act()
            told.append("done")
        except DomainError as error:
            told.append(error.code)
        finally:
            connection.close()

    def together(acts: list[Callable[[], Any]]) -> None:
        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    together([lambda m=m: actions.report_post(actor=m, post=post, reason="spam") for m in reporters])
    case = Case.objects.get()
    assert case.report_count == Report.objects.count() == 12

    told.clear()
    together(
        [lambda m=m: actions.decide_case(actor=m, case=case, decision="suspend", reason="Spam") for m in team]
    )
    assert sorted(told) == ["decided_already"] * 5 + ["done"]
    assert Penalty.objects.count() == 1
