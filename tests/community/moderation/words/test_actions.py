"""Keeping the list."""

import time
from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.moderation.models import WatchedWord
from community.moderation.words import actions
from community.moderation.words.matching import Finder, Word
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
    for _twice in range(2):
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
        "a{1,99999}", "(a{1,900}){1,900}b", "(?:(?:a{1000}){1000}){1000}", "(?x)(?:a{1000} ) {1000} {1000}",
        "(?:a{1000}[(]){1000}", "(?:a{1000}#)\n{1000}", "a{0000000000099999}", "(?e)(?:abcdefghij){e<=9}", r"(.+)+\1+x", "x" * 201, r"(?:a?){200}a{200}",
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


@pytest.mark.parametrize(
    "expression",
    [
        r"(?:\d{3}[- ]?){2}\d{4}",
        r"(\w{1,63}\.){1,10}[a-z]{2,63}",
        r"[A-Z]{2}\d{2}[A-Z0-9]{4}\d{7}([A-Z0-9]?){0,16}",
    ],
)
def test_numbers_as_people_write_them_are_watched_for(manager: Any, expression: str) -> None:
    assert actions.add_word(actor=manager, word=expression, action="block", is_regex=True).pk


def test_an_expression_kept_before_it_was_refused_closes_no_form(manager: Any) -> None:
    finder = Finder(
        [Word(1, "(?:(?:a{1000}){1000}){1000}", "block", is_regex=True), Word(2, "casino", "block")]
    )

    assert [hit.word.pk for hit in finder.find("a casino", "body")] == [2]


def test_a_table_runs_in_no_spreadsheet_and_comes_back_as_it_was(manager: Any) -> None:
    word = "=HYPERLINK(1)"
    actions.add_word(actor=manager, word=word, action="hold", note="@SUM(A1)")
    table = export_words(manager)
    assert f"'{word}" in table and "'@SUM(A1)" in table
    WatchedWord.objects.all().delete()

    actions.import_words(actor=manager, text=table, action="hold")

    kept = WatchedWord.objects.get()
    assert (kept.word, kept.note) == (word, "@SUM(A1)")


@pytest.mark.parametrize("text", ["word,action\n" + "x" * 200_000, '"' + "y" * 200_000, "a\x00b", "\r" * 50])
def test_a_list_that_is_no_table_is_refused_or_read_but_breaks_nothing(manager: Any, text: str) -> None:
    try:
        actions.import_words(actor=manager, text=text, action="hold")
    except Invalid as refusal:
        assert refusal.fields


def test_a_list_that_takes_too_long_to_try_is_refused_whole(manager: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "PATIENCE_FOR_LIST", 0.0)

    with pytest.raises(Invalid):
        actions.import_words(actor=manager, text="one\ntwo", action="hold")

    assert not WatchedWord.objects.exists()
