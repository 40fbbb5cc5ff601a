"""What watched words do to what is written."""

from typing import Any

import pytest

from community.errors import Held, Invalid
from community.members.actions import edit_profile
from community.moderation.models import Held as HeldRow
from community.threads.actions import edit_post
from community.threads.models import Post, Thread


def test_a_blocked_word_refuses_with_the_word_named_and_keeps_nothing(
    watch: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    watch("casino", "block")

    with pytest.raises(Invalid) as refusal:
        make_reply(alice, thread, body="Visit my саsіno today")

    assert "саsіno" in refusal.value.fields["body"]
    with pytest.raises(Invalid) as refusal:
        make_thread(alice, space, title="The best casino")
    assert "title" in refusal.value.fields
    assert (Thread.objects.count(), Post.objects.count(), HeldRow.objects.count()) == (1, 1, 0)


def test_a_word_is_covered_replaced_or_linked_and_the_text_rendered_anew(
    watch: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    watch("damn", "censor")
    watch("guyline", "replace", replacement="guy line")
    watch("warranty", "link", replacement="/guidelines/")
    thread = make_thread(alice, space, title="My damn tent", body="A damn guyline under warranty, `guyline`.")

    post = Post.objects.get(thread=thread)
    assert thread.title == "My ■■■ tent"
    assert post.body_md == "A ■■■ guy line under [warranty](/guidelines/), `guyline`."
    assert '<a href="/guidelines/"' in post.body_html


def test_a_word_tags_a_new_thread(watch: Any, alice: Any, space: Any, make_thread: Any) -> None:
    watch("zip*", "tag", replacement="Zips")

    thread = make_thread(alice, space, body="The zipper of my tent is stuck.", tags=["tents"])

    assert thread.tags == ["tents", "zips"]


def test_a_held_word_lets_it_wait(
    watch: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    watch("casino", "hold")

    with pytest.raises(Held):
        make_reply(alice, thread, body="Visit my casino today, the Casino")

    assert Post.objects.count() == 1
    held = HeldRow.objects.get()
    assert (held.kind, held.author, held.thread, held.state) == ("reply", alice, thread, "waiting")
    assert held.grounds == [{"code": "word", "facts": {"word": "casino"}}]


def test_staff_are_trusted(watch: Any, mod: Any, space: Any, make_thread: Any) -> None:
    watch("casino", "block")

    assert make_thread(mod, space, body="We remove links to any casino.").pk


def test_nobody_is_stopped_for_a_word_that_stood_there_already(
    watch: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space, body="The casino in town sells poles.")
    post = Post.objects.select_related("thread__space").get(thread=thread)
    watch("casino", "block")
    watch("lotto", "block")

    edited = edit_post(actor=alice, post=post, body="The casino in town sells good poles.")

    assert edited.body_md == "The casino in town sells good poles."
    with pytest.raises(Invalid):
        edit_post(actor=alice, post=post, body="The casino in town sells lotto.")


def test_names_and_what_members_say_about_themselves_are_judged_where_wanted(watch: Any, alice: Any) -> None:
    watch("casino", "hold", in_names=True)
    watch("damn", "censor")

    with pytest.raises(Invalid) as refusal:
        edit_profile(actor=alice, member=alice, changes={"name": "Casino Alice"})

    assert "name" in refusal.value.fields
    with pytest.raises(Invalid):
        edit_profile(actor=alice, member=alice, changes={"bio_md": "I own a casino"})
    edit_profile(actor=alice, member=alice, changes={"bio_md": "A damn good climber", "name": "Damn Alice"})
    alice.refresh_from_db()
    assert (alice.name, alice.bio_md) == ("Damn Alice", "A ■■■ good climber")
    assert "■■■" in alice.bio_html


def test_an_expression_that_runs_away_lets_the_text_wait(
    watch: Any, alice: Any, space: Any, make_thread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.moderation.words.actions.check_expression", lambda *_a, **_k: None)
    watch(r"(\w+\s?)*$", "block", is_regex=True)

    with pytest.raises(Held):
        make_thread(alice, space, body="word " * 3_000 + "!")

    assert HeldRow.objects.get().grounds[0]["code"] == "words_slow"
