"""Editing posts, with their history kept."""

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, RateLimited, Refused
from community.spaces.models import Tag
from community.threads.actions import delete_post, edit_post, lock_thread, set_post_state
from community.threads.models import Mention, PostRevision
from tests.community.threads.conftest import fresh


def history(post):
    return list(PostRevision.objects.filter(post=post).values_list("number", "body_md", "reason"))


def test_the_text_before_is_kept_and_the_change_is_told(bob, answer, time_machine_at):
    first = answer.body_md
    with time_machine_at(minutes=10):
        edited = edit_post(actor=bob, post=answer, body="It *bends*.", reason="Shorter")

    assert edited.body_md == "It *bends*."
    assert "<em>bends</em>" in fresh(answer).body_html
    assert (fresh(answer).edit_count, fresh(answer).edited_at is not None) == (1, True)
    assert history(answer) == [(1, first, "Shorter")]
    told = Activity.objects.get(verb="post.edited")
    assert told.payload == {
        "thread_id": answer.thread_id,
        "revision": 1,
        "silent": False,
        "mentioned_ids": [],
    }


def test_an_own_edit_within_five_minutes_is_silent_but_kept(bob, mod, answer):
    first = answer.body_md

    edit_post(actor=bob, post=answer, body="It bends.")
    assert fresh(answer).edited_at is None
    assert history(answer) == [(1, first, "")]
    assert Activity.objects.get(verb="post.edited").payload["silent"] is True

    edit_post(actor=mod, post=fresh(answer), body="It bends!")
    assert fresh(answer).edited_at is not None
    assert Activity.objects.filter(verb="post.edited").latest("id").payload["silent"] is False


def test_silent_edits_in_a_row_keep_one_revision_and_no_mark(bob, mod, answer, sign_in):
    first = answer.body_md
    edit_post(actor=bob, post=answer, body="It bends.")
    edit_post(actor=bob, post=fresh(answer), body="It bends a lot.")

    assert history(answer) == [(1, first, "")]
    assert fresh(answer).edit_count == 2
    page = sign_in(bob).get(answer.thread.get_absolute_url()).content.decode()
    assert f'href="/p/{answer.pk}/history/"' not in page

    edit_post(actor=mod, post=fresh(answer), body="It does bend.")
    edit_post(actor=bob, post=fresh(answer), body="It bends, it does.")
    assert [text for _number, text, _reason in history(answer)] == [first, "It bends a lot.", "It does bend."]


def test_an_edit_that_changes_nothing_is_none(bob, answer):
    edit_post(actor=bob, post=answer, body=f" {answer.body_md}\r\n")

    assert fresh(answer).edit_count == 0
    assert not PostRevision.objects.exists()
    assert not Activity.objects.filter(verb="post.edited").exists()


def test_whoever_saves_second_is_told_that_the_text_has_changed(bob, mod, answer):
    edit_post(actor=mod, post=fresh(answer), body="Aluminium bends.", expected_edit_count=0)

    with pytest.raises(Conflict) as refusal:
        edit_post(actor=bob, post=answer, body="Steel bends.", expected_edit_count=0)

    assert refusal.value.code == "edited_meanwhile"
    assert fresh(answer).body_md == "Aluminium bends."
    assert PostRevision.objects.count() == 1


def test_a_first_post_brings_title_and_tags(alice, thread, question):
    edit_post(
        actor=alice, post=question, body=question.body_md, title="Poles for gales?", tags=["Poles", "winter"]
    )

    stored = fresh(thread)
    assert (stored.title, stored.tags) == ("Poles for gales?", ["poles", "winter"])
    assert dict(Tag.objects.values_list("slug", "thread_count")) == {"poles": 1, "winter": 1}
    assert PostRevision.objects.get().title == thread.title
    changes = Activity.objects.filter(verb="thread.changed").order_by("id")
    assert [(told.payload["change"], told.payload["after"]) for told in changes] == [
        ("rename", "Poles for gales?"),
        ("tags", "poles, winter"),
    ]

    edit_post(
        actor=alice, post=fresh(question), body="Two friends snapped poles. Which hold?", tags=["winter"]
    )
    assert dict(Tag.objects.values_list("slug", "thread_count")) == {"poles": 0, "winter": 1}
    assert fresh(thread).excerpt == "Two friends snapped poles. Which hold?"


def test_a_reply_does_not_change_the_title(bob, thread, answer):
    edit_post(actor=bob, post=answer, body="Another text", title="My own title", tags=["mine"])

    assert (fresh(thread).title, fresh(thread).tags) == (thread.title, [])


def test_a_question_stays_long_enough_to_be_answered(alice, question):
    with pytest.raises(Invalid, match="little more"):
        edit_post(actor=alice, post=question, body="Poles?")

    assert fresh(question).edit_count == 0


def test_only_the_newly_named_are_told_and_those_left_out_are_forgotten(bob, alice, carol, mod, answer):
    edit_post(actor=bob, post=answer, body="Ask @alice.")
    edit_post(actor=bob, post=fresh(answer), body="Ask @alice or @carol.")
    assert Activity.objects.filter(verb="post.edited").latest("id").payload["mentioned_ids"] == [carol.pk]

    edit_post(actor=bob, post=fresh(answer), body="Ask @carol.")
    assert list(Mention.objects.filter(post=answer).values_list("member_id", flat=True)) == [carol.pk]


def test_others_may_not_and_moderators_may(alice, carol, mod, answer):
    for actor in (alice, carol):
        with pytest.raises(Refused, match="Only its author"):
            edit_post(actor=actor, post=answer, body="Something else")
    assert fresh(answer).edit_count == 0

    assert edit_post(actor=mod, post=answer, body="Without the number", reason="Private data").edit_count == 1
    assert PostRevision.objects.get().editor == mod


def test_a_suspended_author_may_not(mallory, answer):
    type(answer).objects.filter(pk=answer.pk).update(author=mallory)

    with pytest.raises(Refused, match="paused"):
        edit_post(actor=mallory, post=fresh(answer), body="Buy this")


def test_what_is_closed_hidden_or_deleted_stays_as_it_is(bob, mod, thread, answer):
    lock_thread(actor=mod, thread=thread)
    with pytest.raises(Refused, match="closed"):
        edit_post(actor=bob, post=answer, body="Something else")

    hidden = set_post_state(actor=mod, post=answer, state="hidden", reason="Wait")
    with pytest.raises(Refused, match="not shown"):
        edit_post(actor=bob, post=hidden, body="Something else")

    assert fresh(answer).edit_count == 0


def test_a_deleted_post_is_not_edited_by_moderators_either(bob, mod, answer):
    deleted = delete_post(actor=bob, post=answer)

    with pytest.raises(Refused):
        edit_post(actor=mod, post=deleted, body="Something else")


def test_edits_are_limited(make_member, thread, make_reply, limits_on):
    newcomer = make_member("newcomer", trust_level=0)
    post = fresh(make_reply(newcomer, thread))
    limits_on()

    for number in range(10):
        post = edit_post(actor=newcomer, post=post, body=f"Text {number}")
    with pytest.raises(RateLimited):
        edit_post(actor=newcomer, post=post, body="Text 11")

    assert fresh(post).edit_count == 10
