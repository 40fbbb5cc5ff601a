"""Replying."""

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, DomainError, Invalid, NotFound, RateLimited, Refused
from community.members.models import Member
from community.spaces.models import Space, SpaceMembership
from community.threads.actions import lock_thread, mute_thread, reply_to_thread, set_post_state
from community.threads.models import Mention, Post, ReadState, Thread, ThreadFollow
from tests.community.threads.conftest import fresh


def unchanged(thread: Thread) -> bool:
    now = Thread.objects.get(pk=thread.pk)
    return (now.last_position, now.reply_count, Post.objects.filter(thread=thread).count()) == (1, 0, 1)


def test_a_reply_takes_the_next_place_and_is_told(alice, bob, thread):
    post = reply_to_thread(actor=bob, thread=thread, body="Ask @alice, she *knows*.")

    assert post.position == 2
    stored = Thread.objects.get(pk=thread.pk)
    assert (stored.last_position, stored.reply_count, stored.last_author) == (2, 1, bob)
    assert stored.last_post_at == post.created_at
    assert list(Mention.objects.filter(post=post).values_list("member_id", flat=True)) == [alice.pk]
    told = Activity.objects.get(verb="post.created")
    assert (told.target_pk, told.space_id) == (post.pk, thread.space_id)
    assert told.payload == {
        "thread_id": thread.pk,
        "thread_title": thread.title,
        "thread_kind": "question",
        "thread_author_id": alice.pk,
        "position": 2,
        "reply_to_author_id": None,
        "mentioned_ids": [alice.pk],
        "excerpt": "Ask @alice, she knows.",
    }


def test_writing_follows_the_thread_unless_it_is_muted(bob, carol, thread, make_reply):
    mute_thread(actor=carol, thread=thread)

    make_reply(bob, thread)
    make_reply(carol, thread)

    levels = dict(ThreadFollow.objects.values_list("member__handle", "level"))
    assert (levels["bob"], levels["carol"]) == ("tracking", "muted")
    assert ReadState.objects.get(thread=thread, member=carol).last_read_position == 3


def test_a_reply_to_a_post_names_whom_it_answers(carol, bob, thread, answer):
    post = reply_to_thread(actor=carol, thread=thread, body="How do you splint it?", reply_to=answer)

    assert post.reply_to == answer
    assert Activity.objects.filter(verb="post.created").latest("id").payload["reply_to_author_id"] == bob.pk


def test_only_a_shown_post_of_the_same_thread_is_answered(
    alice, bob, mod, space, thread, answer, make_thread
):
    elsewhere = make_thread(alice, space)

    with pytest.raises(Invalid, match="no longer shown"):
        reply_to_thread(actor=bob, thread=elsewhere, body="Here?", reply_to=answer)
    hidden = set_post_state(actor=mod, post=answer, state="hidden", reason="Looks like an advertisement")
    with pytest.raises(Invalid, match="no longer shown"):
        reply_to_thread(actor=alice, thread=thread, body="There?", reply_to=hidden)

    assert unchanged(elsewhere)


def test_a_reply_costs_one_transaction_of_at_most_fourteen_statements(alice, bob, carol, thread, counted):
    thread = fresh_with_space(thread)

    with counted() as statements:
        reply_to_thread(actor=bob, thread=thread, body="Ask @alice and @carol.")

    assert len(statements()) <= 14, "\n".join(statements())


def test_a_reply_in_a_private_space_costs_no_more(alice, bob, carol, private_space, make_thread, counted):
    for member in (alice, bob, carol):
        SpaceMembership.objects.create(space=private_space, member=member)
    thread = fresh_with_space(make_thread(alice, private_space))

    with counted() as statements:
        reply_to_thread(actor=bob, thread=thread, body="Ask @alice and @carol.")

    assert len(statements()) <= 14, "\n".join(statements())


def fresh_with_space(thread: Thread) -> Thread:
    return Thread.objects.select_related("space").get(pk=thread.pk)


def test_suspended_and_silenced_members_read_only(mallory, make_member, thread):
    silenced = make_member("silenced", silenced_until=timezone.now() + timezone.timedelta(days=2))

    with pytest.raises(Refused, match="paused until"):
        reply_to_thread(actor=mallory, thread=thread, body="Buy this")
    with pytest.raises(Refused, match="You can read, but not write until"):
        reply_to_thread(actor=silenced, thread=thread, body="I object")

    assert unchanged(thread)


def test_a_locked_thread_says_why(bob, mod, thread, make_reply):
    locked = lock_thread(actor=mod, thread=thread)

    with pytest.raises(Refused, match="This thread is closed"):
        reply_to_thread(actor=bob, thread=locked, body="One more thing")
    assert unchanged(thread)
    assert make_reply(mod, locked).position == 2


def test_a_thread_locked_while_one_wrote_says_why(bob, mod, thread):
    seen = fresh_with_space(thread)
    lock_thread(actor=mod, thread=thread)

    with pytest.raises(Refused, match="This thread is closed"):
        reply_to_thread(actor=bob, thread=seen, body="One more thing")

    assert unchanged(thread)


def test_a_space_moderator_may_write_in_a_locked_thread_of_their_space(carol, mod, space, thread, make_reply):
    SpaceMembership.objects.create(space=space, member=carol, is_moderator=True)

    assert make_reply(carol, lock_thread(actor=mod, thread=thread)).position == 2


def test_an_archive_says_why(bob, thread, space):
    Space.objects.filter(pk=space.pk).update(is_archived=True)

    with pytest.raises(Refused, match="archive"):
        reply_to_thread(actor=bob, thread=Thread.objects.get(pk=thread.pk), body="Still there?")

    assert unchanged(thread)


def test_who_was_taken_out_of_a_private_space_while_writing_finds_nothing(
    alice, bob, private_space, make_thread
):
    SpaceMembership.objects.create(space=private_space, member=alice)
    inside = SpaceMembership.objects.create(space=private_space, member=bob)
    thread = fresh_with_space(make_thread(alice, private_space))
    inside.delete()

    with pytest.raises(NotFound):
        reply_to_thread(actor=bob, thread=thread, body="Let me say this")

    assert unchanged(thread)


@pytest.mark.parametrize("body", ["", "  \n ", "\u200b\u200b\u200b", "x", "x" * 32_001])
def test_what_cannot_be_used_changes_nothing(bob, thread, body):
    with pytest.raises(Invalid) as refusal:
        reply_to_thread(actor=bob, thread=thread, body=body)

    assert list(refusal.value.fields) == ["body"]
    assert unchanged(thread)


def test_a_form_sent_twice_is_one_reply(bob, carol, thread, make_reply):
    make_reply(bob, thread, body="Aluminium bends.")

    with pytest.raises(Conflict) as refusal:
        reply_to_thread(actor=bob, thread=thread, body="Aluminium bends.\r\n")

    assert refusal.value.code == "said_already"
    assert make_reply(carol, thread, body="Aluminium bends.").position == 3


def test_newcomers_wait_between_replies(make_member, thread, limits_on):
    limits_on()
    newcomer = make_member("newcomer", trust_level=0)

    reply_to_thread(actor=newcomer, thread=thread, body="First thought")
    with pytest.raises(RateLimited) as refusal:
        reply_to_thread(actor=newcomer, thread=thread, body="Second thought")

    assert 20 <= refusal.value.retry_after <= 30
    assert Post.objects.filter(thread=thread).count() == 2


def test_a_form_sent_twice_is_said_before_it_is_called_too_fast(make_member, thread, limits_on):
    limits_on()
    newcomer = make_member("newcomer", trust_level=0)
    reply_to_thread(actor=newcomer, thread=thread, body="First thought")

    with pytest.raises(Conflict) as refusal:
        reply_to_thread(actor=newcomer, thread=thread, body="First thought")

    assert refusal.value.code == "said_already"


def test_a_newcomer_writes_ten_replies_on_the_first_day(make_member, thread, limits_on):
    limits_on(**{"threads.reply": "500/day"})
    newcomer = make_member("newcomer", trust_level=0)

    for number in range(10):
        reply_to_thread(actor=newcomer, thread=thread, body=f"Thought {number}")
    with pytest.raises(RateLimited):
        reply_to_thread(actor=newcomer, thread=thread, body="Thought 11")


def test_staff_is_not_slowed_down(mod, thread, limits_on):
    limits_on()

    for number in range(4):
        reply_to_thread(actor=mod, thread=thread, body=f"Answer {number}")

    assert Thread.objects.get(pk=thread.pk).reply_count == 4


@pytest.mark.parametrize(
    "body",
    ["[" * 31_000, "> " * 5_000 + "deep", "@alice " * 4_000, "`" * 32_000, "*a_" * 10_000, "| a " * 8_000],
)
def test_hostile_texts_are_stored_or_refused_quickly(bob, thread, body):
    started = timezone.now()

    try:
        reply_to_thread(actor=bob, thread=thread, body=body)
    except DomainError as refusal:
        assert refusal.status == 422

    assert (timezone.now() - started).total_seconds() < 6


def test_markup_of_members_never_reaches_the_page(bob, thread):
    post = reply_to_thread(
        actor=bob, thread=thread, body="<script>alert(1)</script> [x](javascript:alert(1)) <b onx=1>"
    )

    assert "<script" not in post.body_html
    assert "<b onx" not in post.body_html
    assert 'href="javascript' not in post.body_html


def test_contributions_are_counted_when_they_are_heard_of(alice, bob, thread, make_reply, deliver_all):
    make_reply(bob, thread)
    make_reply(bob, thread)

    deliver_all()

    counts = {row["handle"]: row for row in Member.objects.values("handle", "thread_count", "post_count")}
    assert (counts["alice"]["thread_count"], counts["alice"]["post_count"]) == (1, 0)
    assert (counts["bob"]["thread_count"], counts["bob"]["post_count"]) == (0, 2)
    assert fresh(thread).reply_count == 2
