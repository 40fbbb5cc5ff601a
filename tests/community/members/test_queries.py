"""A profile is read by one statement kept for all its readers: each of them gets their own answer from it."""

from typing import Any

import pytest

from community.errors import NotFound
from community.members.actions import follow_member
from community.members.models import Member
from community.members.queries import get_member_for, get_profile_for

pytestmark = pytest.mark.django_db


def test_each_reader_sees_whom_they_follow_themselves(alice: Any, bob: Any, carol: Any) -> None:
    follow_member(actor=bob, member=alice)

    assert get_profile_for(bob, "alice").is_followed
    assert not get_profile_for(carol, "alice").is_followed
    assert not get_profile_for(None, "alice").is_followed
    assert not get_profile_for(bob, "carol").is_followed
    assert get_profile_for(alice, "alice").is_own


def test_only_staff_meet_someone_who_left(make_member: Any, alice: Any, mod: Any) -> None:
    make_member("gone", is_active=False)

    assert get_member_for(mod, "gone").handle == "gone"
    for reader in (alice, None):
        with pytest.raises(NotFound):
            get_member_for(reader, "gone")


def test_a_member_read_so_is_whole(alice: Any, bob: Any) -> None:
    read, stored = get_member_for(bob, "ALICE"), Member.objects.get(pk=alice.pk)

    for field in Member._meta.concrete_fields:
        assert getattr(read, field.attname) == getattr(stored, field.attname), field.attname


def test_a_handle_is_found_by_the_index_that_keeps_it_unique(alice: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Member.objects.get_queryset().with_handle("Alice").explain()

    assert "member_handle_once" in plan
