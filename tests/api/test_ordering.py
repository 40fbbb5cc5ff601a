"""Keeping order by the API."""

import datetime as dt

import pytest
from django.utils import timezone

from community.threads.models import Post, Regrouping, Thread, ThreadTimer
from tests.community.threads.conftest import fresh


@pytest.fixture
def api(program):
    """Call the API as somebody."""
    return program


@pytest.fixture
def thread(alice, space, make_thread):
    """A question by Alice."""
    return make_thread(alice, space)


@pytest.fixture
def answer(bob, thread, make_reply):
    """Bob's reply to it."""
    return fresh(make_reply(bob, thread))


def test_a_thread_is_unlisted_archived_slowed_and_pinned_everywhere(api, mod, thread):
    answer = api(mod).patch(
        f"/api/v1/threads/{thread.pk}",
        {"is_unlisted": True, "slow_seconds": 60, "is_pinned": True, "is_pinned_everywhere": True},
        format="json",
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "unlisted"
    assert answer.json()["is_pinned"]
    back = api(mod).patch(f"/api/v1/threads/{thread.pk}", {"is_unlisted": False})
    assert back.json()["state"] == "visible"


def test_timers_are_set_listed_and_cancelled(api, bob, mod, thread):
    address = f"/api/v1/threads/{thread.pk}/timers"
    at = (timezone.now() + dt.timedelta(days=1)).isoformat()

    assert api(mod).put(f"{address}/close", {"idle_days": 4}).status_code == 200
    assert api(bob).put(f"{address}/remind", {"at": at}).status_code == 200
    assert api(bob).put(f"{address}/close", {"at": at}).status_code == 403
    assert api(mod).put(f"{address}/close", {}).status_code == 422

    listed = api(bob).get(address).json()["results"]
    assert sorted(timer["kind"] for timer in listed) == ["close", "remind"]
    assert [timer["kind"] for timer in api(mod).get(address).json()["results"]] == ["close"]
    assert api(mod).delete(f"{address}/close").status_code == 204
    assert ThreadTimer.objects.get().kind == "remind"


def test_threads_are_merged_split_and_put_back(api, bob, mod, space, thread, answer, make_thread):
    other = make_thread(bob, space)

    merged = api(mod).post(f"/api/v1/threads/{other.pk}/merge", {"into": thread.pk})
    assert merged.status_code == 200, merged.content
    assert api(bob).get(f"/api/v1/threads/{other.pk}").json()["id"] == thread.pk
    listed = api(mod).get(f"/api/v1/threads/{thread.pk}/regroupings").json()["results"]
    assert [entry["id"] for entry in listed] == [merged.json()["id"]]
    undo = f"/api/v1/threads/{thread.pk}/regroupings/{merged.json()['id']}"
    assert api(bob).delete(undo).status_code == 403
    assert api(mod).delete(undo).json()["id"] == other.pk

    split = api(mod).post(f"/api/v1/threads/{thread.pk}/split", {"posts": [answer.pk], "title": "Splinting"})
    assert split.status_code == 200, split.content
    assert Thread.objects.get(pk=split.json()["target_id"]).title == "Splinting"
    assert Regrouping.objects.count() == 2


def test_deleting_for_good_wants_to_be_meant(api, manager, mod, answer):
    address = f"/api/v1/posts/{answer.pk}"
    api(mod).put(f"{address}/state", {"state": "removed", "reason": "Private data"})

    unsure = api(manager).post(f"{address}/purge", {"reason": "Private data", "sure": False})
    assert unsure.status_code == 422
    assert api(mod).post(f"{address}/purge", {"reason": "x", "sure": True}).status_code == 403
    assert fresh(answer).state == "removed"

    sure = api(manager).post(f"{address}/purge", {"reason": "Private data", "sure": True})
    assert sure.status_code == 204
    assert not Post.objects.filter(pk=answer.pk).exists()


def test_a_pin_is_put_away_by_its_reader(api, bob, mod, thread):
    api(mod).patch(f"/api/v1/threads/{thread.pk}", {"is_pinned": True})

    assert api(bob).put(f"/api/v1/threads/{thread.pk}/pin-aside").status_code == 204
    assert api(bob).delete(f"/api/v1/threads/{thread.pk}/pin-aside").status_code == 204
