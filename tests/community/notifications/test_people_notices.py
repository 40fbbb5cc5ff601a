"""Who follows somebody is told to them: once for each, together while unread, and not of those who keep it to themselves."""

from typing import Any

import pytest

from community.members.actions import block_member, edit_profile, follow_member, unfollow_member
from community.notifications.models import Notice

pytestmark = pytest.mark.django_db


def told(member: Any) -> list[Notice]:
    return list(Notice.objects.filter(member=member, kind="member.followed"))


def test_a_member_hears_who_follows_them(
    alice: Any, bob: Any, carol: Any, deliver_all: Any, sign_in: Any
) -> None:
    follow_member(actor=bob, member=alice)
    deliver_all()
    page = sign_in(alice).get("/notifications/").content.decode()
    assert "Bob Birch" in page
    assert "follows you" in page

    follow_member(actor=carol, member=alice)
    deliver_all()
    assert [notice.people for notice in told(alice)] == [2]
    assert "follow you" in sign_in(alice).get("/notifications/").content.decode()


def test_who_stops_and_begins_again_is_no_news(alice: Any, bob: Any, deliver_all: Any) -> None:
    for _again in range(3):
        follow_member(actor=bob, member=alice)
        deliver_all()
        unfollow_member(actor=bob, member=alice)

    assert [notice.event_count for notice in told(alice)] == [1]


@pytest.mark.parametrize("choice", [{"shows_follows": False}, {"hides_profile": True}])
def test_follows_kept_to_oneself_are_told_to_nobody(
    alice: Any, bob: Any, deliver_all: Any, choice: dict[str, bool]
) -> None:
    edit_profile(actor=bob, member=bob, changes=choice)
    follow_member(actor=bob, member=alice)
    deliver_all()

    assert told(alice) == []


def test_nothing_of_whom_they_block_and_of_what_ended_meanwhile(
    alice: Any, bob: Any, carol: Any, deliver_all: Any
) -> None:
    block_member(actor=alice, member=bob)
    follow_member(actor=bob, member=alice)
    follow_member(actor=carol, member=alice)
    unfollow_member(actor=carol, member=alice)
    deliver_all()

    assert told(alice) == []
