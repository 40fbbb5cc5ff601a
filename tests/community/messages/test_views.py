"""Messages in the browser, with and without htmx."""

from typing import Any

import pytest

from community.members.actions import block_member
from community.members.models import Member
from community.messages.models import Conversation, Message, Participation
from community.writing.models import Draft

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


def test_the_inbox_shows_what_waits_and_the_header_how_many(
    talk: Conversation, group: Conversation, bob: Any, sign_in: Any
) -> None:
    page = sign_in(bob).get("/messages/").content.decode()

    assert "Alice Arden" in page and "Hut weekend" in page
    assert "spare pole section" in page
    assert "Messages, 2 unread" in page
    assert "(unread)" in page


def test_an_empty_inbox_says_what_messages_are_for(carol: Any, sign_in: Any) -> None:
    client = sign_in(carol)

    assert "No messages yet" in client.get("/messages/").content.decode()
    assert "You are up to date" in client.get("/messages/?show=unread").content.decode()


def test_the_inbox_is_searched_by_people_and_titles(
    talk: Conversation, group: Conversation, alice: Any, sign_in: Any
) -> None:
    client = sign_in(alice)

    assert "Hut weekend" in client.get("/messages/?q=carol").content.decode()
    assert "spare pole" not in client.get("/messages/?q=carol").content.decode()
    assert "Nothing found" in client.get("/messages/?q=zebra").content.decode()


def test_a_conversation_begins_from_a_profile(alice: Any, bob: Any, sign_in: Any) -> None:
    client = sign_in(alice)
    assert "/messages/new/?to=bob" in client.get("/@bob/").content.decode()
    assert 'value="bob"' in client.get("/messages/new/?to=bob").content.decode()

    answer = client.post("/messages/new/", {"to": "@bob", "body": "Is the shed open?", "title": ""})

    talk = Conversation.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/messages/{talk.pk}/")
    assert "Is the shed open?" in client.get(answer["Location"]).content.decode()


def test_a_closed_door_offers_no_link_and_keeps_what_was_typed(alice: Any, bob: Any, sign_in: Any) -> None:
    block_member(actor=bob, member=alice)
    client = sign_in(alice)
    assert "/messages/new/" not in client.get("/@bob/").content.decode()

    answer = client.post("/messages/new/", {"to": "bob", "body": "Are you there?"})

    assert answer.status_code == 422
    assert "Bob Birch takes no messages." in answer.content.decode()
    assert "Are you there?" in answer.content.decode()
    assert not Conversation.objects.exists()


def test_names_that_mean_nobody_are_said_beside_the_field(alice: Any, bob: Any, sign_in: Any) -> None:
    answer = sign_in(alice).post("/messages/new/", {"to": "bob, nobodee", "body": "Hello both."})

    assert answer.status_code == 422
    assert "nobodee" in answer.content.decode()
    assert not Conversation.objects.exists()


def test_the_field_offers_people_who_take_messages_after_the_words_before(
    alice: Any, bob: Any, carol: Any, sign_in: Any
) -> None:
    Member.objects.filter(pk=carol.pk).update(messages_from="nobody")
    client = sign_in(alice)

    assert 'value="carol, bob"' in client.get("/messages/people/?to=carol, bo").content.decode()
    assert "option" not in client.get("/messages/people/?to=caro").content.decode()
    assert "option" not in client.get("/messages/people/?to=ali").content.decode()


def test_reading_a_page_changes_nothing_until_the_page_says_so(
    talk: Conversation, bob: Any, sign_in: Any
) -> None:
    client = sign_in(bob)
    page = client.get(f"/messages/{talk.pk}/").content.decode()
    assert 'id="new"' in page and "1 new message" in page
    assert Participation.objects.get(member=bob).is_unread

    assert client.post(f"/messages/{talk.pk}/read/", {"position": "1", "quiet": "1"}).status_code == 204

    assert not Participation.objects.get(member=bob).is_unread
    assert 'id="new"' not in client.get(f"/messages/{talk.pk}/").content.decode()


def test_without_script_a_button_marks_as_read(talk: Conversation, bob: Any, sign_in: Any) -> None:
    answer = sign_in(bob).post(f"/messages/{talk.pk}/read/")

    assert answer.status_code == 303
    assert not Participation.objects.get(member=bob).is_unread


def test_answering_works_with_and_without_htmx(talk: Conversation, bob: Any, sign_in: Any) -> None:
    client = sign_in(bob)
    Draft.objects.create(owner=bob, key=f"message:{talk.pk}", body="Yes, it")
    assert "Yes, it</textarea>" in client.get(f"/messages/{talk.pk}/").content.decode()

    plain = client.post(f"/messages/{talk.pk}/send/", {"body": "Yes, it is."})
    part = client.post(f"/messages/{talk.pk}/send/", {"body": "In the shed.", "seen": "1"}, **HX)

    assert plain.status_code == 303
    said = part.content.decode()
    assert "Yes, it is." in said and "In the shed." in said
    assert "spare pole" not in said and "after=3" in said
    assert "<html" not in said
    assert not Draft.objects.exists()


def test_what_cannot_be_sent_comes_back_with_the_reason(talk: Conversation, bob: Any, sign_in: Any) -> None:
    client = sign_in(bob)
    client.post(f"/messages/{talk.pk}/send/", {"body": "Yes."})

    for headers in ({}, HX):
        answer = client.post(f"/messages/{talk.pk}/send/", {"body": "Yes.", "seen": "1"}, **headers)
        assert answer.status_code == 422
        assert "a moment ago" in answer.content.decode()
        assert "Yes.</textarea>" in answer.content.decode()
    assert Message.objects.count() == 2


def test_open_pages_fetch_what_is_new(
    talk: Conversation, alice: Any, bob: Any, sign_in: Any, say: Any
) -> None:
    say(alice, talk, "And the pegs?")

    part = sign_in(bob).get(f"/messages/{talk.pk}/news/?after=1", **HX).content.decode()

    assert "And the pegs?" in part and "spare pole" not in part and "after=2" in part


def test_a_message_is_edited_and_deleted_by_its_author(
    talk: Conversation, alice: Any, bob: Any, sign_in: Any
) -> None:
    pk = Message.objects.get().pk
    client = sign_in(alice)
    assert client.get(f"/messages/said/{pk}/edit/").status_code == 200
    assert sign_in(bob).get(f"/messages/said/{pk}/edit/").status_code == 403

    client.post(f"/messages/said/{pk}/edit/", {"body": "The long one?", "expected_edit_count": "0"})
    page = sign_in(bob).get(f"/messages/{talk.pk}/").content.decode()
    assert "The long one?" in page and "edited" in page
    client.post(f"/messages/said/{pk}/delete/")

    page = sign_in(bob).get(f"/messages/{talk.pk}/").content.decode()
    assert "The long one?" not in page and "This message was deleted." in page


def test_a_group_is_renamed_enlarged_muted_and_left(
    group: Conversation, alice: Any, bob: Any, make_member: Any, sign_in: Any
) -> None:
    make_member("dora")
    client, place = sign_in(bob), f"/messages/{group.pk}/"
    assert client.get(f"{place}people/").status_code == 200

    client.post(f"{place}rename/", {"title": "Hut in May"})
    client.post(f"{place}people/", {"to": "dora"})
    client.post(f"{place}mute/", {"on": "1"})
    page = client.get(place).content.decode()
    assert "Hut in May" in page and "Dora" in page and "Tell me again" in page
    assert client.post(f"{place}people/", {"to": "nobodee"}).status_code == 422

    assert client.post(f"{place}leave/").status_code == 303
    assert client.get(place).status_code == 404


def test_strangers_and_the_team_find_nothing(
    talk: Conversation, carol: Any, mod: Any, admin: Any, sign_in: Any
) -> None:
    pk = Message.objects.get().pk
    for member in (carol, mod, admin):
        client = sign_in(member)
        for path in (f"{talk.pk}/", f"{talk.pk}/news/", f"{talk.pk}/people/", f"said/{pk}/edit/"):
            assert client.get(f"/messages/{path}").status_code == 404
        for path in (f"{talk.pk}/send/", f"{talk.pk}/read/", f"{talk.pk}/mute/", f"said/{pk}/delete/"):
            assert client.post(f"/messages/{path}", {"body": "Hello."}).status_code == 404
    assert Message.objects.count() == 1


def test_an_inbox_and_a_conversation_cost_the_same_for_two_and_for_twenty(
    alice: Any, make_member: Any, sign_in: Any, say: Any, django_assert_max_num_queries: Any
) -> None:
    from community.messages.actions import begin_conversation

    talks = []
    for number in range(20):
        other = make_member(f"person-{number}")
        talks.append(begin_conversation(actor=other, members=[alice], body=f"Hello {number}."))
        say(other, talks[-1], f"Again {number}.")
    for number in range(20):
        say(alice, talks[0], f"Word {number}.")
    client = sign_in(alice)
    client.get("/messages/")

    with django_assert_max_num_queries(8):
        client.get("/messages/")
    with django_assert_max_num_queries(11):
        client.get(f"/messages/{talks[0].pk}/")


def test_the_inbox_does_not_show_the_words_of_someone_blocked(
    group: Conversation, alice: Any, bob: Any, sign_in: Any, say: Any
) -> None:
    say(bob, group, "A rude word.")
    block_member(actor=alice, member=bob)

    page = sign_in(alice).get("/messages/").content.decode()

    assert "A rude word." not in page and "From someone you block." in page
