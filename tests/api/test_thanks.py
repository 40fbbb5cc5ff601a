"""Thanks and shout-outs by the API."""

import datetime as dt

import pytest
from django.utils import timezone

from rewards.praise.models import Praise, PraiseKind, ShoutOut, State

WORDS = "You found the page that the manual left out."


@pytest.fixture
def thank_many(db):
    """Thanks on as many days: `thank_many(alice, bob, 5)`."""

    def make(giver, receiver, number, words=WORDS):
        kind, now = PraiseKind.objects.get(key="helped"), timezone.now()
        for n in range(number):
            moment = now - dt.timedelta(days=n)
            Praise.objects.create(giver=giver, receiver=receiver, kind=kind, words=words, given_at=moment)

    return make


def test_a_program_thanks_takes_back_and_gives_again(program, alice, bob, space, make_thread):
    post = make_thread(bob, space).posts.get(position=1)
    caller = program(alice)
    assert {row["key"] for row in caller.get("thanks/kinds").json()["results"]} >= {"helped", "laugh"}
    assert caller.get("me/thanks-allowance").json()["left"] == 3

    typed = {"member": "bob", "kind": "helped", "words": WORDS, "post": post.pk}
    answer = caller.post("thanks", typed)
    said = answer.json()
    assert answer.status_code == 201
    assert (said["giver"]["handle"], said["receiver"]["handle"], said["words"]) == ("alice", "bob", WORDS)
    assert (said["post"], said["kind"], said["can_take_back"], said["is_public"]) == (
        post.pk,
        "helped",
        True,
        True,
    )
    assert caller.get("me/thanks-allowance").json()["left"] == 2

    again = caller.post("thanks", typed)
    assert (again.status_code, again.json()["code"]) == (409, "thanked_today")
    assert caller.delete(f"thanks/{said['id']}").status_code == 204
    assert program().get(f"thanks/{said['id']}").status_code == 404
    assert caller.post(f"thanks/{said['id']}/again").status_code == 200
    assert program().get(f"thanks/{said['id']}").json()["words"] == WORDS


def test_the_wall_is_read_page_by_page(program, alice, bob, carol, thank_many):
    thank_many(alice, bob, 5)
    thank_many(bob, carol, 1, words="You told the story again.")
    first = program().get("thanks?limit=4").json()
    rest = program().get(first["next"]).json()
    assert len(first["results"]) == 4 and len(rest["results"]) == 2 and rest["next"] is None
    assert len(program().get("thanks?member=alice").json()["results"]) == 5
    assert program().get("thanks?kind=laugh").json()["results"] == []
    assert program().get("thanks?member=nobody").status_code == 404
    assert program().get("thanks?after=nonsense").status_code == 400


def test_bad_input_says_where_and_changes_nothing(program, alice, bob):
    caller = program(alice)
    for typed, status, field in (
        ({"member": "bob", "kind": "helped", "words": "Hi"}, 422, "words"),
        ({"member": "bob", "kind": "none-such", "words": WORDS}, 422, "kind"),
        ({"member": "bob", "words": WORDS}, 422, "kind"),
        ({"member": "bob", "kind": "helped", "words": "x" * 500}, 422, "words"),
    ):
        answer = caller.post("thanks", typed)
        assert (answer.status_code, field in answer.json()["errors"]) == (status, True), answer.json()
    for typed, status in (
        ({"member": "nobody", "kind": "helped", "words": WORDS}, 404),
        ({"member": "bob", "kind": "helped", "words": WORDS, "post": 10**12}, 404),
        ({"member": "alice", "kind": "helped", "words": WORDS}, 403),
    ):
        assert caller.post("thanks", typed).status_code == status
    assert not Praise.objects.exists()


def test_the_same_request_twice_thanks_once(program, alice, bob):
    caller, typed = program(alice), {"member": "bob", "kind": "helped", "words": WORDS}
    answers = [caller.post("thanks", typed, idempotency_key="one").json()["id"] for _time in range(2)]
    assert answers[0] == answers[1] and Praise.objects.count() == 1


def test_reports_and_removal(program, alice, bob, carol, mod):
    made = program(alice).post("thanks", {"member": "bob", "kind": "helped", "words": WORDS}).json()["id"]
    assert program(carol).post(f"thanks/{made}/report", {"reason": "unkind"}).status_code == 204
    assert program(carol).put(f"thanks/{made}/removal", {"reason": "It names a customer."}).status_code == 403
    assert program(mod).put(f"thanks/{made}/removal", {"reason": "It names a customer."}).status_code == 204
    assert Praise.objects.get().state == State.REMOVED
    assert program(mod).delete(f"thanks/{made}/removal").status_code == 204
    assert Praise.objects.get().state == State.VISIBLE


def test_the_team_makes_pins_and_takes_back_shout_outs(program, alice, bob, mod):
    until = (timezone.now() + dt.timedelta(days=3)).isoformat()
    typed = {"members": ["alice", "bob"], "words": WORDS, "pinned_until": until}
    assert program(alice).post("shout-outs", typed).status_code == 403
    team = program(mod)
    made = team.post("shout-outs", typed).json()
    assert [m["handle"] for m in made["members"]] == ["alice", "bob"]
    guest = program()
    assert [row["id"] for row in guest.get("shout-outs/pinned").json()["results"]] == [made["id"]]

    full = team.post("shout-outs", {**typed, "words": "And for the cake, too."})
    assert (full.status_code, full.json()["code"], ShoutOut.objects.count()) == (409, "pins_full", 1)
    assert team.delete(f"shout-outs/{made['id']}/pin").status_code == 204
    assert guest.get("shout-outs/pinned").json()["results"] == []
    assert team.put(f"shout-outs/{made['id']}/pin", {"pinned_until": until}).json()["pinned_until"]
    past = team.put(f"shout-outs/{made['id']}/pin", {"pinned_until": "2001-01-01T00:00:00Z"})
    assert (past.status_code, past.json()["code"]) == (422, "pin_end")
    assert team.delete(f"shout-outs/{made['id']}").status_code == 204
    assert guest.get(f"shout-outs/{made['id']}").status_code == 404
    assert team.post(f"shout-outs/{made['id']}/restore").status_code == 200
    assert len(guest.get("shout-outs").json()["results"]) == 1
