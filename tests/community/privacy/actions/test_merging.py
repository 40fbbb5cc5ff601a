"""Two accounts of one person become one."""

from typing import Any

import pytest

from community.errors import Invalid, Refused
from community.members.models import Follow, Member
from community.privacy.actions import merge_members
from community.privacy.merging.moving import count_rows
from community.privacy.models import FormerHandle
from community.threads.actions import bookmark_post, follow_thread
from community.threads.models import Bookmark, Post, Reaction, Thread
from rewards.points.actions import adjust
from rewards.points.audit import audit_ledger
from tests.community.privacy.life import HANDLE, Life

pytestmark = pytest.mark.django_db


def test_everything_moves_to_the_account_that_stays(
    life: Life, manager: Any, alice: Any, sign_in: Any
) -> None:
    reactions = Reaction.objects.filter(member=life.member).count()

    moved = merge_members(actor=manager, source=life.member, target=alice, reason="Joined twice.")

    assert moved > 20
    assert Thread.objects.get(pk=life.thread.pk).author == alice
    assert Post.objects.get(pk=life.answer.pk).author == alice
    assert Reaction.objects.filter(member=alice).count() == reactions > 0
    gone = Member.objects.get(pk=life.member.pk)
    assert (gone.is_active, gone.email, gone.name) == (False, "", "Former member")
    alice.refresh_from_db()
    assert alice.post_count > 0


def test_old_links_lead_to_the_account_that_stays(life: Life, manager: Any, alice: Any, sign_in: Any) -> None:
    merge_members(actor=manager, source=life.member, target=alice, reason="Joined twice.")

    answer = sign_in(None).get(f"/@{HANDLE}/")
    assert (answer.status_code, answer["Location"]) == (301, "/@alice/")
    assert sign_in(None).get(f"/@old-{HANDLE}/")["Location"] == "/@alice/"
    assert sign_in(None).get("/@never-was/").status_code == 404


def test_points_move_and_the_books_balance(life: Life, manager: Any, alice: Any, deliver_all: Any) -> None:
    adjust(actor=manager, member=alice, earned=5, spendable=3, reason="It was owed before.")
    life.member.refresh_from_db()
    earned, spendable = life.member.points_earned, life.member.points_to_spend

    merge_members(actor=manager, source=life.member, target=alice, reason="Joined twice.")
    deliver_all()

    alice.refresh_from_db()
    assert (alice.points_earned, alice.points_to_spend) == (earned + 5, spendable + 3)
    assert Member.objects.get(pk=life.member.pk).points_earned == 0
    assert earned >= 25
    assert audit_ledger() == []


def test_what_both_have_is_had_once(life: Life, manager: Any, alice: Any, bob: Any) -> None:
    post = Bookmark.objects.get(member=life.member).post
    bookmark_post(actor=alice, post=post)
    follow_thread(actor=alice, thread=post.thread)
    Follow.objects.create(follower=alice, followed=life.member)

    merge_members(actor=manager, source=life.member, target=alice, reason="Joined twice.")

    assert Bookmark.objects.filter(member=alice, post=post).count() == 1
    assert not Follow.objects.filter(follower=alice, followed=alice).exists()
    assert not Bookmark.objects.filter(member=life.member).exists()


def test_what_opens_the_old_account_opens_nothing(life: Life, manager: Any, alice: Any) -> None:
    opening = ("authenticator_set", "usersession_set", "api_keys", "push_subscriptions")
    assert [name for name in opening if not getattr(life.member, name).exists()] == []

    merge_members(actor=manager, source=life.member, target=alice, reason="Joined twice.")

    for related in opening:
        for member in (life.member, alice):
            assert not getattr(member, related).exists()


def test_counting_moves_nothing(life: Life) -> None:
    counted = {each.title: each.rows for each in count_rows(life.member)}

    assert counted["Posts"] == 3
    assert Thread.objects.get(pk=life.thread.pk).author == life.member


def test_only_managers_join_and_never_accounts_of_the_team(
    mod: Any, manager: Any, admin: Any, alice: Any, bob: Any
) -> None:
    for actor, source, target in (
        (mod, bob, alice),
        (manager, mod, alice),
        (manager, bob, admin),
        (manager, bob, bob),
    ):
        with pytest.raises(Refused):
            merge_members(actor=actor, source=source, target=target, reason="No.")
    with pytest.raises(Invalid):
        merge_members(actor=manager, source=bob, target=alice, reason=" ")

    assert not FormerHandle.objects.exists()
    assert Member.objects.get(pk=bob.pk).is_active
