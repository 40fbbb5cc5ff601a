"""Lists: dry runs, what is left out and why, in steps."""

from typing import Any

import pytest

from community.errors import Invalid, Refused
from community.members.invitations import limits
from community.members.invitations.actions import begin_batch, decline_invitation, invite_by_mail, run_batch
from community.members.models import Invitation, InvitationBatch, Member

pytestmark = pytest.mark.django_db
LIST = [
    "one@example.org",
    "not an address",
    "ONE@example.org",
    "bob@example.org",
    "",
    "asked@example.org",
    "no@example.org",
]
WHY = [[2, "not an address", "unreadable"], [3, "ONE@example.org", "twice"], [4, "bob@example.org", "member"],
       [5, "", "unreadable"], [6, "asked@example.org", "invited"], [7, "no@example.org", "declined"]]  # fmt: skip


@pytest.fixture
def known(bob: Any, manager: Any) -> None:
    invite_by_mail(actor=manager, email="asked@example.org")
    decline_invitation(actor=None, invitation=invite_by_mail(actor=manager, email="no@example.org"))


@pytest.mark.parametrize("dry", [True, False])
@pytest.mark.parametrize("at_once", [2, 500])
def test_a_list_says_row_by_row_what_was_left_out(
    manager: Any, known: None, monkeypatch: pytest.MonkeyPatch, dry: bool, at_once: int
) -> None:
    monkeypatch.setattr(limits, "AT_ONCE", at_once)
    batch = begin_batch(actor=manager, addresses=LIST, is_dry_run=dry, message="Come and see.")
    while run_batch(actor=None):
        pass

    batch.refresh_from_db()
    assert (batch.state, batch.row_count, batch.done_count) == ("done", 7, 7)
    assert (batch.good_count, batch.bad_count) == (1, 6)
    assert batch.report == WHY
    assert batch.addresses == []
    made = list(Invitation.objects.filter(batch=batch).values_list("email", "mail", "message"))
    assert made == ([] if dry else [("one@example.org", "queued", "Come and see.")])


def test_only_managers_hand_in_lists_and_not_without_end(alice: Any, mod: Any, manager: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            begin_batch(actor=actor, addresses=LIST)
    for addresses in ([], ["", ""], ["x@example.org"] * (limits.MOST_ROWS + 1)):
        with pytest.raises(Invalid):
            begin_batch(actor=manager, addresses=addresses)

    assert not InvitationBatch.objects.exists()


def test_whoever_may_not_invite_any_more_invites_nobody(manager: Any) -> None:
    batch = begin_batch(actor=manager, addresses=LIST, is_dry_run=False)
    Member.objects.filter(pk=manager.pk).update(role="member")
    run_batch(actor=None)

    batch.refresh_from_db()
    assert (batch.good_count, batch.bad_count) == (0, 7)
    assert not Invitation.objects.exists()


def test_a_long_list_is_worked_through_in_steps(manager: Any) -> None:
    batch = begin_batch(
        actor=manager, addresses=[f"p{n}@example.org" for n in range(2_000)], is_dry_run=False
    )
    while run_batch(actor=None):
        pass

    batch.refresh_from_db()
    assert batch.good_count == Invitation.objects.count() == 2_000
