"""Reported messages: the team reads them with the few around, and nothing else of the conversation."""

from typing import Any

import pytest

from community.errors import Conflict, DomainError, Invalid, NotFound, Refused
from community.members.models import Member
from community.messages.actions import begin_conversation, delete_message, send_message
from community.messages.models import Conversation, Message
from community.moderation import actions, queries
from community.moderation.models import AuditEntry, Case, Report
from community.notifications.models import Notice
from community.writing.actions import add_image
from community.writing.queries import get_upload_for
from tests.community.writing.pictures import encoded, photo, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(alice: Any, bob: Any) -> Conversation:
    """Twenty lines; the tenth is unkind."""
    conversation = begin_conversation(actor=alice, members=[bob], body="Line 1.")
    for number in range(2, 21):
        body = "You are a fool." if number == 10 else f"Line {number}."
        send_message(actor=bob if number % 2 == 0 else alice, conversation=conversation, body=body)
    return conversation


@pytest.fixture
def message(talk: Conversation) -> Message:
    """What Bob should not have said."""
    return Message.objects.get(conversation=talk, position=10)


@pytest.fixture
def case(message: Message, alice: Any) -> Case:
    """Alice reported it."""
    return actions.report_message(actor=alice, message=message, reason="unkind").case


def test_moderators_read_a_reported_message_with_its_neighbours_and_nothing_else(
    case: Case, mod: Any, sign_in: Any
) -> None:
    page = queries.get_case_page(mod, case.pk)
    assert [row.position for row in page.around] == list(range(5, 16))
    shown = sign_in(mod).get(f"/admin/moderation/case/{case.pk}/change/").content.decode()

    assert "You are a fool." in shown and "Line 15." in shown
    assert "Line 4." not in shown and "Line 16." not in shown
    assert sign_in(mod).get(f"/messages/{case.subject.conversation_id}/").status_code == 404


def test_without_a_report_there_is_nothing_to_read(
    message: Message, mod: Any, admin: Any, sign_in: Any
) -> None:
    for member in (mod, admin):
        with pytest.raises(NotFound):
            queries.get_case_for(member, 1)
        assert "fool" not in sign_in(member).get("/admin/moderation/case/").content.decode()


def test_members_and_moderators_of_a_space_see_no_case_about_messages(
    case: Case, alice: Any, bob: Any, carol: Any, space: Any
) -> None:
    from community.spaces.models import SpaceMembership

    SpaceMembership.objects.create(space=space, member=carol, is_moderator=True)
    for member in (alice, bob, carol):
        assert not queries.reviewable_by(member).exists()
        with pytest.raises(NotFound):
            queries.get_case_for(member, case.pk)


def test_two_reports_of_one_message_meet_in_one_case(group_of_three: Any) -> None:
    alice, carol, message = group_of_three
    actions.report_message(actor=alice, message=message, reason="spam")
    actions.report_message(actor=carol, message=message, reason="other", note="Every day.")
    with pytest.raises(Conflict):
        actions.report_message(actor=carol, message=message, reason="spam")

    assert (Case.objects.get().report_count, Report.objects.count()) == (2, 2)


@pytest.fixture
def group_of_three(alice: Any, bob: Any, carol: Any) -> Any:
    """Bob advertises to Alice and Carol."""
    begin_conversation(actor=bob, members=[alice, carol], body="Buy my poles.")
    return alice, carol, Message.objects.get()


def test_nobody_reports_their_own_message_and_outsiders_report_none(
    message: Message, bob: Any, carol: Any, sign_in: Any
) -> None:
    with pytest.raises(Refused):
        actions.report_message(actor=bob, message=message, reason="spam")
    assert sign_in(carol).get(f"/messages/said/{message.pk}/report/").status_code == 404

    assert not Case.objects.exists()


def test_removing_a_message_tells_its_author_why_and_can_be_taken_back(
    case: Case, mod: Any, bob: Any, alice: Any, deliver_all: Any
) -> None:
    actions.decide_case(actor=mod, case=case, decision="warn", reason="Be kind.")
    deliver_all()

    assert Message.objects.get(pk=case.message_id).state == "removed"
    assert not Message.objects.readable_by(alice).filter(pk=case.message_id).exists()
    kinds = set(Notice.objects.filter(member=bob).values_list("kind", flat=True))
    assert "moderation.penalty" in kinds
    assert Notice.objects.filter(member=alice, kind="moderation.outcome").exists()
    assert {"case.decided", "message.state_changed"} <= set(AuditEntry.objects.values_list("act", flat=True))
    assert not AuditEntry.objects.filter(after__icontains="fool").exists()

    actions.undo_decision(actor=mod, case=case)
    deliver_all()
    assert Message.objects.get(pk=case.message_id).state == "visible"
    notice = Notice.objects.get(member=bob, kind="moderation.post_back")
    assert notice.payload["url"].startswith("/messages/")


def test_a_message_is_kept_or_removed_but_not_hidden_for_a_while(case: Case, mod: Any, sign_in: Any) -> None:
    with pytest.raises(Invalid):
        actions.decide_case(actor=mod, case=case, decision="hide", reason="Be kind.")
    assert (
        'value="hide"' not in sign_in(mod).get(f"/admin/moderation/case/{case.pk}/change/").content.decode()
    )

    actions.decide_case(actor=mod, case=case, decision="keep")

    assert Message.objects.get(pk=case.message_id).state == "visible"


def test_deleting_a_reported_message_does_not_take_it_from_the_team(case: Case, bob: Any, mod: Any) -> None:
    message = case.message
    assert message is not None
    delete_message(actor=bob, message=message)

    page = queries.get_case_page(mod, case.pk)
    assert message.pk in {row.pk for row in page.around}
    actions.decide_case(actor=mod, case=case, decision="warn", reason="Be kind.")
    assert Message.objects.get(pk=message.pk).state == "deleted"


def test_nobody_judges_their_own_message(mod: Any, alice: Any) -> None:
    begin_conversation(actor=mod, members=[alice], body="A word from the team.")
    case = actions.report_message(actor=alice, message=Message.objects.get(), reason="unkind").case

    with pytest.raises(DomainError):
        actions.decide_case(actor=mod, case=case, decision="keep")

    assert Case.objects.get().state == "open"


def test_a_picture_opens_to_moderators_while_its_message_waits(
    talk: Conversation, bob: Any, alice: Any, mod: Any
) -> None:
    picture = add_image(actor=bob, file=upload(encoded(photo(90, 60)), "rude.png"))
    message = send_message(actor=bob, conversation=talk, body=f"Look.\n\n{picture.markdown}")
    with pytest.raises(NotFound):
        get_upload_for(mod, picture.key)

    case = actions.report_message(actor=alice, message=message, reason="unkind").case

    assert get_upload_for(mod, picture.key) == picture
    actions.decide_case(actor=mod, case=case, decision="keep")
    with pytest.raises(NotFound):
        get_upload_for(mod, picture.key)


def test_a_message_is_reported_from_its_menu(
    message: Message, alice: Any, mod: Any, sign_in: Any, deliver_all: Any
) -> None:
    client = sign_in(alice)
    page = client.get(f"/messages/{message.conversation_id}/").content.decode()
    assert f"/messages/said/{message.pk}/report/" in page
    assert "You are a fool." in client.get(f"/messages/said/{message.pk}/report/").content.decode()

    answer = client.post(f"/messages/said/{message.pk}/report/", {"reason": "unkind", "note": ""})
    again = client.post(f"/messages/said/{message.pk}/report/", {"reason": "other", "note": ""})

    assert answer.status_code == 303
    assert again.status_code == 422
    deliver_all()
    assert Notice.objects.filter(member=mod, kind="moderation.waiting").exists()
    assert Member.objects.get(pk=mod.pk).unread_notices == 1


def test_a_message_reported_in_a_room_says_where_it_was_said(
    alice: Any, bob: Any, mod: Any, manager: Any, space: Any, sign_in: Any
) -> None:
    from community.messages.actions import invite_to_room, join_room, open_room, say_in_room

    room = open_room(actor=manager, name="Hut evening", space=space)
    closed = open_room(actor=manager, name="Prototype talk")
    invite_to_room(actor=manager, room=closed, members=[alice, bob])
    for member in (alice, bob):
        join_room(actor=member, room=room)
    said = [say_in_room(actor=bob, room=one, body="You are a fool.") for one in (room, closed)]
    cases = [actions.report_message(actor=alice, message=one, reason="unkind").case for one in said]

    pages = [sign_in(mod).get(f"/admin/moderation/case/{case.pk}/change/").content.decode() for case in cases]

    assert "Said in the room “Hut evening” of Help and how-to." in pages[0] and "You are a fool." in pages[0]
    assert "Said in a room that people are invited to." in pages[1] and "Prototype talk" not in pages[1]
    assert "You are a fool." in pages[1]
