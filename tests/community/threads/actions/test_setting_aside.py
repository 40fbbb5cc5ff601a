"""Setting aside what is new or unread, and bringing it back."""

from typing import Any

import pytest

from community.errors import Invalid
from community.threads import queries
from community.threads.actions import attend_to_thread, bring_back, mark_read, set_aside
from community.threads.models import SetAside, Thread

LISTS = {"new": queries.list_new, "unread": queries.list_unread}


@pytest.fixture
def waiting(alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any) -> None:
    """For Carol: one thread with an unread reply, and one never opened."""
    opened: Thread = make_thread(alice, space)
    mark_read(actor=carol, thread=opened, position=1)
    attend_to_thread(actor=carol, thread=opened, level="tracking")
    make_reply(bob, opened)
    make_thread(alice, space, title="Something new to open", body="It was written a moment ago.")


def listed(member: Any, what: str) -> list[int]:
    return [row.pk for row in LISTS[what](member).threads]


@pytest.mark.parametrize("what", ["new", "unread"])
def test_all_is_set_aside_at_once_and_brought_back(waiting: None, carol: Any, what: str) -> None:
    other = "unread" if what == "new" else "new"
    before = listed(carol, what)
    assert before

    set_aside(actor=carol, what=what)
    assert listed(carol, what) == []
    assert listed(carol, other)
    bring_back(actor=carol, what=what)
    bring_back(actor=carol, what=what)
    assert listed(carol, what) == before


def test_what_comes_later_is_not_set_aside(
    waiting: None, alice: Any, carol: Any, space: Any, make_thread: Any
) -> None:
    set_aside(actor=carol, what="new")
    later = make_thread(alice, space, title="Begun after that", body="And it is shown again.")

    assert listed(carol, "new") == [later.pk]


def test_bringing_back_leaves_what_was_set_aside_before(waiting: None, carol: Any) -> None:
    set_aside(actor=carol, what="new")
    set_aside(actor=carol, what="new")
    bring_back(actor=carol, what="new")

    assert listed(carol, "new") == []


def test_nothing_else_can_be_set_aside(carol: Any) -> None:
    for act in (set_aside, bring_back):
        with pytest.raises(Invalid):
            act(actor=carol, what="everything")

    assert not SetAside.objects.exists()


def test_the_form_works_both_ways_and_offers_to_bring_back(waiting: None, carol: Any, sign_in: Any) -> None:
    client = sign_in(carol)

    page = client.post("/aside/", {"what": "new"}, follow=True)
    assert page.redirect_chain[-1] == ("/?view=new&aside=1", 303)
    assert "Bring back what you set aside" in page.content.decode()

    page = client.post("/aside/", {"what": "new", "back": "1"}, follow=True)
    assert "Something new to open" in page.content.decode()
    assert client.post("/aside/", {"what": "all"}).status_code == 422
