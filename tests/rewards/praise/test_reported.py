"""Reported thanks: one case, decided, undone, appealed; removed by the team with a word to the giver."""

from typing import Any

from community.moderation.actions import decide_case, undo_decision
from community.moderation.appeals.actions import appeal_case
from community.moderation.case_kinds import describe_cases
from community.moderation.models import AuditEntry, Case, Penalty, Report
from community.notifications.models import Notice
from rewards.praise.actions import report_thanks, take_back_thanks
from rewards.praise.models import Praise, State
from tests.standing import deliver_all as deliver_everything

REASON = "It names somebody who did not ask for it."


def reported(praise: Praise, *reporters: Any) -> Case:
    for reporter in reporters:
        report_thanks(actor=reporter, praise=praise, reason="unkind", note="It mocks him.")
    return Case.objects.get(kind="praise_report", state="open")


def test_reports_gather_in_one_case_and_the_team_hears(
    alice: Any, bob: Any, carol: Any, mod: Any, thank: Any
) -> None:
    praise = thank(alice, bob)
    case = reported(praise, bob, carol)
    deliver_everything()

    assert (case.report_count, case.author_id, Report.objects.count()) == (2, alice.pk, 2)
    subject = describe_cases([case])[case.pk]
    assert (subject.title, subject.text) == ("Alice Arden thanks Bob Birch", praise.words)
    assert Notice.objects.filter(member=mod, kind="moderation.waiting").exists()
    assert Praise.objects.get().state == State.VISIBLE


def test_a_decision_removes_them_tells_both_sides_and_can_be_undone(
    alice: Any, bob: Any, carol: Any, mod: Any, thank: Any
) -> None:
    praise = thank(alice, bob)
    case = reported(praise, carol)
    deliver_everything()
    decide_case(actor=mod, case=case, decision="remove", reason=REASON)
    deliver_everything()

    assert Praise.objects.get().state == State.REMOVED
    told = Notice.objects.get(member=alice, kind="praise.removed")
    assert told.payload == {"reason": REASON, "case_id": case.pk}
    assert Notice.objects.get(member=carol, kind="moderation.outcome").payload == {"decision": "remove"}
    assert not Notice.objects.filter(member=bob, kind="praise.thanked", is_hidden=False).exists()
    assert AuditEntry.objects.filter(act="praise.state_changed", actor_id=mod.pk, reason=REASON).exists()

    undo_decision(actor=mod, case=Case.objects.get(pk=case.pk))
    deliver_everything()
    assert Praise.objects.get().state == State.VISIBLE


def test_keeping_them_changes_nothing_and_tells_who_reported(
    alice: Any, bob: Any, carol: Any, mod: Any, thank: Any
) -> None:
    case = reported(thank(alice, bob), carol)
    decide_case(actor=mod, case=case, decision="keep", reason="")
    deliver_everything()
    assert Praise.objects.get().state == State.VISIBLE
    assert Notice.objects.get(member=carol, kind="moderation.outcome").payload == {"decision": "keep"}
    assert not Notice.objects.filter(member=alice).exclude(kind="badge.earned").exists()


def test_a_warning_comes_with_it_and_goes_with_the_undo(alice: Any, bob: Any, mod: Any, thank: Any) -> None:
    case = reported(thank(alice, bob), bob)
    decide_case(actor=mod, case=case, decision="warn", reason=REASON)
    assert Penalty.objects.get(member=alice).lifted_at is None
    undo_decision(actor=mod, case=Case.objects.get(pk=case.pk))
    assert Penalty.objects.get(member=alice).lifted_at is not None
    assert Praise.objects.get().state == State.VISIBLE


def test_what_its_giver_took_back_first_stays_taken_back(alice: Any, bob: Any, mod: Any, thank: Any) -> None:
    praise = thank(alice, bob)
    case = reported(praise, bob)
    take_back_thanks(actor=alice, praise=praise)
    decide_case(actor=mod, case=case, decision="remove", reason=REASON)
    assert Praise.objects.get().state == State.TAKEN_BACK
    undo_decision(actor=mod, case=Case.objects.get(pk=case.pk))
    assert Praise.objects.get().state == State.TAKEN_BACK


def test_an_appeal_that_is_right_shows_them_again(
    alice: Any, bob: Any, mod: Any, manager: Any, thank: Any
) -> None:
    case = reported(thank(alice, bob), bob)
    decide_case(actor=mod, case=case, decision="remove", reason=REASON)
    appeal_case(actor=alice, case=Case.objects.get(pk=case.pk), words="It is his own joke, and he likes it.")
    deliver_everything()
    appeal = Case.objects.get(kind="appeal", state="open")
    decide_case(actor=manager, case=appeal, decision="uphold", reason="He does like it, so it stays.")
    assert Praise.objects.get().state == State.VISIBLE
