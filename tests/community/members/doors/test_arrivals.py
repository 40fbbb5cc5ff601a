"""Joining with and without the small sum of a browser: who is in doubt, and that nobody is locked out."""

import re
import secrets
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.members.doors.arrivals import (
    forget_arrivals,
    is_doubtful,
    must_be_read,
    note_arrival,
)
from community.members.models import Admission, Arrival, Member, ProofAsked
from community.proof import Proof, issue
from community.screening import Manner
from tests.community.test_proof import changed, solved

TYPED = {"name": "Nina Noord", "email": "nina@example.org", "password1": "a long enough password"}
QUICK = Manner(seconds=0.2, proof=Proof.MISSING)
SLOW = Manner(seconds=40.0, proof=Proof.MISSING)
DONE = Manner(seconds=0.2, proof=Proof.SOLVED)


def network() -> str:
    """Return an address that nobody joined from."""
    return f"2001:db8:{secrets.randbelow(65536):x}:{secrets.randbelow(65536):x}::1"


@pytest.fixture
def join(sign_in: Any, db: None) -> Any:
    """Open the form and send it at once, or after some seconds. Each time from another network, because of their limit."""

    def send(after: float = 0.0, **more: str) -> Any:
        client = sign_in(None)
        page = client.get("/join/").content.decode()
        begun = re.search(r'name="begun" value="([^"]+)"', page)[1]  # type: ignore[index]
        with time_machine.travel(timezone.now() + timezone.timedelta(seconds=after)):
            return client.post("/join/", {**TYPED, "begun": begun, **more}, REMOTE_ADDR=network())

    return send


@pytest.mark.parametrize(
    ("asked", "manner", "doubtful", "read"),
    [
        (ProofAsked.OFF, QUICK, False, False),
        (ProofAsked.DOUBT, QUICK, True, False),
        (ProofAsked.DOUBT, SLOW, False, False),
        (ProofAsked.DOUBT, DONE, False, False),
        (ProofAsked.ALWAYS, SLOW, True, True),
        (ProofAsked.ALWAYS, DONE, False, False),
    ],
)
def test_doubt_follows_the_doors(
    set_doors: Any, asked: str, manner: Manner, doubtful: bool, read: bool
) -> None:
    set_doors(proof=asked)

    assert is_doubtful(manner) == doubtful
    assert must_be_read(manner) == read


def test_an_arrival_is_noted_once_and_only_in_doubt(set_doors: Any, alice: Any) -> None:
    set_doors(proof=ProofAsked.DOUBT)

    assert not note_arrival(actor=alice, manner=SLOW)
    assert not Arrival.objects.exists()
    assert note_arrival(actor=alice, manner=QUICK)
    assert note_arrival(actor=alice, manner=Manner(seconds=0.1, proof=Proof.WRONG))
    arrival = Arrival.objects.get()
    assert (arrival.member, arrival.was_quick, arrival.proof) == (alice, True, "missing")


def test_an_arrival_is_forgotten_after_a_month(alice: Any, bob: Any) -> None:
    Arrival.objects.create(member=alice, was_quick=True, proof="missing")
    long_ago = timezone.now() - timezone.timedelta(days=31)
    Arrival.objects.create(member=bob, was_quick=True, proof="missing", at=long_ago)

    assert forget_arrivals(actor=None) == 1
    assert Arrival.objects.get().member == alice


def test_whoever_fills_the_form_in_quickly_is_in_at_once(join: Any) -> None:
    assert join().status_code == 302

    newcomer = Member.objects.get(email="nina@example.org")
    assert newcomer.is_active
    assert newcomer.arrival.was_quick


def test_a_sum_that_was_done_takes_the_doubt_away(join: Any) -> None:
    assert join(altcha=solved(issue("join", cost=1))).status_code == 302

    assert Member.objects.filter(email="nina@example.org", is_active=True).exists()
    assert not Arrival.objects.exists()


def test_a_wrong_sum_is_no_sum(join: Any) -> None:
    payload = solved(issue("join", cost=1))
    assert join(altcha=changed(payload, "solution", "counter", to=1)).status_code == 302

    assert Arrival.objects.get().proof == "wrong"


def test_with_always_the_team_lets_in_who_has_no_script(set_doors: Any, join: Any) -> None:
    set_doors(proof=ProofAsked.ALWAYS)

    assert join(after=30, altcha="").status_code == 302

    newcomer = Member.objects.get(email="nina@example.org")
    assert not newcomer.is_active
    assert Admission.objects.get().member == newcomer


def test_with_always_who_did_the_sum_is_in_at_once(set_doors: Any, join: Any) -> None:
    set_doors(proof=ProofAsked.ALWAYS)

    assert join(altcha=solved(issue("join", cost=1))).status_code == 302
    assert Member.objects.get(email="nina@example.org").is_active


@pytest.mark.parametrize("wrong", ["used", "old", "other"])
def test_with_always_a_wrong_sum_is_asked_for_again(set_doors: Any, join: Any, wrong: str) -> None:
    set_doors(proof=ProofAsked.ALWAYS)
    payload = solved(issue("post" if wrong == "other" else "join", cost=1))
    if wrong == "used":
        other = {"email": "first@example.org", "name": "First"}
        assert join(after=5, **other, altcha=payload).status_code == 302
    before = Member.objects.count()

    answer = join(after=3000 if wrong == "old" else 5, altcha=payload)

    assert "run out or was used" in answer.content.decode()
    # A new sum comes with the form.
    assert "/api/v1/challenge?purpose=join" in answer.content.decode()
    assert Member.objects.count() == before


def test_the_form_asks_for_no_sum_where_that_is_off(set_doors: Any, sign_in: Any) -> None:
    assert "data-proof" in sign_in(None).get("/join/").content.decode()
    set_doors(proof=ProofAsked.OFF)
    assert "data-proof" not in sign_in(None).get("/join/").content.decode()


def test_a_challenge_is_answered_to_guests_and_bound_to_members(sign_in: Any, alice: Any) -> None:
    for client, purpose, who in ((sign_in(None), "join", 0), (sign_in(alice), "post", alice.pk)):
        answer = client.get(f"/api/v1/challenge?purpose={purpose}")

        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert answer.json()["parameters"]["data"] == {"for": purpose, "who": who}
        assert solved(answer.json())
    assert sign_in(None).get("/api/v1/challenge?purpose=else").status_code == 400
