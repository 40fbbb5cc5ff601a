"""Keeping posts for later."""

import pytest

from community.activity.models import Activity
from community.errors import Refused
from community.threads.actions import bookmark_post, unbookmark_post
from community.threads.models import Bookmark


def test_a_post_is_kept_once_and_nobody_is_told(carol, answer):
    told = Activity.objects.count()

    bookmark_post(actor=carol, post=answer)
    bookmark_post(actor=carol, post=answer)
    assert Bookmark.objects.get().member == carol

    unbookmark_post(actor=carol, post=answer)
    unbookmark_post(actor=carol, post=answer)
    assert not Bookmark.objects.exists()
    assert Activity.objects.count() == told


def test_taking_back_touches_only_ones_own(alice, carol, answer):
    bookmark_post(actor=alice, post=answer)

    unbookmark_post(actor=carol, post=answer)

    assert Bookmark.objects.get().member == alice


def test_suspended_members_keep_nothing(mallory, answer):
    with pytest.raises(Refused):
        bookmark_post(actor=mallory, post=answer)

    assert not Bookmark.objects.exists()
