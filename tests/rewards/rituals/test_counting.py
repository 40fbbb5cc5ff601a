"""What is kept up as things happen is what a full rebuild makes of the posts, and what counts is what the page says."""

import datetime as dt
import random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from community.activity.models import Delivery
from community.members.actions import edit_profile
from community.members.models import Member
from community.privacy.actions import merge_members
from community.threads.actions import add_reaction, delete_post, edit_post, remove_reaction, restore_post
from community.threads.models import Post, Reaction
from rewards.rituals.actions import recount_rhythms, save_ritual_rules
from rewards.rituals.counting import settle_members
from rewards.rituals.models import RitualChoices, StreakPeriod
from rewards.rituals.tasks import mend_rhythms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted")]
NOW = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)


def stored(member: Any) -> dict[str, int]:
    rows = StreakPeriod.objects.filter(member=member).order_by("starts_on")
    return {str(row.starts_on): row.contributions for row in rows}


def test_a_post_that_stands_counts_for_its_week(bob: Any, wrote: Any, deliver_all: Any) -> None:
    for day in (12, 13, 20):
        wrote(bob, dt.datetime(2026, 10, day, 9, tzinfo=dt.UTC))
    deliver_all()

    assert stored(bob) == {"2026-10-12": 2, "2026-10-19": 1}
    assert recount_rhythms() == 0


def test_a_word_or_two_counts_once_somebody_else_marks_it(
    bob: Any, carol: Any, wrote: Any, deliver_all: Any
) -> None:
    post = wrote(bob, NOW, body="Same here!")
    deliver_all()
    assert stored(bob) == {}

    add_reaction(actor=carol, post=post, kind="thanks")
    deliver_all()
    assert stored(bob) == {"2026-10-19": 1}

    remove_reaction(actor=carol, post=post, kind="thanks")
    deliver_all()
    assert stored(bob) == {}


def test_what_is_removed_no_longer_counts_and_comes_back(bob: Any, wrote: Any, deliver_all: Any) -> None:
    post = wrote(bob, NOW)
    deliver_all()
    delete_post(actor=bob, post=post)
    deliver_all()
    assert stored(bob) == {}

    post.refresh_from_db()
    restore_post(actor=bob, post=post)
    deliver_all()
    assert stored(bob) == {"2026-10-19": 1}


def test_the_stricter_floor_asks_for_a_mark_of_somebody_else(
    manager: Any, bob: Any, carol: Any, wrote: Any
) -> None:
    first = wrote(bob, NOW)
    wrote(bob, NOW - dt.timedelta(days=7))
    Reaction.objects.create(post=first, member=carol, kind="helpful")
    Reaction.objects.create(post=first, member=bob, kind="thanks")
    save_ritual_rules(actor=manager, changes={"floor": "helped"})
    recount_rhythms()

    assert stored(bob) == {"2026-10-19": 1}


def test_weeks_are_those_of_the_members_own_clock(bob: Any, carol: Any, wrote: Any, deliver_all: Any) -> None:
    Member.objects.filter(pk=bob.pk).update(time_zone="Pacific/Auckland")
    Member.objects.filter(pk=carol.pk).update(time_zone="Nowhere/Else")
    sunday_evening = dt.datetime(2026, 10, 18, 22, tzinfo=dt.UTC)  # Monday 11:00 in Auckland
    wrote(bob, sunday_evening)
    wrote(carol, sunday_evening)
    deliver_all()

    assert (stored(bob), stored(carol)) == ({"2026-10-19": 1}, {"2026-10-12": 1})


def test_a_week_in_which_clocks_change_has_seven_days(bob: Any, wrote: Any, deliver_all: Any) -> None:
    Member.objects.filter(pk=bob.pk).update(time_zone="Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    # The clocks go back on Sunday 25 October: its last hour, and the first of Monday.
    for moment in (
        dt.datetime(2026, 10, 25, 23, 59, tzinfo=berlin),
        dt.datetime(2026, 10, 26, 0, 1, tzinfo=berlin),
    ):
        wrote(bob, moment)
    deliver_all()

    assert stored(bob) == {"2026-10-19": 1, "2026-10-26": 1}
    assert recount_rhythms() == 0


def test_another_clock_counts_every_week_again(bob: Any, wrote: Any, deliver_all: Any) -> None:
    wrote(bob, dt.datetime(2026, 10, 18, 22, tzinfo=dt.UTC))
    deliver_all()
    edit_profile(actor=bob, member=bob, changes={"time_zone": "Pacific/Auckland"})
    deliver_all()

    assert stored(bob) == {"2026-10-19": 1}


def test_nothing_is_kept_of_the_team_the_gone_and_those_who_do_not_want_it(
    bob: Any, carol: Any, mod: Any, make_member: Any, wrote: Any, deliver_all: Any
) -> None:
    gone = make_member("gone")
    for member in (bob, carol, mod, gone):
        wrote(member, NOW)
    RitualChoices.objects.create(member=carol, counts_streak=False)
    Member.objects.filter(pk=gone.pk).update(is_active=False)
    deliver_all()

    kept = StreakPeriod.objects.exclude(member__handle="alice")
    assert list(kept.values_list("member__handle", flat=True)) == ["bob"]
    assert recount_rhythms() == 0


def test_the_night_mends_what_nobody_heard_and_says_so(
    bob: Any, wrote: Any, deliver_all: Any, caplog: Any
) -> None:
    post = wrote(bob, NOW)
    deliver_all()
    StreakPeriod.objects.create(member=bob, starts_on=dt.date(2026, 1, 5), contributions=3)
    Post.objects.filter(pk=post.pk).update(created_at=NOW - dt.timedelta(days=21))

    assert mend_rhythms() == 1
    assert "rhythms of 1 members differed" in caplog.text
    assert (stored(bob), mend_rhythms()) == ({"2026-09-28": 1}, 0)


def test_of_two_accounts_that_become_one_the_weeks_are_counted_together(
    admin: Any, bob: Any, carol: Any, wrote: Any, deliver_all: Any
) -> None:
    wrote(bob, NOW)
    wrote(carol, NOW - dt.timedelta(days=7))
    deliver_all()
    merge_members(actor=admin, source=bob, target=carol, reason="The same person")

    assert (stored(bob), stored(carol)) == ({}, {"2026-10-12": 1, "2026-10-19": 1})


@pytest.mark.parametrize("seed", range(6))
def test_kept_up_by_what_happens_it_is_what_a_rebuild_counts(
    seed: int, bob: Any, carol: Any, alice: Any, wrote: Any, deliver_all: Any
) -> None:
    chance = random.Random(seed)
    Member.objects.filter(pk=carol.pk).update(time_zone="America/St_Johns")
    posts: list[Post] = []
    for _step in range(25):
        what = chance.choice(("write", "write", "short", "mark", "edit", "delete", "clock"))
        author = chance.choice((bob, carol))
        if what in ("write", "short"):
            moment = NOW - dt.timedelta(hours=chance.randrange(24 * 70))
            body = {"body": f"Yes {chance.random():.6}"} if what == "short" else {}
            posts.append(wrote(author, moment, **body))
        elif what == "clock":
            zone = chance.choice(("Asia/Kathmandu", "Pacific/Apia", "UTC"))
            author.refresh_from_db()
            edit_profile(actor=author, member=author, changes={"time_zone": zone})
        elif posts:
            post = Post.objects.get(pk=chance.choice(posts).pk)
            if post.state != "visible":
                continue
            if what == "mark" and not Reaction.objects.filter(post=post, member=alice).exists():
                add_reaction(actor=alice, post=post, kind="helpful")
            elif what == "edit":
                edit_post(
                    actor=post.author,
                    post=post,
                    body=chance.choice(("Short.", "A long enough answer, with reasons and a picture.")),
                )
            elif what == "delete":
                delete_post(actor=post.author, post=post)
        if chance.random() < 0.4:
            deliver_all()
    deliver_all()
    # Delivered once more: nothing is counted twice.
    Delivery.objects.filter(consumer__startswith="rituals.").update(done_at=None)
    deliver_all()

    kept = {member.handle: stored(member) for member in (bob, carol)}
    StreakPeriod.objects.all().delete()
    settle_members([bob.pk, carol.pk])
    assert kept == {member.handle: stored(member) for member in (bob, carol)}


def test_the_same_however_the_day_was_reached(bob: Any, wrote: Any, deliver_all: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        wrote(bob, NOW)
        deliver_all()
    with time_machine.travel(NOW + dt.timedelta(days=400), tick=False):
        assert recount_rhythms() == 0
