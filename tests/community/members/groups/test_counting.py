"""The count of a group is the number of its rows, whatever happened in whatever order."""

import contextlib
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.errors import DomainError
from community.members.groups import actions
from community.members.groups.counting import count_groups
from community.members.models import AskState, Group, GroupAsk, GroupMembership, Member

ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["join", "leave", "add", "remove", "ask", "let in", "invite", "follow", "claim", "unclaim"]
        ),
        st.integers(0, 2),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, mode=st.sampled_from(["open", "request"]))
def test_the_count_is_the_number_of_rows(
    acts: Any, mode: str, manager: Any, alice: Any, bob: Any, carol: Any, make_group: Any
) -> None:
    with transaction.atomic():
        group = make_group("Hut crew", join_mode=mode, claim="crew")
        for act, who in acts:
            with contextlib.suppress(DomainError):
                _do(act, manager, group, (alice, bob, carol)[who])
            assert (
                Group.objects.get(pk=group.pk).member_count
                == GroupMembership.objects.filter(group=group).count()
            )
        assert count_groups() == 0
        transaction.set_rollback(True)


def _do(act: str, manager: Member, group: Group, member: Member) -> None:
    waiting = GroupAsk.objects.filter(group=group, member=member, state=AskState.OPEN).first()
    if act == "join":
        actions.join_group(actor=member, group=group)
    elif act == "leave":
        actions.leave_group(actor=member, group=group)
    elif act == "add":
        actions.add_to_group(actor=manager, group=group, member=member)
    elif act == "remove":
        actions.remove_from_group(actor=manager, group=group, member=member)
    elif act == "ask":
        actions.ask_to_join(actor=member, group=group)
    elif act == "let in" and waiting is not None and not waiting.is_invitation:
        actions.answer_request(actor=manager, ask=waiting, accept=True)
    elif act == "invite":
        actions.invite_member(actor=manager, group=group, member=member)
    elif act == "follow":
        actions.answer_invitation(actor=member, group=group, accept=True)
    elif act in ("claim", "unclaim"):
        claims = ["crew"] if act == "claim" else []
        actions.sync_groups_from_claims(actor=None, member=member, claims=claims)


def test_a_count_that_is_wrong_is_set_right(alice: Any, make_group: Any) -> None:
    group = make_group("Hut crew", people=[alice])
    Group.objects.filter(pk=group.pk).update(member_count=40)

    assert count_groups() == 1

    group.refresh_from_db()
    assert group.member_count == 1
