"""Members propose others for a badge; managers decide in the one queue."""

from typing import Any

import pytest
from django.db.models import Q

from community.activity import relay
from community.activity.models import Delivery
from community.errors import Conflict, Invalid, RateLimited, Refused
from community.moderation.actions import decide_case, undo_decision
from community.moderation.models import Case
from community.notifications.models import Notice
from rewards.badges.actions import answer_nomination, give_badge, nominate_member, reopen_nomination
from rewards.badges.models import Award, Badge, Nomination

WORDS = "He carried the tables at the fair, twice."


@pytest.fixture
def badge(db: None) -> Badge:
    return Badge.objects.get(key="good-deed")


def deliver() -> None:
    while due := list(Delivery.objects.filter(Q(consumer__startswith="badges."), done_at=None, dead_at=None)):
        for delivery in due:
            relay.deliver(delivery.pk)
            delivery.refresh_from_db()
            assert delivery.error == "", delivery.error


def test_a_proposal_that_is_followed_becomes_a_badge_with_its_words(
    alice: Any, bob: Any, manager: Any, badge: Badge
) -> None:
    nominate_member(actor=alice, badge=badge, member=bob, words=f"  {WORDS} ")
    deliver()
    case = Case.objects.get(kind="badge_nomination")

    decide_case(actor=manager, case=case, decision="award", reason="")
    deliver()
    award = Award.objects.get(badge=badge, member=bob)
    assert (award.citation, award.given_by, award.is_by_hand) == (WORDS, manager, True)
    assert Nomination.objects.get().state == "accepted"
    assert {(n.member, n.kind) for n in Notice.objects.all()} >= {
        (alice, "badge.nomination"),
        (bob, "badge.earned"),
    }

    undo_decision(actor=manager, case=Case.objects.get(pk=case.pk))
    assert not Award.objects.filter(badge=badge, revoked_at=None).exists()
    assert Nomination.objects.get().state == "open"


def test_a_proposal_that_is_not_followed_is_told_to_who_made_it_alone(
    alice: Any, bob: Any, manager: Any, badge: Badge
) -> None:
    nominate_member(actor=alice, badge=badge, member=bob, words=WORDS)
    deliver()
    case = Case.objects.get(kind="badge_nomination")
    decide_case(actor=manager, case=case, decision="decline", reason="It was Carol who did")
    deliver()

    assert Nomination.objects.get().answer == "It was Carol who did"
    assert [n.member for n in Notice.objects.filter(kind="badge.nomination")] == [alice]
    assert not Notice.objects.filter(member=bob).exists()
    assert not Award.objects.filter(badge=badge).exists()


def test_the_same_proposal_twice_is_one(alice: Any, carol: Any, bob: Any, badge: Badge) -> None:
    first = nominate_member(actor=alice, badge=badge, member=bob, words=WORDS)

    assert nominate_member(actor=carol, badge=badge, member=bob, words=WORDS) == first
    assert Nomination.objects.count() == 1


@pytest.mark.parametrize(
    ("actor", "member", "key"),
    [
        ("alice", "alice", "good-deed"),
        ("alice", "mod", "good-deed"),
        ("alice", "bob", "first-answer"),
        ("mallory", "bob", "good-deed"),
    ],
)
def test_not_oneself_not_the_team_not_for_every_badge(
    actor: str, member: str, key: str, request: Any
) -> None:
    with pytest.raises(Refused):
        nominate_member(
            actor=request.getfixturevalue(actor),
            badge=Badge.objects.get(key=key),
            member=request.getfixturevalue(member),
            words=WORDS,
        )
    assert not Nomination.objects.exists()


@pytest.mark.parametrize("words", ["", "nice", "x" * 301])
def test_a_proposal_says_what_they_did(words: str, alice: Any, bob: Any, badge: Badge) -> None:
    with pytest.raises(Invalid):
        nominate_member(actor=alice, badge=badge, member=bob, words=words)
    assert not Nomination.objects.exists()


def test_who_holds_it_is_not_proposed(alice: Any, bob: Any, manager: Any, badge: Badge) -> None:
    give_badge(actor=manager, badge=badge, member=bob, reason=WORDS)

    with pytest.raises(Conflict):
        nominate_member(actor=alice, badge=badge, member=bob, words=WORDS)


def test_nobody_proposes_all_day_long(settings: Any, alice: Any, make_member: Any, badge: Badge) -> None:
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-badges"
    with pytest.raises(RateLimited):
        for n in range(9):
            nominate_member(actor=alice, badge=badge, member=make_member(f"m{n}"), words=WORDS)

    assert Nomination.objects.count() < 9


def test_only_managers_answer_and_only_once(
    alice: Any, bob: Any, mod: Any, manager: Any, badge: Badge
) -> None:
    nomination = nominate_member(actor=alice, badge=badge, member=bob, words=WORDS)
    for actor in (alice, bob, mod):
        with pytest.raises(Refused):
            answer_nomination(actor=actor, nomination=nomination, accept=True)
        with pytest.raises(Refused):
            reopen_nomination(actor=actor, nomination=nomination)

    answer_nomination(actor=manager, nomination=nomination, accept=False)
    with pytest.raises(Conflict):
        answer_nomination(actor=manager, nomination=nomination, accept=True)
    reopen_nomination(actor=manager, nomination=nomination)
    with pytest.raises(Conflict):
        reopen_nomination(actor=manager, nomination=nomination)


def test_the_page_and_the_api_agree(alice: Any, bob: Any, carol: Any, sign_in: Any, badge: Badge) -> None:
    client, page = sign_in(alice), "/badges/good-deed/propose/"
    assert f'href="{page}"' in client.get("/badges/good-deed/").content.decode()
    assert client.get(page).status_code == 200
    assert client.get("/badges/first-answer/propose/").status_code == 404
    assert client.post(page, {"handle": "nobody", "words": WORDS}).status_code == 422
    assert client.post(page, {"handle": "alice", "words": WORDS}).status_code == 422
    assert client.post(page, {"handle": "@bob", "words": WORDS}).status_code == 303

    sent = sign_in(carol).post(
        "/api/v1/badges/good-deed/nominations",
        {"member": "alice", "words": WORDS},
        content_type="application/json",
    )
    assert sent.status_code == 201
    assert sent.json()["state"] == "open"
    assert Nomination.objects.count() == 2
