"""Messages by the API."""

import json
from typing import Any

import pytest

from community.errors import Refused
from community.integrations.actions import create_api_key
from community.integrations.models import ApiKey
from community.integrations.scopes import EVERYTHING, PRIVATE, READING, WRITING
from community.messages.models import Conversation, Message, Participation


@pytest.fixture
def caller(sign_in: Any) -> Any:
    """Call the API as a signed-in member: `caller(alice)("POST", "conversations", {...})`."""

    def make(member: Any) -> Any:
        client = sign_in(member)

        def call(method: str, path: str, body: Any = None, **headers: str) -> Any:
            address = path if path.startswith("http") else f"/api/v1/{path}"
            return client.generic(
                method, address, "" if body is None else json.dumps(body), "application/json", **headers
            )

        return call

    return make


@pytest.fixture
def talk(caller: Any, alice: Any, bob: Any) -> int:
    answer = caller(alice)("POST", "conversations", {"to": ["bob"], "body": "Is the shed open?"})
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/conversations/{answer.json()['id']}"
    return int(answer.json()["id"])


def test_a_conversation_is_listed_read_and_answered(caller: Any, alice: Any, bob: Any, talk: int) -> None:
    call = caller(bob)

    row = call("GET", "conversations?unread=true").json()["results"][0]
    assert (row["id"], row["title"], row["is_direct"], row["unread_count"]) == (talk, "Alice Arden", True, 1)
    assert row["last_message"]["body_md"] == "Is the shed open?"
    assert [person["handle"] for person in row["people"]] == ["alice"]
    said = call("GET", f"conversations/{talk}/messages").json()["results"]
    assert [message["position"] for message in said] == [1]
    assert call("GET", f"conversations/{talk}").json()["is_unread"]

    assert not call("PUT", f"conversations/{talk}/read", {"position": 1}).json()["is_unread"]
    answer = call("POST", f"conversations/{talk}/messages", {"body": "It **is**."})

    assert (answer.status_code, answer.json()["position"]) == (201, 2)
    assert "<strong>is</strong>" in answer.json()["body_html"]
    assert call("GET", "conversations?unread=true").json()["results"] == []


def test_a_repeated_call_says_it_once(caller: Any, bob: Any, talk: int) -> None:
    call, once = caller(bob), {"HTTP_IDEMPOTENCY_KEY": "yes-1"}

    first = call("POST", f"conversations/{talk}/messages", {"body": "Yes."}, **once)
    again = call("POST", f"conversations/{talk}/messages", {"body": "Yes."}, **once)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert Message.objects.filter(conversation=talk).count() == 2


def test_messages_are_paged_newest_first(caller: Any, alice: Any, bob: Any, talk: int) -> None:
    for number in range(5):
        caller(alice)("POST", f"conversations/{talk}/messages", {"body": f"Word {number}."})
    call = caller(bob)

    page = call("GET", f"conversations/{talk}/messages?limit=4").json()
    rest = call("GET", page["next"].replace("http://testserver/api/v1/", "")).json()

    assert [m["position"] for m in page["results"] + rest["results"]] == [6, 5, 4, 3, 2, 1]
    assert rest["next"] is None


def test_a_message_is_changed_and_taken_back_by_its_author(
    caller: Any, alice: Any, bob: Any, talk: int
) -> None:
    pk = Message.objects.get().pk
    assert caller(bob)("PATCH", f"messages/{pk}", {"body": "Mine."}).status_code == 403
    call = caller(alice)

    assert call("PATCH", f"messages/{pk}", {"body": "Is it?", "edit_count": 0}).json()["edit_count"] == 1
    assert call("PATCH", f"messages/{pk}", {"body": "Really?", "edit_count": 0}).status_code == 409
    assert call("DELETE", f"messages/{pk}").status_code == 204

    assert call("GET", f"messages/{pk}").status_code == 404
    shown = caller(bob)("GET", f"conversations/{talk}/messages").json()["results"][0]
    assert (shown["state"], shown["body_md"], shown["body_html"]) == ("deleted", "", "")


def test_a_group_is_named_enlarged_muted_and_left(
    caller: Any, alice: Any, bob: Any, carol: Any, make_member: Any
) -> None:
    make_member("dora")
    call = caller(alice)
    body = {"to": ["bob", "carol"], "body": "Friday?", "title": "Hut"}
    pk = call("POST", "conversations", body).json()["id"]

    assert call("PATCH", f"conversations/{pk}", {"title": "Hut in May"}).json()["title"] == "Hut in May"
    people = call("POST", f"conversations/{pk}/members", {"handles": ["dora"]}).json()["people"]
    assert [person["handle"] for person in people] == ["bob", "carol", "dora"]
    assert call("POST", f"conversations/{pk}/members", {"handles": ["nobodee"]}).status_code == 422
    assert caller(bob)("PUT", f"conversations/{pk}/mute").status_code == 204
    assert Participation.objects.get(member=bob).is_muted
    assert caller(bob)("DELETE", f"conversations/{pk}/mute").status_code == 204
    assert caller(bob)("POST", f"conversations/{pk}/leave").status_code == 204
    assert caller(bob)("GET", f"conversations/{pk}").status_code == 404


def test_strangers_and_the_team_find_nothing(
    caller: Any, carol: Any, mod: Any, admin: Any, talk: int
) -> None:
    pk = Message.objects.get().pk
    for member in (carol, mod, admin):
        call = caller(member)
        assert call("GET", "conversations").json()["results"] == []
        for path in (f"conversations/{talk}", f"conversations/{talk}/messages", f"messages/{pk}"):
            assert call("GET", path).status_code == 404
        assert call("POST", f"conversations/{talk}/messages", {"body": "Hello."}).status_code == 404
        assert call("POST", f"messages/{pk}/report", {"reason": "spam"}).status_code == 404
    assert Message.objects.count() == 1


def test_refusals_name_the_field_and_change_nothing(caller: Any, alice: Any, bob: Any) -> None:
    call = caller(alice)

    nobody = call("POST", "conversations", {"to": ["nobodee"], "body": "Hello."})
    empty = call("POST", "conversations", {"to": ["bob"], "body": "   "})
    self = call("POST", "conversations", {"to": ["alice"], "body": "Hello."})

    assert (nobody.status_code, "to" in nobody.json()["errors"]) == (422, True)
    assert (empty.status_code, self.status_code, self.json()["code"]) == (422, 403, "write_self")
    assert not Conversation.objects.exists()


def test_nobody_makes_a_key_that_reads_the_messages_of_somebody_else(
    alice: Any, manager: Any, admin: Any
) -> None:
    for scope in PRIVATE:
        with pytest.raises(Refused):
            create_api_key(actor=admin, member=alice, name="Spy", scopes=[scope])
    assert not ApiKey.objects.exists()
    assert not set(PRIVATE) & {*READING, *WRITING, *EVERYTHING}

    create_api_key(actor=manager, member=manager, name="Mine", scopes=PRIVATE)
    create_api_key(actor=admin, member=manager, name="Desk", scopes=PRIVATE)
    assert ApiKey.objects.count() == 2


def test_a_key_without_the_scope_reads_nothing(program: Any, manager: Any, alice: Any) -> None:
    assert program(manager).get("conversations").status_code == 403
    assert program(manager, "messages:read").get("conversations").status_code == 200
    assert (
        program(manager, "messages:read").post("conversations", {"to": ["alice"], "body": "Hi."}).status_code
        == 403
    )


def test_a_list_costs_the_same_for_two_and_for_twenty(
    caller: Any, alice: Any, make_member: Any, django_assert_max_num_queries: Any
) -> None:
    from community.messages.actions import begin_conversation

    for number in range(20):
        begin_conversation(actor=make_member(f"person-{number}"), members=[alice], body=f"Hello {number}.")
    call = caller(alice)
    call("GET", "conversations")

    with django_assert_max_num_queries(7):
        assert len(call("GET", "conversations").json()["results"]) == 20
