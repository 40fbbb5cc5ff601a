"""The page of who helped most."""

from typing import Any

import pytest
from django.core.cache import cache

from community.members.models import Member
from community.threads.actions import accept_answer


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def helped(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, deliver_all: Any) -> None:
    accept_answer(actor=alice, post=make_reply(bob, make_thread(alice, space)))
    deliver_all()


def page(client: Any, query: str = "") -> str:
    response = client.get(f"/people/helpful/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_empty_list_says_so_and_offers_the_choice(sign_in: Any, bob: Any, helped: None) -> None:
    assert "Nobody here yet" in page(sign_in(None))
    assert "Choose to appear" not in page(sign_in(None))
    assert "Choose to appear" in page(sign_in(bob))


@pytest.mark.parametrize("query", ["", "?period=week", "?period=month", "?period=all", "?period=nonsense"])
def test_a_place_is_named_with_its_reason(sign_in: Any, bob: Any, helped: None, query: str) -> None:
    Member.objects.filter(pk=bob.pk).update(on_leaderboards=True)

    text = page(sign_in(None), query)
    assert "Bob Birch" in text
    assert "1 answer accepted" in text


def test_the_team_is_offered_no_place(sign_in: Any, mod: Any) -> None:
    assert "Your choice" not in page(sign_in(mod))
