"""Beginning conversations, and who is in them."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import DomainError, NotFound, RateLimited, Refused
from community.members.actions import block_member, edit_profile, follow_member
from community.members.models import Member
from community.messages import actions, limits, queries
from community.messages.models import Conversation, Message, Participation
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


def waiting(member: Member) -> int:
    return Member.objects.get(pk=member.pk).unread_conversations


def test_a_conversation_begins_with_a_message_that_waits_for_the_other(
    talk: Conversation, alice: Any, bob: Any
) -> None:
    message = Message.objects.get()

    assert (message.author, message.position, message.conversation) == (alice, 1, talk)
    assert "spare pole" in message.body_html
    assert (waiting(alice), waiting(bob)) == (0, 1)
    assert set(Participation.objects.values_list("member", "is_unread")) == {
        (alice.pk, False),
        (bob.pk, True),
    }


def test_no_payload_holds_a_word_of_what_was_said(group: Conversation, alice: Any, bob: Any) -> None:
    actions.rename_conversation(actor=bob, conversation=group, title="A secret plan")
    message = actions.send_message(actor=bob, conversation=group, body="The hut key is under the stone.")
    actions.edit_message(actor=bob, message=message, body="The hut key is under the bench.")
    actions.delete_message(actor=bob, message=message)

    told = " ".join(str(payload) for payload in Activity.objects.values_list("payload", flat=True))

    assert not any(word in told for word in ("hut", "Hut", "secret", "key", "bench"))
    assert {"message.sent", "message.edited", "message.deleted", "conversation.renamed"} <= set(
        Activity.objects.values_list("verb", flat=True)
    )


def test_two_people_have_one_conversation_whoever_writes(talk: Conversation, alice: Any, bob: Any) -> None:
    again = actions.begin_conversation(actor=bob, members=[alice], body="Yes, it is in the shed.")

    assert again == talk
    assert Conversation.objects.count() == 1
    assert Message.objects.filter(conversation=talk).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_who_write_at_the_same_moment_meet_in_one_conversation(alice: Any, bob: Any) -> None:
    answers = all_at_once(
        [
            lambda: actions.begin_conversation(actor=alice, members=[bob], body="Hello Bob."),
            lambda: actions.begin_conversation(actor=bob, members=[alice], body="Hello Alice."),
        ]
        * 2
    )

    talks = {answer for answer in answers if isinstance(answer, Conversation)}
    assert len(talks) == 1 == Conversation.objects.count()
    places = list(Message.objects.order_by("position").values_list("position", flat=True))
    assert places == list(range(1, len(places) + 1))
    assert len(places) >= 2
    assert Participation.objects.count() == 2
    assert Activity.objects.filter(verb="conversation.begun").count() == 1


def test_the_choice_who_may_write_is_kept_and_the_team_always_may(
    alice: Any, bob: Any, carol: Any, mod: Any
) -> None:
    edit_profile(actor=bob, member=bob, changes={"messages_from": "nobody"})
    edit_profile(actor=carol, member=carol, changes={"messages_from": "followed"})

    for member in (bob, carol):
        with pytest.raises(Refused) as refusal:
            actions.begin_conversation(actor=alice, members=[member], body="Hello.")
        assert refusal.value.code == "closed_door"
    assert not Conversation.objects.exists()

    follow_member(actor=carol, member=alice)
    actions.begin_conversation(actor=alice, members=[carol], body="Hello Carol.")
    actions.begin_conversation(actor=mod, members=[bob], body="A word from the team.")
    assert Conversation.objects.count() == 2


def test_an_existing_conversation_goes_on_when_the_door_closes(
    talk: Conversation, alice: Any, bob: Any
) -> None:
    edit_profile(actor=alice, member=alice, changes={"messages_from": "nobody"})

    actions.send_message(actor=bob, conversation=talk, body="Yes, in the shed.")

    assert Message.objects.count() == 2


def test_the_blocked_meet_the_same_closed_door_as_everyone(alice: Any, bob: Any, carol: Any) -> None:
    block_member(actor=bob, member=alice)
    edit_profile(actor=carol, member=carol, changes={"messages_from": "nobody"})
    said = []
    for member in (bob, carol):
        with pytest.raises(Refused) as refusal:
            actions.begin_conversation(actor=alice, members=[member], body="Hello.")
        said.append((refusal.value.code, refusal.value.message.replace(member.name, "~")))

    assert said[0] == said[1]
    assert not Conversation.objects.exists()


def test_a_block_closes_an_existing_conversation_both_ways(talk: Conversation, alice: Any, bob: Any) -> None:
    block_member(actor=bob, member=alice)

    for actor, code in ((alice, "closed_door"), (bob, "you_blocked")):
        with pytest.raises(Refused) as refusal:
            actions.send_message(actor=actor, conversation=talk, body="And now?")
        assert refusal.value.code == code
    assert Message.objects.count() == 1


def test_nobody_writes_to_themselves_to_nobody_or_to_who_left(alice: Any, make_member: Any) -> None:
    gone = make_member("gone", is_active=False)
    for members, code in (([alice], "write_self"), ([], "nobody"), ([gone], "left")):
        with pytest.raises(DomainError) as refusal:
            actions.begin_conversation(actor=alice, members=members, body="Hello.")
        assert refusal.value.code == code

    assert not Conversation.objects.exists()


def test_suspended_and_silenced_members_write_nothing(mallory: Any, bob: Any) -> None:
    with pytest.raises(Refused):
        actions.begin_conversation(actor=mallory, members=[bob], body="Buy this.")

    assert not Conversation.objects.exists()


def test_newcomers_begin_few_conversations_and_are_told_why(
    make_member: Any, alice: Any, bob: Any, carol: Any, settings: Any
) -> None:
    settings.LIMITS_ENABLED = True
    new = make_member("newcomer", trust_level=0)
    actions.begin_conversation(actor=new, members=[alice], body="Hello Alice.")
    actions.begin_conversation(actor=new, members=[bob], body="Hello Bob.")

    with pytest.raises(RateLimited) as refusal:
        actions.begin_conversation(actor=new, members=[carol], body="Hello Carol.")

    assert refusal.value.code == "newcomer_conversations"
    assert "Tomorrow" in refusal.value.message
    assert Conversation.objects.count() == 2


def test_newcomers_write_to_one_person_at_a_time_others_to_a_few(
    make_member: Any, alice: Any, bob: Any, carol: Any
) -> None:
    new = make_member("newcomer", trust_level=0)
    with pytest.raises(Refused) as refusal:
        actions.begin_conversation(actor=new, members=[alice, bob], body="Hello both.")
    assert refusal.value.code == "too_many_people"

    crowd = [make_member(f"person-{n}") for n in range(limits.MOST_PEOPLE + 1)]
    with pytest.raises(Refused):
        actions.begin_conversation(actor=alice, members=crowd, body="Hello all.")
    assert not Conversation.objects.exists()


def test_who_is_added_reads_what_is_written_from_then_on(
    group: Conversation, alice: Any, make_member: Any, say: Any
) -> None:
    dora = make_member("dora")
    with pytest.raises(NotFound):
        queries.get_conversation_for(dora, group.pk)

    assert actions.add_members(actor=alice, conversation=group, members=[dora]) == [dora]
    assert actions.add_members(actor=alice, conversation=group, members=[dora]) == []
    say(alice, group, "Dora brings the stove.")

    assert [m.position for m in Message.objects.readable_by(dora)] == [2]
    assert waiting(dora) == 1
    page = queries.conversation_page(dora, group.pk)
    assert [said.message.position for said in page.said] == [2]


def test_a_full_group_takes_nobody_more(alice: Any, make_member: Any) -> None:
    people = [make_member(f"person-{n}", trust_level=3) for n in range(limits.MOST_PEOPLE)]
    Member.objects.filter(pk=alice.pk).update(trust_level=3)
    alice.refresh_from_db()
    crowd = actions.begin_conversation(actor=alice, members=people, body="Hello all.")

    with pytest.raises(Refused) as refusal:
        actions.add_members(actor=alice, conversation=crowd, members=[make_member("late")])

    assert refusal.value.code == "too_many_people"
    assert Participation.objects.filter(conversation=crowd).count() == limits.MOST_PEOPLE + 1


def test_leaving_a_group_closes_it_and_coming_back_shows_nothing_said_meanwhile(
    group: Conversation, alice: Any, bob: Any, say: Any
) -> None:
    actions.leave_conversation(actor=bob, conversation=group)
    say(alice, group, "Bob is gone.")

    with pytest.raises(NotFound):
        queries.get_conversation_for(bob, group.pk)
    with pytest.raises(NotFound):
        say(bob, group, "I am not.")
    assert waiting(bob) == 0

    actions.add_members(actor=alice, conversation=group, members=[bob])
    assert not Message.objects.readable_by(bob).exists()
    assert Participation.objects.filter(conversation=group, member=bob).count() == 1


def test_a_conversation_of_two_is_neither_left_nor_enlarged_nor_named(
    talk: Conversation, alice: Any, carol: Any
) -> None:
    for act in (
        lambda: actions.leave_conversation(actor=alice, conversation=talk),
        lambda: actions.add_members(actor=alice, conversation=talk, members=[carol]),
        lambda: actions.rename_conversation(actor=alice, conversation=talk, title="Poles"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "direct"
    assert Participation.objects.filter(conversation=talk, left_at=None).count() == 2


def test_outsiders_change_nothing_of_a_conversation(
    group: Conversation, mod: Any, admin: Any, make_member: Any
) -> None:
    for actor in (make_member("eve"), mod, admin):
        for act in (
            lambda who=actor: actions.send_message(actor=who, conversation=group, body="Hello."),
            lambda who=actor: actions.add_members(actor=who, conversation=group, members=[who]),
            lambda who=actor: actions.leave_conversation(actor=who, conversation=group),
            lambda who=actor: actions.mute_conversation(actor=who, conversation=group),
            lambda who=actor: actions.rename_conversation(actor=who, conversation=group, title="Mine"),
            lambda who=actor: actions.mark_read(actor=who, conversation=group),
        ):
            with pytest.raises(NotFound):
                act()

    group.refresh_from_db()
    assert (group.title, group.last_position) == ("Hut weekend", 1)
    assert Participation.objects.filter(conversation=group).count() == 3


def test_a_muted_conversation_does_not_count_until_it_is_heard_again(
    talk: Conversation, bob: Any, alice: Any, say: Any
) -> None:
    actions.mute_conversation(actor=bob, conversation=talk)
    assert waiting(bob) == 0
    say(alice, talk, "Are you there?")
    assert waiting(bob) == 0

    actions.mute_conversation(actor=bob, conversation=talk, muted=False)

    assert waiting(bob) == 1
