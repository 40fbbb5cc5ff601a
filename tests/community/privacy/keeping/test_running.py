"""What was counted is what goes, and nothing else."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from community.members.models import AskState
from community.moderation.log.sealing import seal_entries, verify_chain
from community.moderation.members_desk.actions import begin_seeing_as
from community.moderation.models import AppealState, AuditEntry, AuditSeal, Case, CaseState
from community.privacy.keeping import running
from community.privacy.keeping.queries import count_some, forecast_for
from community.privacy.keeping.running import apply_rules, remove_some
from community.privacy.models import RetentionRun
from community.retention import RetentionRule, all_rules
from community.spaces.models import EntryAsk
from community.threads.actions import delete_post
from community.threads.models import Post, PostRevision
from community.writing.actions import save_draft
from community.writing.models import Draft
from tests.community.privacy.life import Life

RULES = {rule.key: rule for rule in all_rules()}
LATER = dt.timedelta(days=4000)


def keys(rule: RetentionRule) -> set[Any]:
    return set(rule.old().model._base_manager.values_list("pk", flat=True))


def test_nothing_fresh_goes(life: Life) -> None:
    fixed = {key for key, rule in RULES.items() if isinstance(rule.keeps, dt.timedelta)}
    before = {key: keys(rule) for key, rule in RULES.items() if key not in fixed}

    removed = apply_rules()

    assert {key: count for key, count in removed.items() if count and key not in fixed} == {}
    assert {key: keys(rule) for key, rule in RULES.items() if key not in fixed} == before


def test_the_dry_run_says_exactly_what_goes(life: Life) -> None:
    removed = {}
    with time_machine.travel(timezone.now() + LATER, tick=False):
        for key in sorted(set(RULES) - {"moderation.log"}):
            rule = RULES[key]
            said, before = set(rule.old().values_list("pk", flat=True)), keys(rule)
            assert count_some(rule.old()) == len(said)

            removed |= apply_rules(only=[key])

            assert removed[key] == len(said), key
            assert not rule.old().exists(), key
            # What is emptied keeps its row.
            assert keys(rule) in (before, before - said), key
    assert sum(removed.values()) > 20
    lately = {run.rule: run.removed for run in RetentionRun.objects.all()}
    assert lately == {key: count for key, count in removed.items() if count and key != "privacy.runs"}


def test_every_rule_says_what_it_does_and_by_what_age(db: None) -> None:
    for rule in RULES.values():
        assert str(rule.title) and str(rule.what)
        assert rule.age == "pk" or rule.old().model._meta.get_field(rule.age)


def test_what_is_forecast_for_thirty_days_is_what_goes_then(manager: Any, alice: Any) -> None:
    now = timezone.now()
    for number, days in enumerate((400, 350, 340, 100)):
        save_draft(actor=alice, key=f"reply:{number}", body="Later")
        Draft.objects.filter(key=f"reply:{number}").update(updated_at=now - dt.timedelta(days=days))

    (drafts,) = (f for k in forecast_for(manager, {}) for f in k.forecasts if f.rule.key == "writing.drafts")
    assert (drafts.now, drafts.soon) == (1, 3)
    (drafts,) = (
        f
        for k in forecast_for(manager, {"writing.draft_days": "90"})
        for f in k.forecasts
        if f.rule.key == "writing.drafts"
    )
    assert (drafts.now, drafts.soon) == (4, 4)

    apply_rules(only=["writing.drafts"])
    assert Draft.objects.count() == 3
    with time_machine.travel(now + dt.timedelta(days=30), tick=False):
        apply_rules(only=["writing.drafts"])
    assert [draft.key for draft in Draft.objects.all()] == ["reply:3"]


def test_it_goes_in_small_steps_and_stops_in_time(alice: Any, monkeypatch: Any) -> None:
    for number in range(5):
        save_draft(actor=alice, key=f"reply:{number}", body="Later")
    Draft.objects.update(updated_at=timezone.now() - dt.timedelta(days=400))
    monkeypatch.setattr(running, "AT_A_TIME", 2)

    assert remove_some(RULES["writing.drafts"], at_most=2) == 2
    assert apply_rules(only=["writing.drafts"], seconds=0) == {"writing.drafts": 0}
    assert apply_rules(only=["writing.drafts"]) == {"writing.drafts": 3}


@pytest.mark.django_db(transaction=True)
def test_what_somebody_holds_is_left_for_another_time(alice: Any) -> None:
    for number in range(3):
        save_draft(actor=alice, key=f"reply:{number}", body="Later")
    Draft.objects.update(updated_at=timezone.now() - dt.timedelta(days=400))
    removed: dict[str, int] = {}

    def run() -> None:
        removed.update(apply_rules(only=["writing.drafts"]))
        connection.close()

    with transaction.atomic():
        held = Draft.objects.select_for_update().order_by("pk")[0]
        worker = threading.Thread(target=run)
        worker.start()
        worker.join(20)

    assert removed == {"writing.drafts": 2}
    assert Draft.objects.get() == held


def test_the_words_of_a_deleted_post_go_and_its_place_stays(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    reply = make_reply(bob, thread)
    delete_post(actor=bob, post=reply)
    Post.objects.filter(pk=reply.pk).update(deleted_at=timezone.now() - dt.timedelta(days=366))

    assert apply_rules(only=["threads.deleted"]) == {"threads.deleted": 1}

    reply.refresh_from_db()
    assert (reply.body_md, reply.body_html, reply.state, reply.position) == ("", "", "deleted", 2)
    assert not PostRevision.objects.filter(post=reply).exists()
    assert Post.objects.get(thread=thread, position=1).body_md


def test_what_an_open_case_is_about_stays_until_it_is_decided(
    alice: Any, bob: Any, mod: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    reply = make_reply(bob, make_thread(alice, space))
    delete_post(actor=bob, post=reply)
    Post.objects.filter(pk=reply.pk).update(deleted_at=timezone.now() - dt.timedelta(days=366))
    case = Case.objects.create(
        kind="post_report", post=reply, space_id=space.pk, author=bob, due_at=timezone.now()
    )

    assert apply_rules(only=["threads.deleted"]) == {"threads.deleted": 0}

    decided = timezone.now() - dt.timedelta(days=2000)
    Case.objects.filter(pk=case.pk).update(state=CaseState.DECIDED, decided_at=decided)
    appeal = case.appeals.create(member=bob, words="It was mine.", state=AppealState.OPEN)
    assert apply_rules(only=["threads.deleted", "moderation.cases"]) == {
        "threads.deleted": 0,
        "moderation.cases": 0,
    }

    type(appeal).objects.update(state=AppealState.REJECTED)
    assert apply_rules(only=["threads.deleted", "moderation.cases"]) == {
        "threads.deleted": 1,
        "moderation.cases": 1,
    }
    assert not Case.objects.exists()


def old_entries(ages: list[int]) -> None:
    now = timezone.now()
    last = AuditEntry.objects.count()
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor_name="M",
            act="number.changed",
            target_type="x",
            target_pk=1,
            activity_id=10_000 + last + number,
            occurred_at=now - dt.timedelta(days=days),
        )
        for number, days in enumerate(ages)
    )


def test_the_log_loses_its_beginning_and_its_chain_holds(db: None) -> None:
    old_entries([1200, 1199, 1100, 1090, 3])
    seal_entries()

    assert count_some(RULES["moderation.log"].old()) == 3
    assert apply_rules(only=["moderation.log"]) == {"moderation.log": 3}

    assert (AuditEntry.objects.count(), AuditSeal.objects.count()) == (2, 2)
    verdict = verify_chain()
    assert verdict.holds and verdict.sealed == 2


def test_the_log_is_cut_only_where_all_before_is_old(db: None) -> None:
    # The second was sealed before the third, which is older: without it the chain would not hold.
    old_entries([1200, 3, 1100])
    seal_entries()

    assert count_some(RULES["moderation.log"].old()) == 1
    assert apply_rules(only=["moderation.log"]) == {"moderation.log": 1}
    assert verify_chain().holds


def test_the_database_keeps_the_log_for_a_year_whatever_the_rule_says(db: None, set_number: Any) -> None:
    old_entries([300, 200])
    seal_entries()
    rule = RULES["moderation.log"]

    with time_machine.travel(timezone.now() + LATER, tick=False):
        assert count_some(rule.old()) == 2
        assert apply_rules(only=["moderation.log"]) == {"moderation.log": 0}

    assert (AuditEntry.objects.count(), AuditSeal.objects.count()) == (2, 2)


def test_a_look_that_nobody_ended_by_hand_goes_like_the_others(manager: Any, alice: Any) -> None:
    look = begin_seeing_as(actor=manager, member=alice, reason="A picture is missing.")
    rule = RULES["moderation.looks"]
    assert keys(rule) == {look.pk} and remove_some(rule) == 0

    with time_machine.travel(timezone.now() + LATER):
        assert remove_some(rule) == 1


def test_a_wish_to_enter_a_space_goes_once_it_was_answered(bob: Any, private_space: Any) -> None:
    asks = [
        EntryAsk.objects.create(space=private_space, member=bob, words="Why not?", state=state)
        for state in (AskState.DECLINED, AskState.OPEN)
    ]
    EntryAsk.objects.filter(pk=asks[0].pk).update(answered_at=timezone.now())
    rule = RULES["spaces.entry_asks"]
    assert remove_some(rule) == 0

    with time_machine.travel(timezone.now() + LATER):
        assert remove_some(rule) == 1
    assert keys(rule) == {asks[1].pk}
