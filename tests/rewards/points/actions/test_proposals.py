"""Large corrections take two people: one proposes, another decides, once, and the log knows both."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from rewards.points.actions import adjust, confirm_adjustment, decline_adjustment, propose_adjustment
from rewards.points.models import Proposal, Transfer

REASON = "For carrying the tables at the fair"
PAGE = "/admin/points/proposal/"


@pytest.fixture
def boss(make_member: Any) -> Any:
    return make_member("boss", role="manager")


def propose(actor: Any, member: Any, points: int = 5_000, key: str = "k") -> Proposal:
    return propose_adjustment(
        actor=actor, member=member, earned=points, spendable=points, reason=REASON, key=key
    )


def test_one_manager_alone_moves_no_more_than_the_limit(manager: Any, bob: Any, points_of: Any) -> None:
    adjust(actor=manager, member=bob, earned=2_000, spendable=0, reason=REASON)
    for amounts in ((2_001, 0), (0, -2_001)):
        with pytest.raises(Refused) as refusal:
            adjust(actor=manager, member=bob, earned=amounts[0], spendable=amounts[1], reason=REASON)
        assert refusal.value.code == "second_person"
    assert points_of(bob) == (2_000, 0)


def test_another_manager_confirms_once(manager: Any, boss: Any, bob: Any, points_of: Any) -> None:
    row = propose(manager, bob)
    assert (propose(manager, bob), points_of(bob)) == (row, (0, 0))

    transfer = confirm_adjustment(actor=boss, proposal=row)

    assert points_of(bob) == (5_000, 5_000)
    assert (transfer.memo, transfer.actor_id) == (REASON, boss.pk)
    for decide in (
        lambda: confirm_adjustment(actor=boss, proposal=row),
        lambda: decline_adjustment(actor=boss, proposal=row, reason="After all not"),
    ):
        with pytest.raises(Conflict) as refusal:
            decide()
        assert refusal.value.code == "decided_already"
    assert points_of(bob) == (5_000, 5_000)
    said = Activity.objects.get(verb="points.adjustment_decided")
    assert (said.actor_id, said.payload["proposed_by_id"]) == (boss.pk, manager.pk)
    assert Activity.objects.get(verb="points.adjustment_proposed").actor_id == manager.pk


def test_nobody_confirms_their_own_proposal(manager: Any, bob: Any, points_of: Any) -> None:
    row = propose(manager, bob)

    for decide in (
        lambda: confirm_adjustment(actor=manager, proposal=row),
        lambda: decline_adjustment(actor=manager, proposal=row, reason="After all not"),
    ):
        with pytest.raises(Refused) as refusal:
            decide()
        assert refusal.value.code == "second_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(decided_by=manager)
    assert (points_of(bob), Proposal.objects.get().state) == ((0, 0), "waiting")


def test_a_declined_proposal_moves_nothing(manager: Any, boss: Any, bob: Any, points_of: Any) -> None:
    row = propose(manager, bob)
    with pytest.raises(Invalid):
        decline_adjustment(actor=boss, proposal=row, reason="no")

    decline_adjustment(actor=boss, proposal=row, reason="He never came")

    assert (points_of(bob), Proposal.objects.get().state) == ((0, 0), "declined")


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_only_managers_propose_and_decide(
    who: str, request: Any, manager: Any, bob: Any, points_of: Any
) -> None:
    actor = request.getfixturevalue(who)
    with pytest.raises(Refused):
        propose(actor, bob)
    row = propose(manager, bob)
    with pytest.raises(Refused):
        confirm_adjustment(actor=actor, proposal=row)
    assert points_of(bob) == (0, 0)


@pytest.mark.parametrize(("earned", "spendable"), [(0, 0), (10_001, 0), (1.5, 0), (0, 2**63)])
def test_what_cannot_be_corrected_cannot_be_proposed(
    manager: Any, bob: Any, earned: Any, spendable: Any
) -> None:
    with pytest.raises(Invalid):
        propose_adjustment(
            actor=manager, member=bob, earned=earned, spendable=spendable, reason=REASON, key="k"
        )
    assert not Proposal.objects.exists()


def test_what_is_not_there_is_not_taken_by_two_either(
    manager: Any, boss: Any, bob: Any, points_of: Any
) -> None:
    row = propose(manager, bob, points=-5_000)
    with pytest.raises(Refused) as refusal:
        confirm_adjustment(actor=boss, proposal=row)
    assert (refusal.value.code, points_of(bob), Proposal.objects.get().state) == (
        "not_enough_points",
        (0, 0),
        "waiting",
    )


def test_two_managers_decide_in_the_admin(manager: Any, boss: Any, bob: Any, sign_in: Any) -> None:
    form = {"member": bob.pk, "earned": 5000, "spendable": 0, "reason": REASON, "form_key": "abc"}
    refused = sign_in(manager).post("/admin/points/transfer/add/", form)
    assert "another manager confirms" in refused.content.decode()
    assert sign_in(manager).post(f"{PAGE}add/", form).status_code == 302
    row = Proposal.objects.get()
    assert sign_in(manager).post(f"{PAGE}{row.pk}/confirm/", {"reason": "Looks right"}).status_code == 403
    assert not Transfer.objects.exists()

    answer = sign_in(boss).post(f"{PAGE}{row.pk}/confirm/", {"reason": "I saw the tables"})

    assert (answer.status_code, Transfer.objects.get().earned) == (303, 5000)
    assert Proposal.objects.get().state == "confirmed"
    assert sign_in(boss).get(f"{PAGE}{row.pk}/decline/").status_code == 403
