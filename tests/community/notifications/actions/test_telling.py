from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from community.activity.models import Activity
from community.members.models import Member
from community.notifications.actions import notify, reconsider, reconsider_member, save_choices
from community.notifications.models import Choice, Notice, NoticeCause, OutboundMail
from community.notifications.queries.choices import Chosen


def unread(member):
    return Member.objects.get(pk=member.pk).unread_notices


def test_members_are_told_and_their_bell_counts(tell, alice, bob, carol):
    assert tell([bob, carol], actor=alice) == 2

    assert Notice.objects.count() == 2
    assert unread(bob) == unread(carol) == 1


def test_the_one_who_acted_is_never_told(tell, alice, bob):
    assert tell([alice, bob], actor=alice) == 1

    assert not Notice.objects.filter(member=alice).exists()
    assert unread(alice) == 0


def test_one_activity_is_told_once_however_often_it_is_delivered(tell, happen, alice, bob):
    activity = happen(alice)

    told = [tell([bob], actor=alice, activity=activity) for _again in range(3)]

    assert told == [1, 0, 0]
    assert unread(bob) == Notice.objects.count() == OutboundMail.objects.count() == 1


def test_history_that_is_brought_in_tells_nobody(tell, happen, alice, bob):
    assert tell([bob], actor=alice, activity=happen(alice, quiet=True)) == 0

    assert not Notice.objects.exists()
    assert not NoticeCause.objects.exists()


def test_members_who_left_are_not_told(tell, alice, make_member):
    gone = make_member("gone", is_active=False)

    assert tell([gone], actor=alice) == 0


def test_a_kind_that_is_switched_off_is_not_told(tell, wave, alice, bob):
    save_choices(actor=bob, chosen={wave.key: Chosen(Choice.OFF, Choice.OFF)})

    assert tell([bob], actor=alice) == 0

    assert unread(bob) == 0
    assert not OutboundMail.objects.exists()


def test_a_kind_chosen_for_the_site_only_is_not_mailed(tell, wave, alice, bob):
    save_choices(actor=bob, chosen={wave.key: Chosen(Choice.ON, Choice.OFF)})

    assert tell([bob], actor=alice) == 1

    assert not OutboundMail.objects.exists()


def test_the_same_key_gathers_while_unread(tell, make_kind, alice, bob, carol):
    gather = make_kind("test.gather", merges=True)

    for actor in (alice, carol, carol):
        tell([bob], actor=actor, kind=gather, merge_key="post:1")

    notice = Notice.objects.get()
    assert notice.event_count == 3
    assert notice.actor_ids == [carol.pk, alice.pk]
    assert unread(bob) == 1
    assert OutboundMail.objects.count() == 1


def test_a_read_notice_gathers_no_more(tell, make_kind, alice, bob):
    from community.notifications.actions import mark_all_read

    gather = make_kind("test.gather", merges=True)
    tell([bob], actor=alice, kind=gather, merge_key="post:1")
    mark_all_read(actor=bob)

    tell([bob], actor=alice, kind=gather, merge_key="post:1")

    assert Notice.objects.count() == 2
    assert unread(bob) == 1


def test_kinds_that_do_not_merge_ignore_the_key(tell, alice, bob):
    tell([bob], actor=alice, merge_key="post:1")
    tell([bob], actor=alice, merge_key="post:1")

    assert Notice.objects.count() == 2


def test_the_kind_that_says_more_wins_in_either_order(tell, happen, make_kind, alice, bob, carol):
    more = make_kind("test.more", priority=9)
    first, second = happen(alice), happen(alice)

    tell([bob], actor=alice, activity=first)
    tell([bob], actor=alice, activity=first, kind=more)
    tell([carol], actor=alice, activity=second, kind=more)
    tell([carol], actor=alice, activity=second)

    assert list(Notice.objects.order_by("pk").values_list("kind", flat=True)) == ["test.more", "test.more"]
    assert list(OutboundMail.objects.order_by("pk").values_list("kind", flat=True)) == [
        "test.more",
        "test.more",
    ]
    assert unread(bob) == unread(carol) == 1


def test_what_becomes_hidden_leaves_the_count_and_returns(tell, fence, alice, bob):
    tell([bob], actor=alice, subject=("threads.post", 7))
    fence.hidden_from.add(bob.pk)

    assert reconsider(subject=("threads.post", 7)) == 1
    assert unread(bob) == 0
    assert reconsider(subject=("threads.post", 7)) == 0

    fence.hidden_from.clear()
    assert reconsider_member(member=bob) == 1
    assert unread(bob) == 1


def test_nothing_new_joins_a_hidden_notice(tell, make_kind, fence, alice, bob):
    gather = make_kind("test.gather", merges=True)
    tell([bob], actor=alice, kind=gather, merge_key="thread:1", thread_id=1)
    fence.hidden_from.add(bob.pk)
    reconsider(thread_ids=[1])

    tell([bob], actor=alice, kind=gather, merge_key="thread:1", thread_id=1)

    assert Notice.objects.filter(is_hidden=False).count() == 1


def test_telling_many_costs_as_much_as_telling_two(tell, make_member, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    crowd = [make_member(f"m{n}") for n in range(20)]
    with CaptureQueriesContext(connection) as two:
        tell(crowd[:2])
    with CaptureQueriesContext(connection) as twenty:
        tell(crowd)

    assert len(twenty) == len(two), [query["sql"] for query in twenty]


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_merge_into_one_notice(make_kind, make_member):
    gather = make_kind("test.gather", merges=True)
    people = [make_member(f"m{n}") for n in range(8)]
    bob = make_member("bob")
    rows = [
        Activity.objects.create(
            verb="test.happened", actor=people[n % 8], target_type="members.member", target_pk=1
        )
        for n in range(40)
    ]
    gate = Barrier(8)

    def run(mine):
        gate.wait()
        for activity in mine:
            notify(
                actor=activity.actor,
                member_ids=[bob.pk],
                kind=gather,
                activity=activity,
                merge_key="post:1",
            )
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(run, rows[n::8]) for n in range(8)]:
            done.result()

    notice = Notice.objects.get()
    assert notice.event_count == 40
    assert sorted(notice.actor_ids) == sorted(person.pk for person in people)
    assert unread(bob) == 1
    assert OutboundMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_crowds_told_in_opposite_orders_do_not_wait_for_each_other(make_kind, make_member):
    gather = make_kind("test.gather", merges=True)
    crowd = [make_member(f"m{n}").pk for n in range(30)]
    rows = [
        Activity.objects.create(verb="test.happened", target_type="members.member", target_pk=1)
        for _n in range(12)
    ]
    gate = Barrier(4)

    def run(mine, order):
        gate.wait()
        for activity in mine:
            notify(actor=None, member_ids=order, kind=gather, activity=activity, merge_key="all")
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        orders = [crowd, crowd[::-1], crowd[15:] + crowd[:15], crowd[::-1]]
        for done in [pool.submit(run, rows[n::4], orders[n]) for n in range(4)]:
            done.result()

    assert set(Notice.objects.values_list("event_count", flat=True)) == {12}
    assert set(Member.objects.values_list("unread_notices", flat=True)) == {1}
