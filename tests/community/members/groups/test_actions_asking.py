"""Asking to join, inviting, and answering."""

import pytest

from community.belongings import Leaving, all_belongings
from community.errors import Conflict, DomainError, Invalid, Refused
from community.members.groups.actions import (
    answer_invitation,
    answer_request,
    ask_to_join,
    invite_member,
    leave_group,
    set_owner,
    withdraw_ask,
)
from community.members.models import GroupAsk, GroupMembership
from community.moderation.actions import decide_case
from community.moderation.models import Case
from community.notifications.models import Notice
from tests.racing import all_at_once
from tests.standing import deliver_all


def states():
    return sorted(GroupAsk.objects.values_list("state", flat=True))


def is_in(member):
    return GroupMembership.objects.filter(member=member).exists()


def kinds(member):
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


def test_owners_hear_of_a_request_and_let_people_in(alice, bob, make_group):
    group = make_group("Hut crew", owner=alice, join_mode="request")

    ask = ask_to_join(actor=bob, group=group, words="I carry wood.")
    assert ask_to_join(actor=bob, group=group) == ask
    deliver_all()
    assert "group.asked" in kinds(alice)
    assert not Case.objects.exists()

    answer_request(actor=alice, ask=ask, accept=True)
    deliver_all()
    assert is_in(bob)
    assert (states(), kinds(bob)) == (["accepted"], ["group.answered"])


def test_who_is_declined_is_told_and_may_ask_again(alice, bob, make_group):
    group = make_group("Hut crew", owner=alice, join_mode="request")

    answer_request(actor=alice, ask=ask_to_join(actor=bob, group=group), accept=False)
    ask_to_join(actor=bob, group=group)

    assert states() == ["declined", "open"]
    assert not is_in(bob)


@pytest.mark.parametrize("mode", ["open", "invitation"])
def test_a_group_that_takes_no_requests_says_so(bob, make_group, mode):
    with pytest.raises(Refused):
        ask_to_join(actor=bob, group=make_group("Hut crew", join_mode=mode))

    assert states() == []


def test_too_many_words_leave_no_request(bob, make_group):
    with pytest.raises(Invalid):
        ask_to_join(actor=bob, group=make_group("Hut crew", join_mode="request"), words="x" * 301)

    assert states() == []


def test_nobody_lets_themselves_in_nor_decides_about_groups_of_others(bob, carol, make_group):
    group = make_group("Hut crew", join_mode="request")
    other = make_group("Bakers", owner=carol)
    ask = ask_to_join(actor=bob, group=group)

    for who in (bob, carol):
        with pytest.raises(Refused):
            answer_request(actor=who, ask=ask, accept=True)

    assert (states(), is_in(bob), other.member_count) == (["open"], False, 1)


def test_a_request_is_taken_back(bob, make_group):
    group = make_group("Hut crew", join_mode="request")
    ask_to_join(actor=bob, group=group)

    assert withdraw_ask(actor=bob, group=group)
    assert not withdraw_ask(actor=bob, group=group)
    assert states() == ["withdrawn"]


def test_an_invited_member_decides(alice, bob, carol, make_group):
    group = make_group("Hut crew", owner=alice)
    for who in (bob, carol):
        invite_member(actor=alice, group=group, member=who)
    deliver_all()
    assert kinds(bob) == ["group.invited"]

    answer_invitation(actor=bob, group=group, accept=True)
    answer_invitation(actor=carol, group=group, accept=False)

    assert (is_in(bob), is_in(carol), states()) == (True, False, ["accepted", "declined"])
    with pytest.raises(Conflict):
        answer_invitation(actor=carol, group=group, accept=True)


def test_members_invite_nobody_and_those_inside_are_not_invited(alice, bob, carol, make_group):
    group = make_group("Hut crew", owner=alice, people=[bob])

    with pytest.raises(Refused):
        invite_member(actor=bob, group=group, member=carol)
    with pytest.raises(Conflict):
        invite_member(actor=alice, group=group, member=bob)

    assert states() == []


def test_who_asked_is_let_in_by_an_invitation(alice, bob, make_group):
    group = make_group("Hut crew", owner=alice, join_mode="request")
    ask_to_join(actor=bob, group=group)

    invite_member(actor=alice, group=group, member=bob)

    assert is_in(bob)


def test_nobody_answers_the_request_of_somebody_as_their_invitation(bob, make_group):
    group = make_group("Hut crew", join_mode="request")
    ask_to_join(actor=bob, group=group)

    with pytest.raises(Conflict):
        answer_invitation(actor=bob, group=group, accept=True)

    assert not is_in(bob)


def test_without_owners_a_request_waits_in_the_queue(bob, mod, make_group):
    group = make_group("Hut crew", join_mode="request")
    ask_to_join(actor=bob, group=group, words="I carry wood.")
    deliver_all()

    case = Case.objects.get(kind="join_request")
    decide_case(actor=mod, case=case, decision="admit")
    deliver_all()

    assert is_in(bob)
    case.refresh_from_db()
    assert case.state == "decided"


def test_a_request_answered_elsewhere_leaves_the_queue(bob, manager, make_group):
    group = make_group("Hut crew", join_mode="request")
    ask = ask_to_join(actor=bob, group=group)
    deliver_all()

    answer_request(actor=manager, ask=ask, accept=False)
    deliver_all()

    assert Case.objects.get().state == "closed"


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(alice, bob, manager, make_group):
    group = make_group("Hut crew", owner=alice, join_mode="request")
    ask = ask_to_join(actor=bob, group=group)

    answers = all_at_once(
        [lambda who=who: answer_request(actor=who, ask=ask, accept=True) for who in (alice, manager) * 3]
    )

    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert [error.code for error in refused] == ["answered_already"] * 5
    group.refresh_from_db()
    assert (GroupMembership.objects.filter(member=bob).count(), group.member_count) == (1, 2)


@pytest.mark.parametrize("way", ["leaves", "no longer owner", "erased"])
def test_what_waits_for_the_last_owner_goes_to_the_team_when_they_are_gone(
    manager, alice, bob, make_group, way
):
    group = make_group("Hut crew", owner=alice, join_mode="request")
    ask_to_join(actor=bob, group=group, words="I can cook.")
    deliver_all()
    assert not Case.objects.filter(kind="join_request").exists()

    if way == "leaves":
        leave_group(actor=alice, group=group)
    elif way == "no longer owner":
        set_owner(actor=manager, group=group, member=alice, is_owner=False)
    else:
        (groups,) = (one for one in all_belongings() if one.key == "members.groups")
        groups.erase(Leaving(alice.pk, alice.handle, alice.name, (), deletes_posts=False))
    deliver_all()

    assert Case.objects.filter(kind="join_request", state="open").count() == 1
    group.refresh_from_db()
    assert group.member_count == GroupMembership.objects.filter(group=group).count()
