"""Badges say beforehand how they are earned, and show only those who let themselves be seen."""

from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import escape

from community.members.models import Member
from rewards.badges.actions import give_badge, recompute_all
from rewards.badges.models import Award, Badge
from rewards.badges.queries import badges_of, nearest_badges
from rewards.badges.rules.words import say_rule
from tests.rewards.conftest import fewest_statements


def body(client: Any, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def asked(alice: Any, space: Any, make_thread: Any) -> Any:
    thread = make_thread(alice, space)
    recompute_all()
    return thread


def test_every_badge_says_how_it_is_earned(sign_in: Any) -> None:
    text = body(sign_in(None), "/badges/")

    for badge in Badge.objects.all():
        assert badge.name in text
        assert badge.criteria in text
        assert badge.criteria or escape(say_rule(badge.tree, {})) in text


def test_every_shipped_badge_has_its_picture(sign_in: Any) -> None:
    from django.contrib.staticfiles import finders

    for badge in Badge.objects.all():
        assert finders.find(badge.art_path), badge.art_path


def test_one_sees_how_far_one_is(sign_in: Any, alice: Any, asked: Any) -> None:
    text = body(sign_in(alice), "/badges/")

    assert "Yours since" in text
    assert "0 of 5" in text
    assert "1 person holds it" in text


def test_guests_see_no_progress(sign_in: Any, asked: Any) -> None:
    text = body(sign_in(None), "/badges/")

    assert "<progress" not in text
    assert "Yours since" not in text


def test_quiet_members_see_no_progress(sign_in: Any, alice: Any, asked: Any) -> None:
    Member.objects.filter(pk=alice.pk).update(quiet_mode=True)

    assert "Yours since" not in body(sign_in(alice), "/badges/")


def test_holders_are_named_unless_they_hide_it(sign_in: Any, alice: Any, bob: Any, asked: Any) -> None:
    assert "Alice Arden" in body(sign_in(None), "/badges/first-question/")

    Member.objects.filter(pk=alice.pk).update(show_badges=False)
    assert "Alice Arden" not in body(sign_in(None), "/badges/first-question/")
    assert "Alice Arden" not in body(sign_in(bob), "/badges/first-question/")
    assert "Alice Arden" in body(sign_in(alice), "/badges/first-question/").split("<main")[1]


def test_those_who_left_are_not_named(sign_in: Any, alice: Any, asked: Any) -> None:
    Member.objects.filter(pk=alice.pk).update(is_active=False)

    assert "Alice Arden" not in body(sign_in(None), "/badges/first-question/")


@pytest.mark.parametrize("key", ["unheard-of", "paused"])
def test_unknown_and_paused_badges_look_absent(sign_in: Any, key: str) -> None:
    Badge.objects.create(key="paused", name="Paused", description="d", criteria="c", is_active=False)

    assert sign_in(None).get(f"/badges/{key}/").status_code == 404


@pytest.mark.parametrize(
    "after",
    ["x", "2026-01-01~1", "2026-01-01T00:00:00+00:00~x", "~", "2026-01-01T00:00:00+00:00~" + "9" * 30],
)
def test_a_broken_link_shows_the_beginning(sign_in: Any, asked: Any, after: str) -> None:
    response = sign_in(None).get("/badges/first-question/", {"after": after})

    assert response.status_code == 200
    assert "Alice Arden" in response.content.decode()


def test_holders_are_paged(sign_in: Any, manager: Any, make_member: Any) -> None:
    badge = Badge.objects.create(key="by-hand", name="By hand", description="d", criteria="c")
    for n in range(33):
        give_badge(actor=manager, badge=badge, member=make_member(f"m{n}"), reason="Came to the fair")

    first = body(sign_in(None), "/badges/by-hand/")
    after = first.split('href="/badges/by-hand/?after=')[1].split('"')[0]
    second = body(sign_in(None), f"/badges/by-hand/?after={after}")
    assert (first.count('class="person"'), second.count('class="person"')) == (30, 3)


def test_pages_cost_the_same_for_two_holders_and_twenty(
    sign_in: Any, alice: Any, manager: Any, make_member: Any
) -> None:
    badge = Badge.objects.create(key="by-hand", name="By hand", description="d", criteria="c")
    client, costs = sign_in(alice), []
    for start, stop in ((0, 2), (2, 20)):
        for n in range(start, stop):
            give_badge(actor=manager, badge=badge, member=make_member(f"m{n}"), reason="Came to the fair")
        for url in ("/badges/", "/badges/by-hand/"):
            costs.append(fewest_statements(client, url))

    assert costs[:2] == costs[2:]


def test_a_profile_names_the_badges_and_to_oneself_the_nearest(
    sign_in: Any, alice: Any, bob: Any, asked: Any
) -> None:
    own = body(sign_in(alice), "/@alice/")
    assert "First question" in own
    assert own.count("bdg going") == 3
    assert {card.key for card in nearest_badges(alice)}.isdisjoint({"first-question"})

    others = body(sign_in(bob), "/@alice/")
    assert "First question" in others
    assert "bdg going" not in others

    Member.objects.filter(pk=alice.pk).update(show_badges=False)
    assert "First question" not in body(sign_in(bob), "/@alice/")
    assert "Only you" in body(sign_in(alice), "/@alice/")


def test_a_badge_keeps_nothing_of_where_it_was_earned(
    alice: Any, private_space: Any, make_thread: Any
) -> None:
    from community.spaces.models import SpaceMembership

    SpaceMembership.objects.create(space=private_space, member=alice)
    make_thread(alice, private_space, title="Prototype 7 leaks at the seam?")
    recompute_all()

    awards = Award.objects.filter(member=alice)
    assert awards
    assert "Prototype" not in " ".join(str(value) for award in awards for value in vars(award).values())


def test_badges_kept_to_oneself_are_shown_to_their_holder_only(
    sign_in: Any, alice: Any, bob: Any, asked: Any
) -> None:
    assert [card.key for card in badges_of(bob, alice)] == [card.key for card in badges_of(None, alice)] != []

    Member.objects.filter(pk=alice.pk).update(show_badges=False)

    assert badges_of(alice, alice)
    assert badges_of(bob, alice) == badges_of(None, alice) == []


def test_a_badge_taken_back_or_closed_leaves_the_profile(alice: Any, bob: Any, asked: Any) -> None:
    first = badges_of(bob, alice)[0]
    Badge.objects.filter(key=first.key).update(is_active=False)

    assert first.key not in [card.key for card in badges_of(bob, alice)]

    Award.objects.filter(member=alice).update(revoked_at=timezone.now())

    assert badges_of(bob, alice) == []
