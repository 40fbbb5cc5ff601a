"""Why did I (not) get points for this: every rule in words, for whoever wrote it and nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.threads.actions import (
    accept_answer,
    add_reaction,
    delete_post,
    remove_reaction,
    unaccept_answer,
)
from community.threads.models import Thread
from rewards.points.actions import change_rule, reverse
from rewards.points.earning.final import pay_due
from rewards.points.explaining import explain_post, get_own_contribution
from rewards.points.models import EarningRule, PendingAward, Transfer
from tests.rewards.conftest import fewest_statements


@pytest.fixture
def answer(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Any:
    return make_reply(bob, make_thread(alice, space, title="Poles for a gale?"))


def outcomes(member: Any, post: Any) -> dict[str, list[str]]:
    found = explain_post(get_own_contribution(member, post.pk))
    return {answer.key: [str(reason.outcome) for reason in answer.reasons] for answer in found.answers}


def change(manager: Any, key: str, **changes: Any) -> None:
    rule = EarningRule.objects.in_force().get(key=key)
    change_rule(actor=manager, rule=rule, changes=changes)


def test_what_was_paid_leads_to_its_line(
    alice: Any, bob: Any, answer: Any, deliver_all: Any, sign_in: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    deliver_all()

    assert outcomes(bob, answer) == {
        "answer_accepted": ["paid"],
        "post_helped": ["nothing_yet"],
        "post_thanked": ["nothing_yet"],
        "first_answer": ["paid"],
    }
    text = sign_in(bob).get(f"/me/points/why/{answer.pk}/").content.decode()
    line = Transfer.objects.get(rule_key="answer_accepted").pk
    assert f"/me/points/?after={line + 1}#change-{line}" in text
    assert "Your post earned 20 points so far" in text
    assert f'id="change-{line}"' in sign_in(bob).get(f"/me/points/?after={line + 1}").content.decode()


def test_the_asker_reads_of_choosing_the_answer_on_the_question(
    alice: Any, answer: Any, deliver_all: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    deliver_all()

    question = Thread.objects.get(pk=answer.thread_id).posts.get(position=1)
    assert outcomes(alice, question)["answer_chosen"] == ["paid"]


def test_every_way_of_not_getting_them_is_said(
    alice: Any,
    bob: Any,
    carol: Any,
    mod: Any,
    manager: Any,
    space: Any,
    answer: Any,
    deliver_all: Any,
    make_reply: Any,
    make_thread: Any,
) -> None:
    own = make_reply(alice, Thread.objects.get(pk=answer.thread_id), body="I found it out myself.")
    staff = make_reply(mod, Thread.objects.get(pk=answer.thread_id), body="Well done, all of you.")
    second = make_reply(
        bob, make_thread(alice, space, title="And about pegs in sand?"), body="Bury them flat."
    )
    deliver_all()
    assert outcomes(alice, own)["first_answer"] == ["own_question"]
    assert outcomes(mod, staff)["first_answer"] == ["staff"]
    assert outcomes(bob, second)["first_answer"] == ["not_first"]

    other = type(space).objects.create(slug="other", name="Other")
    add_reaction(actor=carol, post=answer, kind="helpful")
    for changes, outcome in (
        ({"is_active": False}, "paused"),
        ({"is_active": True, "active_from": timezone.now() + dt.timedelta(days=1)}, "not_then"),
        ({"active_from": None, "conditions": {"space_ids": [other.pk]}}, "other_space"),
        ({"conditions": {"member_trust": 4}}, "member_trust"),
        ({"conditions": {"giver_trust": 4}}, "giver_trust"),
        ({"conditions": {"thread_kinds": ["idea"]}}, "other_kind"),
    ):
        change(manager, "post_helped", **changes)
        assert outcomes(bob, answer)["post_helped"] == [outcome]
    change(manager, "first_answer", conditions={"helped_by": 3})
    found = explain_post(get_own_contribution(bob, second.pk))
    assert next(a for a in found.answers if a.key == "first_answer").reasons[0].said == (
        "Not yet: 3 more members have to find it helpful"
    )


def test_full_days_and_full_posts_are_said(
    alice: Any, bob: Any, answer: Any, deliver_all: Any, make_member: Any, settings: Any
) -> None:
    for n in range(6):
        add_reaction(actor=make_member(f"r{n}"), post=answer, kind="helpful")
    deliver_all()
    assert sorted(outcomes(bob, answer)["post_helped"]) == ["paid", "post_full"]

    settings.POINTS_DAILY_CAP = 15
    add_reaction(actor=alice, post=answer, kind="thanks")
    deliver_all()
    assert outcomes(bob, answer)["post_thanked"] == ["day_full"]


def test_what_waits_says_until_when_and_then_that_it_came(
    alice: Any, bob: Any, manager: Any, answer: Any, deliver_all: Any, sign_in: Any
) -> None:
    change(manager, "answer_accepted", delay_hours=72)
    accept_answer(actor=alice, post=answer)
    assert outcomes(bob, answer)["answer_accepted"] == ["will_wait"]
    deliver_all()
    assert outcomes(bob, answer)["answer_accepted"] == ["pending"]
    assert "On their way, final on" in sign_in(bob).get(f"/me/points/why/{answer.pk}/").content.decode()

    PendingAward.objects.update(due_at=timezone.now())
    pay_due()
    assert outcomes(bob, answer)["answer_accepted"] == ["paid"]


def test_what_was_taken_back_says_because_of_what(
    alice: Any, bob: Any, carol: Any, manager: Any, answer: Any, deliver_all: Any, sign_in: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    add_reaction(actor=carol, post=answer, kind="helpful")
    deliver_all()
    unaccept_answer(actor=alice, thread=Thread.objects.get(pk=answer.thread_id))
    remove_reaction(actor=carol, post=answer, kind="helpful")
    reverse(
        actor=manager,
        transfer=Transfer.objects.get(rule_key="first_answer"),
        reason="It was not yours at all",
    )
    deliver_all()

    assert outcomes(bob, answer) == {
        "answer_accepted": ["nothing_yet"],
        "post_helped": ["nothing_yet"],
        "post_thanked": ["nothing_yet"],
        "first_answer": ["taken_back"],
    }
    text = sign_in(bob).get(f"/me/points/why/{answer.pk}/").content.decode()
    for said in (
        "The answer is no longer the accepted one",
        "A reader took their mark back",
        "It was not yours at all",
    ):
        assert said in text


def test_a_post_one_deleted_is_still_explained(bob: Any, answer: Any, deliver_all: Any) -> None:
    deliver_all()
    delete_post(actor=bob, post=answer)
    deliver_all()

    assert outcomes(bob, answer)["first_answer"] == ["gone"]


def test_only_the_author_reads_it(
    alice: Any, bob: Any, carol: Any, mod: Any, answer: Any, sign_in: Any, space: Any
) -> None:
    address = f"/me/points/why/{answer.pk}/"
    bodies = []
    for who, url in ((alice, address), (mod, address), (bob, "/me/points/why/987654/")):
        response = sign_in(who).get(url)
        assert response.status_code == 404
        bodies.append(response.status_code)
    assert sign_in(None).get(address)["Location"].startswith("/sign-in/")

    space.access = "private"
    space.save()
    assert sign_in(bob).get(address).status_code == 404


def test_the_menu_of_a_post_of_ones_own_leads_there(alice: Any, bob: Any, answer: Any, sign_in: Any) -> None:
    link = f'href="/me/points/why/{answer.pk}/"'
    menu = f"/p/{answer.pk}/menu/"
    assert link in sign_in(bob).get(menu).content.decode()
    assert link not in sign_in(alice).get(menu).content.decode()


def test_it_costs_the_same_for_two_marks_and_twenty(
    bob: Any, answer: Any, make_member: Any, deliver_all: Any, sign_in: Any
) -> None:
    costs = []
    for start, end in ((0, 2), (2, 20)):
        for n in range(start, end):
            add_reaction(actor=make_member(f"r{n}"), post=answer, kind="helpful")
        deliver_all()
        costs.append(fewest_statements(sign_in(bob), f"/me/points/why/{answer.pk}/"))

    assert costs[0] == costs[1] <= 24
