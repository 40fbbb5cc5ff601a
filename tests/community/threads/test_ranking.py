"""Rankings: by thanks and people, in the period, and only what the reader may read."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from community.spaces.models import SpaceMembership
from community.threads import queries
from community.threads.actions import add_reaction
from community.threads.models import Post, RankedThread, Ranking, Reaction, Thread
from community.threads.ranking import rank_threads


def places(viewer: Any, ranking: str) -> list[str]:
    return [row.title for row in queries.list_ranked(viewer, ranking).threads]


@pytest.fixture
def ranked(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any
) -> dict[str, Thread]:
    """One thread that two people answered, one that was thanked once, one that only its author added to."""
    answered = make_thread(alice, space, title="Answered by two people")
    for person in (bob, carol, bob):
        make_reply(person, answered, body=f"What {person.name} has to say, at {timezone.now().isoformat()}")
    thanked = make_thread(bob, space, title="Thanked by one person")
    add_reaction(
        actor=carol, post=Post.objects.select_related("thread__space").get(thread=thanked), kind="helpful"
    )
    alone = make_thread(alice, space, title="Only its author came back")
    make_reply(alice, alone, body="I found it out myself in the meantime, see below.")
    return {"answered": answered, "thanked": thanked, "alone": alone}


def test_people_and_thanks_make_the_place_and_noise_does_not(ranked: dict[str, Thread], carol: Any) -> None:
    rank_threads()

    for ranking in set(Ranking) - {Ranking.HOT}:
        assert places(carol, ranking.value) == ["Answered by two people", "Thanked by one person"]
    assert set(places(carol, "hot")) == {"Answered by two people", "Thanked by one person"}
    assert [row.why for row in queries.list_ranked(carol, "week").threads] == ["1.0.2", "2.1.0"]


def test_only_the_period_counts(ranked: dict[str, Thread], carol: Any) -> None:
    Post.objects.filter(thread=ranked["answered"]).update(created_at=timezone.now() - dt.timedelta(days=10))
    Reaction.objects.update(created_at=timezone.now() - dt.timedelta(days=40))
    rank_threads()

    assert places(carol, "week") == []
    assert places(carol, "month") == ["Answered by two people"]
    assert len(places(carol, "year")) == 2


def test_a_ranking_shows_only_what_its_reader_may_read(
    ranked: dict[str, Thread], carol: Any, bob: Any, private_space: Any
) -> None:
    Thread.objects.filter(pk=ranked["answered"].pk).update(space=private_space)
    Thread.objects.filter(pk=ranked["thanked"].pk).update(state="hidden")
    SpaceMembership.objects.create(space=private_space, member=bob)
    rank_threads()

    assert places(None, "week") == places(carol, "week") == []
    assert places(bob, "week") == ["Answered by two people"]


def test_ranking_again_changes_nothing_and_what_was_taken_back_goes(
    ranked: dict[str, Thread], carol: Any
) -> None:
    rank_threads()
    before = places(carol, "all")
    rank_threads()
    assert places(carol, "all") == before
    Reaction.objects.all().delete()
    rank_threads()
    assert places(carol, "week") == ["Answered by two people"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_rank_at_once_and_leave_one_ranking(ranked: dict[str, Thread]) -> None:
    def work(_turn: int) -> None:
        try:
            rank_threads([Ranking.WEEK])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))

    assert RankedThread.objects.filter(ranking="week").count() == 2


@pytest.mark.parametrize("by", ["hot", "day", "week", "month", "year", "all"])
def test_the_page_says_why_and_works_for_guests(
    ranked: dict[str, Thread], client: Any, sign_in: Any, carol: Any, by: str
) -> None:
    rank_threads()

    for reader in (client, sign_in(carol)):
        page = reader.get(f"/?view=top&by={by}")
        text = page.content.decode()
        assert page.status_code == 200
        assert "2 people replied" in text
        assert "counts for nothing" in text


@pytest.mark.parametrize("query", ["view=top&by=ever", "view=loudest", "view=top&by="])
def test_what_is_no_list_is_not_found(client: Any, sign_in: Any, carol: Any, query: str) -> None:
    assert client.get(f"/?{query}").status_code == 404
    assert sign_in(carol).get(f"/?{query}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["new", "unread", "mine", "following", "foryou"])
def test_lists_of_ones_own_are_not_for_guests(client: Any, view: str) -> None:
    assert client.get(f"/?view={view}").status_code == 404
