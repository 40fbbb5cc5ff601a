"""What is offered while one types."""

import pytest

from community.search.queries import near, offers, search_threads


@pytest.fixture
def thread(alice, space, make_thread, deliver_all):
    from community.members.actions import welcome_newcomer

    welcome_newcomer(actor=alice)
    thread = make_thread(alice, space, tags=["winter-camping"])
    deliver_all()
    return thread


def test_threads_people_spaces_and_tags(thread, guest):
    assert [t.title for t in offers(guest, "pol").threads] == [thread.title]
    assert [m.handle for m in offers(guest, "ali").people] == ["alice"]
    assert [(p.sort, p.url) for p in offers(guest, "help").places] == [("space", "/s/help/")]
    assert [p.slug for p in offers(guest, "how").places] == ["help"]
    assert [(p.sort, p.url) for p in offers(guest, "winter c").places] == [("tag", "/tags/winter-camping/")]
    assert offers(guest, "p") == ([], [], [], [])


def test_a_filter_that_was_begun_may_go_on(thread, guest):
    def told(text):
        return [c.text for c in offers(guest, text).completions]

    assert told("poles @al") == ["poles @alice"]
    assert told("poles #he") == ["poles #help"]
    assert told("by:ali") == ["by:alice"]
    assert told("tag:win") == ["tag:winter-camping"]
    assert told("poles status:un") == ["poles status:unsolved", "poles status:unanswered"]
    assert told("order:") == ["order:latest", "order:oldest", "order:likes"]
    assert told("before:20") == []


def test_suggestions_take_the_words_of_a_longer_question(thread, guest):
    assert [t.title for t in offers(guest, "status:unsolved pol").threads] == [thread.title]


def test_wild_cards_are_letters(thread, guest):
    assert offers(guest, "%%").places == []
    assert offers(guest, "h_lp").places == []


def test_titles_come_near_when_words_are_spelt_wrongly(thread, alice, space, make_thread, guest, deliver_all):
    other = make_thread(alice, space, title="A whinter without poles", body="Misspelt by somebody else.")
    deliver_all()

    found = near(guest, "whinter gale poles")
    assert thread.title in [t.title for t in found.titles]

    again = near(guest, "wintr")
    assert thread.title in [t.title for t in again.titles] or again.meant == "winter"
    assert [hit.title for hit in search_threads(guest, "whinter").hits] == [other.title]
