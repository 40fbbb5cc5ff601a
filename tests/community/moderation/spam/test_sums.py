"""A newcomer's text in doubt: the browser is asked for a small sum, and what it does counts in the score."""

from typing import Any

import pytest

from community.members.doors import memory
from community.members.models import Arrival, DoorRules, ProofAsked
from community.moderation.models import Judgement
from community.proof import Proof, issue
from community.screening import Manner
from community.threads.actions import reply_to_thread
from community.threads.models import Post
from community.typed import SumWanted
from tests.community.test_proof import solved

# New, typed within seconds, and a little of a link: 40 of 100.
DOUBTFUL = "Tents are cheap this week, have a look at https://a.example/tents before they are gone"


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Any:
    """A thread of somebody who is known."""
    return make_thread(alice, space)


@pytest.fixture
def nina(make_member: Any) -> Any:
    """Joined a moment ago."""
    return make_member("nina", trust_level=0)


def say(nina: Any, thread: Any, proof: Proof, *, body: str = DOUBTFUL, can_ask: bool = True) -> Post:
    manner = Manner(seconds=0.5, proof=proof, can_ask=can_ask)
    return reply_to_thread(actor=nina, thread=thread, body=body, manner=manner)


def test_a_text_in_doubt_asks_for_a_sum_and_keeps_nothing(nina: Any, thread: Any) -> None:
    with pytest.raises(SumWanted):
        say(nina, thread, Proof.UNASKED)

    assert Post.objects.count() == 1
    assert not Judgement.objects.exists()


def test_a_text_that_is_in_no_doubt_asks_for_nothing(nina: Any, thread: Any) -> None:
    say(
        nina,
        thread,
        Proof.UNASKED,
        body="Hello! Mine bent at the second joint too, has anybody splinted one?",
    )

    assert Judgement.objects.get().score < 40


def test_the_sum_that_was_done_says_nothing_and_the_missing_one_counts(nina: Any, thread: Any) -> None:
    say(nina, thread, Proof.SOLVED)
    done = Judgement.objects.latest("pk")
    say(
        nina,
        thread,
        Proof.MISSING,
        body="Poles too, and mats: https://a.example/poles is where I bought all of mine",
    )
    missing = Judgement.objects.latest("pk")

    assert "unproven" not in done.signals
    assert missing.signals["unproven"] == 1.0
    assert missing.weights["unproven"] == 20
    assert missing.score >= done.score + 20


def test_an_account_made_as_programs_do_counts(nina: Any, thread: Any) -> None:
    Arrival.objects.create(member=nina, was_quick=True, proof="missing")

    say(nina, thread, Proof.SOLVED)

    assert Judgement.objects.get().signals["came"] == 1.0


def test_nobody_is_asked_where_that_is_off(nina: Any, thread: Any) -> None:
    DoorRules.objects.create(pk=1, proof=ProofAsked.OFF)
    memory.forget()

    say(nina, thread, Proof.UNASKED)

    assert "unproven" not in Judgement.objects.get().signals


def test_the_form_comes_back_with_a_sum_and_what_was_typed(sign_in: Any, nina: Any, thread: Any) -> None:
    from django.core.signing import Signer

    client, where = sign_in(nina), f"/t/{thread.pk}/-/reply/"
    import time

    typed = {"body": DOUBTFUL, "begun": Signer(salt="community.typed").sign(str(int(time.time() * 10)))}

    asked = client.post(where, typed)
    page = asked.content.decode()

    assert asked.status_code == 422
    assert 'data-proof="/api/v1/challenge?purpose=post"' in page and "data-go" in page
    assert "https://a.example/tents" in page
    assert Post.objects.count() == 1

    # Without script: sent again it goes on, and the sum that is missing counts.
    again = client.post(where, {**typed, "altcha": ""})
    assert again.status_code in (302, 303)
    assert "unproven" in Judgement.objects.get().signals


def test_with_the_sum_of_the_browser_it_is_shown(sign_in: Any, nina: Any, thread: Any) -> None:
    import time

    from django.core.signing import Signer

    client = sign_in(nina)
    typed = {"body": DOUBTFUL, "begun": Signer(salt="community.typed").sign(str(int(time.time() * 10)))}
    challenge = client.get("/api/v1/challenge?purpose=post").json()

    answer = client.post(f"/t/{thread.pk}/-/reply/", {**typed, "altcha": solved(challenge)})

    assert answer.status_code in (302, 303)
    assert Post.objects.count() == 2
    assert "unproven" not in Judgement.objects.get().signals
    assert issue("post", nina.pk, cost=1)["parameters"]["data"]["who"] == nina.pk


def test_being_asked_is_not_counted_as_a_reply(sign_in: Any, nina: Any, thread: Any, settings: Any) -> None:
    import time

    from django.core.signing import Signer

    settings.LIMITS_ENABLED = True
    client, where = sign_in(nina), f"/t/{thread.pk}/-/reply/"
    typed = {"body": DOUBTFUL, "begun": Signer(salt="community.typed").sign(str(int(time.time() * 10)))}

    assert "data-go" in client.post(where, typed).content.decode()
    assert client.post(where, {**typed, "altcha": ""}).status_code in (302, 303)
    # What was written counts as before.
    again = {**typed, "body": "Another one already, so soon after the first of mine", "altcha": ""}
    assert "You can go on in" in client.post(where, again).content.decode()
