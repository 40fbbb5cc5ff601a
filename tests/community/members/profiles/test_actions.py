"""Ignoring for a while, banners, and who sees whose follows."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Invalid, NotFound, Refused
from community.members.actions import edit_profile, follow_member
from community.members.models import Ignore, Profile
from community.members.profiles.actions import (
    expire_ignores,
    ignore_member,
    remove_banner,
    set_banner,
    set_month_posts,
    unignore_member,
)
from community.members.profiles.queries import banner_of, list_follows, unread_ids
from community.writing.models import Upload
from tests.community.writing.pictures import encoded, photo, upload

pytestmark = pytest.mark.django_db


def test_ignoring_folds_until_its_end_and_then_no_longer(regular: Any, bob: Any) -> None:
    follow_member(actor=regular, member=bob)
    ignore_member(actor=regular, member=bob, days=7)
    assert unread_ids(regular) == {bob.pk}
    assert not regular.following.exists()

    Ignore.objects.update(until=timezone.now() - dt.timedelta(minutes=1))
    assert unread_ids(regular) == set()
    assert expire_ignores() == 1
    regular.refresh_from_db()
    assert regular.block_count == 0
    assert not Ignore.objects.exists()


def test_doing_it_again_moves_the_end_and_counts_once(regular: Any, bob: Any) -> None:
    ignore_member(actor=regular, member=bob, days=7)
    ignore_member(actor=regular, member=bob, days=None)

    assert Ignore.objects.get().until is None
    assert regular.block_count == 1
    unignore_member(actor=regular, member=bob)
    unignore_member(actor=regular, member=bob)
    regular.refresh_from_db()
    assert (regular.block_count, unread_ids(regular)) == (0, set())


def test_newcomers_the_team_and_oneself_are_refused(alice: Any, regular: Any, bob: Any, mod: Any) -> None:
    for actor, member in ((bob, regular), (regular, mod), (regular, regular)):
        with pytest.raises(Refused):
            ignore_member(actor=actor, member=member, days=7)
    with pytest.raises(Invalid):
        ignore_member(actor=regular, member=bob, days=8)

    assert not Ignore.objects.exists()


def test_the_team_is_told_when_five_ignore_one(make_member: Any, bob: Any) -> None:
    for n in range(6):
        ignore_member(actor=make_member(f"reader-{n}", trust_level=2), member=bob, days=30)

    told = Activity.objects.get(verb="member.ignored_by_many")
    assert told.payload == {"count": 5, "handle": "bob"}
    assert told.actor_id is None


def test_a_banner_is_drawn_anew_and_goes_with_its_files(alice: Any, bob: Any, manager: Any) -> None:
    address = set_banner(actor=alice, file=upload(encoded(photo(900, 500)), "b.png"))

    kept = Upload.objects.get()
    assert {size: tuple(v[:2]) for size, v in kept.variants.items()} == {
        "640": (640, 160),
        "1280": (1280, 320),
    }
    assert banner_of(alice) == address
    with pytest.raises(Refused):
        remove_banner(actor=bob, member=alice)
    remove_banner(actor=manager, member=alice)
    assert banner_of(alice) == ""
    assert not Upload.objects.exists()


def test_follows_are_seen_unless_the_member_keeps_them(alice: Any, bob: Any, carol: Any, mod: Any) -> None:
    follow_member(actor=bob, member=alice)
    follow_member(actor=alice, member=carol)

    assert [m.handle for m in list_follows(None, "alice", "followers").members] == ["bob"]
    assert [m.handle for m in list_follows(None, "alice", "following").members] == ["carol"]
    edit_profile(actor=alice, member=alice, changes={"shows_follows": False})
    for viewer in (None, bob):
        with pytest.raises(NotFound):
            list_follows(viewer, "alice", "followers")
    assert list_follows(alice, "alice", "followers").members == [bob]


def test_the_posts_of_a_month_are_written_down_and_forgotten(alice: Any, bob: Any) -> None:
    set_month_posts(actor=None, counts={alice.pk: 3, bob.pk: 1, 987654: 5})
    set_month_posts(actor=None, counts={bob.pk: 2})

    assert dict(Profile.objects.values_list("member__handle", "month_posts")) == {"alice": 0, "bob": 2}
