"""What would this event earn? Asked by brands, answered rule by rule, nothing written."""

from typing import Any

import pytest
from django.utils import timezone

from community.activity import relay
from community.activity.models import Activity
from community.threads.actions import accept_answer
from rewards.points.actions import add_campaign, add_rule, change_rule
from rewards.points.models import EarningRule, PendingAward, Transfer

SCOPE = "points:examine"


@pytest.fixture
def ask(program: Any, manager: Any, space: Any, alice: Any, bob: Any) -> Any:
    caller = program(manager, SCOPE)

    def call(event: str = "answer.accepted", status: int = 200, **more: Any) -> Any:
        body = {"event": event, "member": "bob", "space": space.slug, "giver": "alice", **more}
        answer = caller.post("points/examine", body)
        assert answer.status_code == status, answer.content
        return answer.json()

    return call


def rules(answer: Any) -> dict[str, tuple[str, int]]:
    return {row["rule"]: (row["outcome"], row["points"]) for row in answer["rules"]}


def test_it_says_what_would_come_and_what_then_comes(
    ask: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    before = (Transfer.objects.count(), PendingAward.objects.count(), Activity.objects.count())
    told = ask()
    assert (told["points"], rules(told)["answer_accepted"]) == (15, ("pays", 15))
    assert (Transfer.objects.count(), PendingAward.objects.count(), Activity.objects.count()) == before

    accept_answer(actor=alice, post=make_reply(bob, make_thread(alice, space)))
    relay.deliver_due()
    assert Transfer.objects.get(rule_key="answer_accepted").earned == told["points"]


def test_reasons_come_with_it(ask: Any, manager: Any) -> None:
    assert rules(ask(asked_by_member=True))["answer_accepted"] == ("own_doing", 0)
    assert rules(ask("post.created"))["first_answer"] == ("pays", 5)
    assert rules(ask("post.created", asked_by_member=True))["first_answer"] == ("own_question", 0)
    assert rules(ask("post.created", thread_kind="discussion"))["first_answer"] == ("other_kind", 0)
    assert rules(ask("reaction.added", reaction_kind="thanks"))["post_helped"] == ("other_mark", 0)
    change_rule(
        actor=manager,
        rule=EarningRule.objects.get(key="first_answer"),
        changes={"conditions": {"helped_by": 3}},
    )
    assert rules(ask("post.created"))["first_answer"] == ("needs_more", 0)
    assert rules(ask("post.created", helped_by=3))["first_answer"] == ("pays", 5)


def test_delays_campaigns_and_full_days_are_told(ask: Any, manager: Any, settings: Any) -> None:
    now = timezone.now()
    add_campaign(
        actor=manager,
        key="trail",
        values={
            "name": "Trail Week",
            "factor": 300,
            "active_from": now,
            "active_to": now.replace(year=now.year + 1),
        },
    )
    change_rule(
        actor=manager,
        rule=EarningRule.objects.get(key="answer_accepted"),
        changes={"delay_hours": 72, "counts_to_cap": True},
    )
    row = next(row for row in ask()["rules"] if row["rule"] == "answer_accepted")
    assert (row["outcome"], row["points"], row["campaign"]) == (
        "will_wait",
        45,
        "3 times the points: Trail Week",
    )
    assert row["due_at"] > now.isoformat()

    settings.POINTS_DAILY_CAP = 20
    assert rules(ask())["answer_accepted"] == ("will_wait", 20)


def test_the_team_would_earn_nothing(ask: Any, mod: Any) -> None:
    assert rules(ask(member=mod.handle))["answer_accepted"] == ("staff", 0)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"event": "visit.counted"}, 422),
        ({"member": "nobody-hereabouts"}, 404),
        ({"space": "nowhere"}, 404),
        ({"helped_by": -1}, 422),
        ({"helped_by": 10**9}, 422),
        ({"thread_kind": "poem"}, 422),
    ],
)
def test_what_cannot_be_asked_is_refused(ask: Any, wrong: dict[str, Any], status: int) -> None:
    ask(**{"event": "answer.accepted", **wrong}, status=status)


def test_it_has_a_scope_of_its_own_and_is_for_managers(
    program: Any, manager: Any, alice: Any, space: Any
) -> None:
    body = {"event": "post.created", "member": "alice", "space": space.slug}
    assert program(manager, "points:read").post("points/examine", body).status_code == 403
    assert program(alice, SCOPE).post("points/examine", body).status_code == 403
    assert program().post("points/examine", body).status_code == 401


def test_an_order_is_examined_as_it_would_be_taken_in(ask: Any, manager: Any) -> None:
    values = {
        "name": "You bought something",
        "points": 1,
        "counts_to_cap": False,
        "conditions": {"event_types": ["order.placed"], "currency": "EUR", "per_amount": 1000},
    }
    add_rule(actor=manager, key="bought", verb="brand_event.arrived", beneficiary="actor", values=values)
    told = {"type": "order.placed", "amount": 34990, "currency": "EUR"}

    assert rules(ask("brand_event.arrived", told=told)) == {"bought": ("pays", 34)}
    assert rules(ask("brand_event.arrived", told={**told, "amount": 999})) == {"bought": ("amount_small", 0)}
    assert rules(ask("brand_event.arrived", told={**told, "currency": "USD"})) == {
        "bought": ("other_currency", 0)
    }
    for wrong in (
        None,
        {"type": "order.dreamt"},
        {**told, "attributes": {"colour": "red"}},
        {**told, "amount": -1},
    ):
        ask("brand_event.arrived", status=422, **({"told": wrong} if wrong else {}))
    assert not Transfer.objects.exists()
