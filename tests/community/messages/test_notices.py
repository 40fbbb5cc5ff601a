"""What members are told about messages."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from community.members.actions import block_member
from community.members.models import Member
from community.messages import actions
from community.messages.models import Conversation
from community.notifications.mail.sending import send_due
from community.notifications.models import Notice, OutboundMail
from community.notifications.queries import make_words

pytestmark = pytest.mark.django_db


def words_for(member: Any) -> list[str]:
    notices = list(Notice.objects.filter(member=member, read_at=None).order_by("pk"))
    made = make_words(notices, member)
    return [made[notice.pk].title for notice in notices if notice.pk in made]


def letters() -> list[str]:
    """Let everything that is queued be sent at noon, and return what the letters say."""
    Member.objects.update(time_zone=_zone_at_noon(timezone.now().hour))
    OutboundMail.objects.update(due_at=timezone.now() - dt.timedelta(minutes=1))
    send_due()
    return [f"{letter.subject} {letter.body} {letter.alternatives[0][0]}" for letter in mail.outbox]


def _zone_at_noon(hour: int) -> str:
    offset = (hour - 12) % 24
    return f"Etc/GMT{'+' if offset <= 12 else '-'}{offset if offset <= 12 else 24 - offset}"


def test_messages_of_one_conversation_are_one_notice(
    talk: Conversation, group: Conversation, alice: Any, bob: Any, say: Any, deliver_all: Any
) -> None:
    say(alice, talk, "And the pegs?")
    deliver_all()

    assert words_for(bob) == ["Alice Arden wrote you 2 messages", "Alice Arden wrote to you"]
    assert words_for(alice) == []
    assert Member.objects.get(pk=bob.pk).unread_notices == 2


def test_what_was_read_meanwhile_is_told_to_nobody(talk: Conversation, bob: Any, deliver_all: Any) -> None:
    actions.mark_read(actor=bob, conversation=talk)
    deliver_all()

    assert not Notice.objects.filter(member=bob).exists()


def test_reading_a_conversation_reads_its_notice_and_stops_its_mail(
    talk: Conversation, bob: Any, deliver_all: Any
) -> None:
    deliver_all()
    assert OutboundMail.objects.filter(member=bob).count() == 1
    actions.mark_read(actor=bob, conversation=talk)

    assert words_for(bob) == []
    assert Member.objects.get(pk=bob.pk).unread_notices == 0
    assert letters() == []


def test_muted_conversations_are_silent(
    talk: Conversation, alice: Any, bob: Any, say: Any, deliver_all: Any
) -> None:
    deliver_all()
    actions.mute_conversation(actor=bob, conversation=talk)
    say(alice, talk, "Hello?")
    deliver_all()

    assert words_for(bob) == []
    assert letters() == []


def test_who_blocks_the_author_hears_nothing(
    group: Conversation, bob: Any, carol: Any, say: Any, deliver_all: Any
) -> None:
    deliver_all()
    block_member(actor=carol, member=bob)
    before = Notice.objects.get(member=carol).event_count
    say(bob, group, "Hello all.")
    deliver_all()

    assert Notice.objects.get(member=carol).event_count == before


def test_a_letter_says_who_wrote_and_not_what(
    group: Conversation, bob: Any, carol: Any, deliver_all: Any
) -> None:
    deliver_all()
    said = letters()

    assert len(said) == 2
    for letter in said:
        assert "Alice Arden wrote to you" in letter
        assert "hut" not in letter.lower()


def test_a_letter_shows_the_beginning_to_who_chose_it(
    group: Conversation, bob: Any, carol: Any, deliver_all: Any
) -> None:
    Member.objects.filter(pk=bob.pk).update(mail_shows_messages=True)
    deliver_all()
    letters()

    said = {letter.to[0].rpartition("<")[2].rstrip(">"): letter.body for letter in mail.outbox}
    assert "Shall we meet at the hut" in said["bob@example.org"]
    assert "hut" not in said["carol@example.org"].lower()


def test_who_left_hears_and_sees_nothing_more(
    group: Conversation, alice: Any, bob: Any, say: Any, deliver_all: Any
) -> None:
    deliver_all()
    actions.leave_conversation(actor=bob, conversation=group)
    say(alice, group, "Only us now.")
    deliver_all()

    assert words_for(bob) == []
    Notice.objects.filter(member=bob).update(read_at=None)
    assert words_for(bob) == []


def test_who_is_added_is_told_once(
    group: Conversation, alice: Any, make_member: Any, deliver_all: Any
) -> None:
    dora = make_member("dora")
    actions.add_members(actor=alice, conversation=group, members=[dora])
    deliver_all()

    assert words_for(dora) == ["Alice Arden added you to a conversation"]


def test_an_e_mail_quotes_nobody_whom_its_reader_blocks(
    group: Conversation, alice: Any, bob: Any, carol: Any, say: Any, deliver_all: Any
) -> None:
    Member.objects.filter(pk=carol.pk).update(mail_shows_messages=True)
    actions.mark_read(actor=carol, conversation=group)
    block_member(actor=Member.objects.get(pk=carol.pk), member=bob)
    say(bob, group, "You will not like this.")
    say(alice, group, "I bring the stove.")
    deliver_all()

    letters()
    (letter,) = [str(sent.message()) for sent in mail.outbox if "carol@example.org" in sent.to[0]]

    assert "I bring the stove." in letter
    assert "not like this" not in letter
