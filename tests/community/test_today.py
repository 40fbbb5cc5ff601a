"""Which three things stand on top of a home."""

import pytest

from community import today
from community.today import Kind, Suggestion, suggestions_for


def named(kind: Kind, text: str) -> Suggestion:
    return Suggestion(kind, "chat", "because", text, "go", "/")


@pytest.fixture
def suggesters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "_suggesters", {})


def test_one_of_each_kind_comes_before_a_second_of_one(suggesters: None) -> None:
    today.add_suggester("rooms", lambda _member: [named(Kind.HAPPENING, "room")], order=30)
    today.add_suggester("help", lambda _member: [named(Kind.HELP, f"help {n}") for n in range(3)], order=10)
    today.add_suggester("polls", lambda _member: [named(Kind.ASK, "poll")], order=20)

    assert [it.text for it in suggestions_for(None)] == ["help 0", "poll", "room"]


def test_what_is_missing_is_filled_with_more_of_the_rest(suggesters: None) -> None:
    today.add_suggester("help", lambda _member: [named(Kind.HELP, f"help {n}") for n in range(3)], order=10)
    today.add_suggester("rooms", lambda _member: [named(Kind.HAPPENING, "room")], order=30)

    assert [it.text for it in suggestions_for(None)] == ["help 0", "room", "help 1"]


def test_nobody_is_asked_for_more_than_three(suggesters: None) -> None:
    today.add_suggester("help", lambda _member: [named(Kind.HELP, f"help {n}") for n in range(9)])

    assert len(suggestions_for(None)) == 3
