"""Notices by the API."""

import pytest
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notice


@pytest.fixture
def told(alice, bob, space, make_thread, make_reply, deliver_all):
    thread = make_thread(alice, space)
    for n in range(3):
        make_reply(bob, make_thread(alice, space, title=f"Question number {n}", body=f"What of number {n}?"))
    make_reply(bob, thread)
    deliver_all()
    # What badges tell is theirs to test.
    Notice.objects.filter(thread_id=None).delete()
    Member.objects.update(unread_notices=0)
    Member.objects.filter(pk=alice.pk).update(unread_notices=4)
    return thread


def test_a_member_reads_and_marks_their_notices(program, alice, told):
    caller = program(alice, "notices:read", "notices:write")

    page = caller.get("me/notices?limit=2").json()
    rest = caller.get(page["next"]).json()

    rows = page["results"] + rest["results"]
    assert len(rows) == 4 and rest["next"] is None
    assert all(row["actors"] == ["bob"] and not row["is_read"] and row["title"] for row in rows)
    assert caller.put(f"me/notices/{rows[0]['id']}/read").status_code == 204
    assert len(caller.get("me/notices?unread=true").json()["results"]) == 3
    assert caller.post("me/notices/read", {"ids": [rows[1]["id"], 999999]}).json() == {
        "unread": 2,
        "read_at": None,
    }
    assert caller.post("me/notices/read").json()["unread"] == 0


def test_other_peoples_notices_are_absent(program, bob, told):
    caller = program(bob)
    pk = Notice.objects.first().pk

    assert caller.get("me/notices").json()["results"] == []
    assert caller.put(f"me/notices/{pk}/read").status_code == 404
    assert caller.post("me/notices/read", {"ids": [pk]}).status_code == 200
    assert not Notice.objects.exclude(read_at=None).exists()


def test_what_one_may_no_longer_see_is_not_told(program, alice, told, mod):
    from community.spaces.models import Space

    Space.objects.update(access="private")

    assert program(alice).get("me/notices").json()["results"] == []


@pytest.mark.parametrize("query", ["after=x", "unread=perhaps", "limit=101"])
def test_odd_parameters_are_refused(program, alice, query):
    assert program(alice).get(f"me/notices?{query}").status_code == 400


def test_the_list_costs_the_same_for_two_and_twenty(
    program, alice, bob, told, space, make_thread, make_reply, deliver_all, django_assert_max_num_queries
):
    caller = program(alice)

    def count():
        with django_assert_max_num_queries(12) as captured:
            assert caller.get("me/notices?limit=50").status_code == 200
        return len(captured)

    few = count()
    for n in range(16):
        make_reply(bob, make_thread(alice, space, title=f"Another number {n}", body=f"And number {n}?"))
    deliver_all()

    assert count() == few


def test_times_are_in_utc(program, alice, told):
    said = program(alice).get("me/notices").json()["results"][0]["updated_at"]

    assert said.endswith("Z")
    assert said[:10] == timezone.now().date().isoformat()
