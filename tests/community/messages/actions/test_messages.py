"""Sending, changing and taking back messages."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.errors import Conflict, DomainError, Invalid, NotFound, Refused
from community.members.actions import block_member
from community.members.models import Member
from community.messages import actions, queries
from community.messages.models import Conversation, Message, Participation
from community.writing.actions import add_image
from community.writing.queries import get_upload_for
from tests.community.writing.pictures import encoded, photo, upload
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


def test_answering_means_having_read(talk: Conversation, bob: Any, alice: Any, say: Any) -> None:
    say(bob, talk, "It is in the shed.")

    places = {row.member_id: row for row in Participation.objects.all()}
    assert (places[bob.pk].last_read_position, places[bob.pk].is_unread) == (2, False)
    assert (places[alice.pk].last_read_position, places[alice.pk].is_unread) == (1, True)
    assert Member.objects.get(pk=bob.pk).unread_conversations == 0
    assert Member.objects.get(pk=alice.pk).unread_conversations == 1


@pytest.mark.parametrize(("body", "code"), [("  \u200b \n", "body_empty"), ("x" * 10_001, "body_long")])
def test_a_text_that_says_nothing_or_too_much_is_refused(
    talk: Conversation, bob: Any, body: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.send_message(actor=bob, conversation=talk, body=body)

    assert refusal.value.code == code
    assert "body" in refusal.value.fields
    assert Message.objects.count() == 1


def test_a_form_sent_twice_says_it_once(talk: Conversation, bob: Any, alice: Any, say: Any) -> None:
    say(bob, talk, "Yes.")

    with pytest.raises(Conflict) as refusal:
        say(bob, talk, "Yes.")

    assert refusal.value.code == "said_already"
    say(alice, talk, "Yes.")
    assert Message.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_many_messages_at_once_get_a_place_each_and_one_count(
    talk: Conversation, alice: Any, bob: Any
) -> None:
    answers = all_at_once(
        [
            lambda n=n: actions.send_message(
                actor=alice if n % 2 else bob, conversation=talk, body=f"Word {n}."
            )
            for n in range(8)
        ]
    )

    assert all(isinstance(answer, Message) for answer in answers), answers
    places = Message.objects.filter(conversation=talk).order_by("position")
    assert list(places.values_list("position", flat=True)) == list(range(1, 10))
    talk.refresh_from_db()
    assert talk.last_position == 9
    last = places.last()
    assert last is not None
    for row in Participation.objects.select_related("member"):
        assert row.is_unread is (row.member_id != last.author_id)
        assert row.member.unread_conversations == int(row.is_unread)


def test_whoever_blocks_someone_in_a_group_is_not_called_by_them(
    group: Conversation, bob: Any, carol: Any, say: Any
) -> None:
    actions.mark_read(actor=carol, conversation=group)
    block_member(actor=carol, member=bob)

    say(bob, group, "Hello?")

    assert Member.objects.get(pk=carol.pk).unread_conversations == 0
    page = queries.conversation_page(carol, group.pk)
    assert [said.is_folded for said in page.said] == [False, True]


def test_only_its_author_changes_a_message_and_for_a_day(talk: Conversation, alice: Any, bob: Any) -> None:
    message = Message.objects.get()
    with pytest.raises(Refused):
        actions.edit_message(actor=bob, message=message, body="Something else.")

    edited = actions.edit_message(actor=alice, message=message, body="Do you have **both** pole sections?")
    assert (edited.edit_count, "<strong>both</strong>" in edited.body_html) == (1, True)
    with pytest.raises(Conflict):
        actions.edit_message(actor=alice, message=edited, body="Late.", expected_edit_count=0)

    Message.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    edited.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        actions.edit_message(actor=alice, message=edited, body="Too late.")
    assert refusal.value.code == "too_late"
    assert "both" in Message.objects.get().body_md


def test_a_deleted_message_keeps_its_place_without_words(talk: Conversation, alice: Any, bob: Any) -> None:
    message = Message.objects.get()
    with pytest.raises(Refused):
        actions.delete_message(actor=bob, message=message)

    actions.delete_message(actor=alice, message=message)

    for reader in (alice, bob):
        with pytest.raises(NotFound):
            queries.get_message_for(reader, message.pk)
        assert [said.message.state for said in queries.conversation_page(reader, talk.pk).said] == ["deleted"]


def test_only_the_team_hides_messages_and_never_what_its_author_took_back(
    talk: Conversation, alice: Any, bob: Any, mod: Any
) -> None:
    message = Message.objects.get()
    with pytest.raises(DomainError):
        actions.set_message_state(actor=bob, message=message, state="removed")

    actions.set_message_state(actor=mod, message=message, state="hidden", reason="Be kind.")
    assert not Message.objects.readable_by(bob).exists()
    assert Message.objects.readable_by(alice).exists()
    actions.set_message_state(actor=mod, message=message, state="visible")
    actions.delete_message(actor=alice, message=message)
    actions.set_message_state(actor=mod, message=message, state="visible")

    assert Message.objects.get().state == "deleted"


def test_a_picture_in_a_message_opens_for_those_who_read_it(
    group: Conversation, alice: Any, bob: Any, mod: Any, say: Any
) -> None:
    picture = add_image(actor=alice, file=upload(encoded(photo(90, 60)), "hut.png"))
    say(alice, group, f"This hut:\n\n{picture.markdown}")

    assert get_upload_for(bob, picture.key) == picture
    for stranger in (None, mod):
        with pytest.raises(NotFound):
            get_upload_for(stranger, picture.key)
    actions.leave_conversation(actor=bob, conversation=group)
    with pytest.raises(NotFound):
        get_upload_for(bob, picture.key)


def test_whoever_was_blocked_does_not_go_on_in_old_messages(talk: Conversation, alice: Any, bob: Any) -> None:
    said = Message.objects.get()
    block_member(actor=bob, member=alice)

    with pytest.raises(Refused) as refusal:
        actions.edit_message(actor=alice, message=said, body="And another thing about you!")

    assert refusal.value.code == "closed_door"
    assert Message.objects.get().body_md == said.body_md
