"""Keeping the list."""

import time
from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.moderation.models import WatchedWord
from community.moderation.words import actions
from community.moderation.words.queries import export_words, try_words


def test_managers_keep_the_list_and_nobody_else(manager: Any, mod: Any, alice: Any) -> None:
    word = actions.add_word(actor=manager, word=" casino ", action="hold")

    assert word.word == "casino"
    for actor in (mod, alice):
        with pytest.raises(Refused):
            actions.add_word(actor=actor, word="other", action="hold")
        with pytest.raises(Refused):
            actions.remove_word(actor=actor, word=word)
        with pytest.raises(Refused):
            actions.import_words(actor=actor, text="other", action="hold")
    assert WatchedWord.objects.count() == 1


def test_what_changes_is_written_down_with_what_it_was(manager: Any) -> None:
    word = actions.add_word(actor=manager, word="casino", action="replace", replacement="game")
    actions.change_word(actor=manager, word=word, changes={"replacement": "play"})
    actions.remove_word(actor=manager, word=word)

    told = Activity.objects.filter(verb__startswith="word.").order_by("id")
    assert [entry.verb for entry in told] == ["word.added", "word.changed", "word.removed"]
    assert told[1].payload["before"]["replacement"] == "game"
    assert told[1].payload["after"]["replacement"] == "play"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"word": "—…", "action": "hold"}, "word"),
        ({"word": "casino", "action": "replace"}, "replacement"),
        ({"word": "casino", "action": "link", "replacement": "javascript:alert(1)"}, "replacement"),
        ({"word": "casino", "action": "link", "replacement": "https://x.example/)[a](b"}, "replacement"),
        ({"word": "casino", "action": "tag", "replacement": "!!"}, "replacement"),
        ({"word": "casino", "action": "dance"}, "action"),
        ({"word": "w" * 201, "action": "hold"}, "word"),
        (
            {"word": "casino", "action": "hold", "in_title": False, "in_body": False, "in_profile": False},
            "in_body",
        ),
    ],
)
def test_a_word_that_cannot_be_used_is_refused_with_its_field(
    manager: Any, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.add_word(actor=manager, **fields)

    assert field in refusal.value.fields
    assert not WatchedWord.objects.exists()


@pytest.mark.parametrize(
    "expression",
    [
        "(", "[z-a]", r"(?P<n", "(a|a)*$", "(a*)*", "", ".*", r"(\w+\s?)*$", r"^(([a-z])+.)+[A-Z]([a-z])+$",
        "a{1,99999}", "(a{1,900}){1,900}b", r"(.+)+\1+x", "x" * 201, r"(?:a?){200}a{200}",
    ],
)  # fmt: skip
def test_a_hostile_expression_is_refused_quickly(manager: Any, expression: str) -> None:
    begun = time.monotonic()

    with pytest.raises(Invalid):
        actions.add_word(actor=manager, word=expression, action="block", is_regex=True)

    assert time.monotonic() - begun < 5
    assert not WatchedWord.objects.exists()


def test_the_same_word_is_kept_once(manager: Any) -> None:
    actions.add_word(actor=manager, word="casino", action="hold")

    with pytest.raises(Conflict):
        actions.add_word(actor=manager, word="casino", action="hold")
    actions.add_word(actor=manager, word="casino", action="censor")


def test_a_list_goes_out_and_comes_in_again(manager: Any) -> None:
    actions.add_word(
        actor=manager, word='say "hi", you', action="replace", replacement="hello", in_names=True
    )
    actions.add_word(actor=manager, word=r"0800[- ]?\d{3}", action="block", is_regex=True)
    table = export_words(manager)
    WatchedWord.objects.all().delete()

    assert actions.import_words(actor=manager, text=table, action="hold") == (2, 0)

    assert export_words(manager) == table
    assert actions.import_words(actor=manager, text=table, action="hold") == (0, 2)


def test_a_line_that_cannot_be_used_refuses_the_whole_list(manager: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.import_words(actor=manager, text="casino\n\n***\nlotto", action="hold")

    assert "2" in refusal.value.fields["text"]
    assert not WatchedWord.objects.exists()


def test_trying_says_what_a_text_would_set_off_and_writes_nothing(manager: Any, alice: Any) -> None:
    actions.add_word(actor=manager, word="damn", action="censor")
    actions.add_word(actor=manager, word="casino", action="hold")

    trial = try_words(manager, title="A dаmn tent", body="No casino, `damn` in code")

    assert [(hit.word.word, hit.written, hit.place) for hit in trial.found] == [
        ("damn", "dаmn", "title"),
        ("casino", "casino", "body"),
        ("damn", "damn", "body"),
    ]
    assert trial.title == "A ■■■ tent"
    with pytest.raises(Refused):
        try_words(alice, body="casino")
