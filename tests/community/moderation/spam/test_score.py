"""The spam score: signs, bands, what is kept, what the team teaches it, and what other numbers would have done."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Held, Invalid, Refused
from community.moderation.actions import decide_case, undo_decision
from community.moderation.held.actions import approve_held, refuse_held
from community.moderation.held.grounds import say_to_team, say_to_writer
from community.moderation.models import Band, Case, HostStanding, Judgement, Outcome
from community.moderation.models import Held as HeldRow
from community.moderation.spam.replay import check_numbers, replay
from community.moderation.spam.signals import band_of, hosts_of, score_of
from community.moderation.spam.throwaway import is_throwaway
from community.screening import Manner
from community.threads.actions import reply_to_thread
from community.threads.models import Post, State

ADVERT = "The best price for tents and poles in all of Europe is only at https://bad.example/tents today"


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Any:
    """A thread of somebody who is known."""
    return make_thread(alice, space)


@pytest.fixture
def nina(make_member: Callable[..., Any]) -> Any:
    """Joined a moment ago."""
    return make_member("nina", trust_level=0)


def say(actor: Any, thread: Any, body: str, **more: Any) -> Post:
    return reply_to_thread(actor=actor, thread=thread, body=body, **more)


def test_an_honest_first_post_is_shown_and_its_judgement_kept(nina: Any, thread: Any) -> None:
    post = say(nina, thread, "Hello! Mine bent at the second joint too, has anybody splinted one?")

    judged = Judgement.objects.get()
    assert (judged.post, judged.author, judged.band, judged.outcome) == (post, nina, Band.PASS, "")
    assert judged.signals == {"new": 1.0}
    assert judged.score == 15
    assert not Case.objects.exists()


def test_who_is_known_is_not_scored_and_costs_no_statement(
    nina: Any, make_member: Any, alice: Any, thread: Any
) -> None:
    known = make_member("known", trust_level=2)

    def statements(actor: Any, body: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            say(actor, thread, body)
        return len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]])

    statements(known, "The first one warms up.")
    usual = statements(known, "No link here, and none is scored.")
    assert statements(alice, "No link here, at trust level one.") == usual
    assert not Judgement.objects.exists()
    assert statements(nina, "No link here, at trust level none.") <= usual + 1
    say(alice, thread, "A link at level one: https://shop.example/pole")
    say(known, thread, "A link at level two: https://shop.example/pole")
    assert Judgement.objects.count() == 2


def test_a_program_that_fills_in_everything_waits_and_learns_why(nina: Any, thread: Any) -> None:
    with pytest.raises(Held):
        say(nina, thread, ADVERT, manner=Manner(seconds=0.8, is_trapped=True))

    held = HeldRow.objects.get()
    judged = Judgement.objects.get()
    assert (judged.held, judged.post, judged.band) == (held, None, Band.HOLD)
    assert judged.score == held.score == 100
    assert {"new", "links", "hurried", "trapped"} <= judged.signals.keys()
    assert "typed within seconds" in say_to_writer(held.grounds[0])
    assert "100" in say_to_team(held.grounds[0])
    assert Case.objects.get().kind == "spam_signals"
    assert Post.objects.count() == 1


def test_the_same_advert_by_several_new_members_is_seen(nina: Any, make_member: Any, thread: Any) -> None:
    say(nina, thread, ADVERT)
    other = make_member("otto", trust_level=0)

    say(other, thread, ADVERT.replace("today", "now!!"))

    judged = Judgement.objects.latest("id")
    assert judged.signals["alike"] > 0.7


def test_between_the_bands_it_is_shown_and_somebody_looks(
    nina: Any, mod: Any, thread: Any, set_number: Any, deliver_all: Any
) -> None:
    set_number("moderation.spam_queue_at", 15)

    post = say(nina, thread, ADVERT)

    case = Case.objects.get()
    assert (case.kind, case.subject_id, case.author) == ("spam_shown", post.pk, nina)
    decide_case(actor=mod, case=case, decision="remove", reason="Advertising")
    post.refresh_from_db()
    assert post.state == State.REMOVED
    deliver_all()
    assert Judgement.objects.get().outcome == Outcome.BAD
    assert HostStanding.objects.get().bad == 1
    undo_decision(actor=mod, case=case)
    deliver_all()
    post.refresh_from_db()
    assert post.state == State.VISIBLE
    standing = HostStanding.objects.get()
    assert (standing.fine, standing.bad) == (1, 0)


def test_what_the_team_finds_teaches_which_sites_are_wanted(
    nina: Any, mod: Any, make_member: Any, thread: Any, set_number: Any, deliver_all: Any
) -> None:
    set_number("moderation.spam_hold_at", 15)
    set_number("moderation.spam_queue_at", 15)
    for body in (ADVERT, "Look at https://good.example/splint for a splint."):
        with pytest.raises(Held):
            say(nina, thread, body)
    bad, good = HeldRow.objects.order_by("id")
    refuse_held(actor=mod, held=bad, reason="Advertising")
    approve_held(actor=mod, held=good)
    for _time in range(2):
        deliver_all()

    standings = {row.host: (row.fine, row.bad) for row in HostStanding.objects.all()}
    assert standings == {"bad.example": (0, 1), "good.example": (1, 0)}
    other = make_member("otto", trust_level=0)
    with pytest.raises(Held):
        say(other, thread, "See https://bad.example/other")
    assert Judgement.objects.latest("id").signals["hosts"] > 0.5


def test_an_edit_is_scored_for_links_it_adds(nina: Any, thread: Any) -> None:
    from community.threads.actions import edit_post

    post = say(nina, thread, "Hello! Mine bent at the second joint too.")
    fresh = Post.objects.select_related("thread__space").get(pk=post.pk)
    edit_post(actor=nina, post=fresh, body="Hello! Mine bent at the third joint too.")
    assert Judgement.objects.count() == 1

    edit_post(actor=nina, post=fresh, body=ADVERT)

    assert Judgement.objects.latest("id").place == "edit"


def test_other_numbers_are_tried_on_what_was_before_they_are_saved(
    nina: Any, mod: Any, manager: Any, alice: Any, thread: Any
) -> None:
    say(nina, thread, ADVERT)
    say(nina, thread, "Hello! Mine bent at the second joint too, has anybody splinted one?")
    Judgement.objects.filter(sample__startswith="hello").update(outcome=Outcome.FINE)
    Judgement.objects.create(
        author=nina, space_id=thread.space_id, place="reply", score=90, band="hold", signals={"links": 1.0},
        created_at=timezone.now() - dt.timedelta(days=31),
    )  # fmt: skip

    found = replay(manager, check_numbers({"moderation.spam_hold_at": 15, "moderation.spam_queue_at": 10}))

    assert found.looked_at == 2
    assert found.would[Band.HOLD] == [2, 1, 0]
    assert found.did == {Band.PASS: 2, Band.QUEUE: 0, Band.HOLD: 0}
    assert [line.band for line in found.lines] == [Band.HOLD, Band.HOLD]
    assert replay(manager, check_numbers({})).would[Band.HOLD] == [0, 0, 0]
    for actor in (alice, mod):
        with pytest.raises(Refused):
            replay(actor, check_numbers({}))
    with pytest.raises(Invalid) as refusal:
        check_numbers({"moderation.spam_hold_at": 20, "moderation.spam_queue_at": 50})
    assert "moderation.spam_queue_at" in refusal.value.fields


def test_the_page_saves_only_what_was_tried(
    sign_in: Any, manager: Any, mod: Any, nina: Any, thread: Any
) -> None:
    say(nina, thread, ADVERT)
    client = sign_in(manager)
    path = "/admin/moderation/judgement/replay/"

    tried = client.get(path, {"moderation.spam_hold_at": "20", "moderation.spam_queue_at": "10"})
    wrong = client.get(path, {"moderation.spam_hold_at": "x"})
    saved = client.post(path, {"moderation.spam_hold_at": "20", "moderation.spam_queue_at": "10"})

    assert "1 text would have waited" in tried.content.decode()
    assert "Weight of a new account" in tried.content.decode()
    assert '<input type="hidden" name="moderation.spam_hold_at" value="20">' in tried.content.decode()
    assert wrong.status_code == 422
    assert saved.status_code == 302
    from community.numbers.models import NumberInForce

    assert NumberInForce.objects.get(key="moderation.spam_hold_at").value == 20
    assert client.get("/admin/moderation/judgement/").status_code == 200
    assert sign_in(mod).get(path).status_code in (302, 403)


def test_the_api_tries_numbers_too(sign_in: Any, manager: Any, mod: Any, nina: Any, thread: Any) -> None:
    say(nina, thread, ADVERT)
    body = {"numbers": {"moderation.spam_hold_at": 20, "moderation.spam_queue_at": 10}}
    path = "/api/v1/moderation/spam/replay"

    answer = sign_in(manager).post(path, body, content_type="application/json")

    assert answer.json()["looked_at"] == 1
    held = next(one for one in answer.json()["bands"] if one["band"] == "hold")
    assert (held["texts"], held["were"]) == (1, 0)
    assert sign_in(mod).post(path, body, content_type="application/json").status_code == 403


@given(
    st.dictionaries(st.sampled_from(["new", "often", "links", "alike"]), st.floats(0, 1)),
    st.dictionaries(st.sampled_from(["new", "often", "links", "alike"]), st.integers(0, 100)),
)
def test_a_score_stays_between_nothing_and_a_hundred(signals: Any, weights: Any) -> None:
    score = score_of(signals, weights)

    assert 0 <= score <= 100
    assert band_of(score, 75, 61) == (Band.HOLD if score >= 75 else Band.QUEUE if score >= 61 else Band.PASS)


def test_sites_and_throwaway_addresses_are_told_by_their_names() -> None:
    links = [
        "https://www.Shop.example/a",
        "http://shop.example/b",
        "https://user@evil.example:80/",
        "/here",
        "x://[",
    ]
    assert hosts_of(links) == ["evil.example", "shop.example"]
    assert is_throwaway("a@mailinator.com") and is_throwaway("a@x.Mailinator.com.")
    assert (
        not is_throwaway("a@example.org") and not is_throwaway("") and not is_throwaway("a@notmailinator.com")
    )
