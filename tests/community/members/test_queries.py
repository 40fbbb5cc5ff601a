"""A profile is read by one statement kept for all its readers: each of them gets their own answer from it."""

from typing import Any

import pytest
from django.db import connection

from community.errors import NotFound
from community.members.actions import follow_member
from community.members.models import Member
from community.members.queries import CALLED, get_member_for, get_profile_for, members_called

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
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Member.objects.get_queryset().with_handle("Alice").explain()

    # Two indexes begin with the handle in small letters, and either will do.
    assert "Index Scan using member_handle_" in plan
    assert "Index Cond: (lower((handle)::text) = 'alice'::text)" in plan


def test_members_are_found_while_their_name_is_typed(make_member):
    for handle, name in (
        ("maya", "Maya Lindqvist"),
        ("m_yrsa", "Yrsa O'Brien"),
        ("tomasz", "Tomasz Maj"),
        ("lena", "Anna-Lena Mayer"),
    ):
        make_member(handle, name=name)
    make_member("gone", name="Maya Gone", is_active=False)

    def found(begun, **options):
        return [member.handle for member in members_called(begun, **options)]

    assert found("ma") == ["maya", "tomasz", "lena"]
    assert found("MAYA L") == ["maya"]
    assert found("m_")[0] == "m_yrsa"
    assert found("brien") == found("O'B") == ["m_yrsa"]
    assert found("%") == found("ay") == found(" ") == found("\x00") == found("'") == []
    assert found("ma", most=1) == ["maya"]
    assert found("ma", but=[Member.objects.get(handle="maya").pk]) == ["tomasz", "lena"]


def test_a_name_that_is_typed_is_looked_up_by_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {CALLED}", [[1], "ma%", "ma:*", "ma%", 6])
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "member_handle_begins" in plan
    assert "member_name_words" in plan
