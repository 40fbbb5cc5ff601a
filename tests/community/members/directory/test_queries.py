"""The directory: every order continues without gaps, and what one may not read narrows nothing."""

from typing import Any

import pytest

from community.members.directory.queries import SORTS, Narrowing, filters_for, list_people
from community.members.fields.actions import answer_fields, save_field
from community.members.models import Group, GroupMembership, Member
from community.members.profiles.actions import set_month_posts

pytestmark = pytest.mark.django_db


def handles(viewer: Any, **narrowing: Any) -> set[str]:
    return {m.handle for m in list_people(viewer, Narrowing(**narrowing)).members}


@pytest.fixture
def terrain(manager: Any, alice: Any, bob: Any) -> None:
    for key, seen_by in (("terrain", "public"), ("tent", "members"), ("plan", "staff")):
        changes = {
            "key": key,
            "name": key,
            "kind": "choices",
            "choices": ["One", "Two"],
            "is_filterable": True,
        }
        filled_by = "staff" if seen_by == "staff" else "member"
        save_field(actor=manager, changes={**changes, "seen_by": seen_by, "filled_by": filled_by})
    answer_fields(actor=alice, member=alice, answers={"terrain": ["One"], "tent": ["Two"]})
    answer_fields(actor=manager, member=alice, answers={"plan": ["One"]})
    answer_fields(actor=bob, member=bob, answers={"terrain": ["One", "Two"]})


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_goes_on_without_gaps(make_member: Any, sort: str) -> None:
    people = [make_member(f"person-{n}", name=f"Name {n % 7}", accepted_count=n % 3) for n in range(60)]
    set_month_posts(actor=None, counts={person.pk: person.pk % 4 + 1 for person in people})
    seen: list[str] = []
    after = ""
    while True:
        page = list_people(None, sort=sort, after=after)
        seen += [member.handle for member in page.members]
        after = page.after
        if not after:
            break

    assert len(seen) == len(set(seen)) == 60


def test_names_are_found_by_how_their_words_begin(make_member: Any) -> None:
    make_member("maya", name="Maya Okafor")
    make_member("okapi", name="Zed")

    assert handles(None, words="oka") == {"maya", "okapi"}
    assert handles(None, words="maya oka") == {"maya"}
    assert handles(None, words="@oka") == {"maya", "okapi"}
    assert handles(None, words="%") == handles(None, words="' | !") == set()


def test_people_are_narrowed_by_what_the_viewer_may_read(
    terrain: None, alice: Any, bob: Any, mod: Any
) -> None:
    assert handles(None, answers={"terrain": "One"}) == {"alice", "bob"}
    assert handles(bob, answers={"terrain": "Two"}) == {"bob"}
    assert handles(bob, answers={"tent": "Two"}) == {"alice"}
    assert handles(mod, answers={"plan": "One"}) == {"alice"}
    assert [f.key for f in filters_for(None)] == ["terrain"]
    assert [f.key for f in filters_for(bob)] == ["terrain", "tent"]
    everybody = handles(None)
    assert handles(None, answers={"tent": "Two"}) == handles(bob, answers={"plan": "One"}) == everybody


def test_group_and_trust_are_for_the_team(alice: Any, bob: Any, mod: Any) -> None:
    group = Group.objects.create(name="Testers", slug="testers")
    GroupMembership.objects.create(group=group, member=alice)

    assert handles(mod, group="testers") == {"alice"}
    assert handles(mod, trust=3) == {"mod"}
    assert handles(bob, group="testers", trust=3) == {"alice", "bob", "mod"}


def test_whoever_hides_their_profile_is_found_by_the_team_alone(alice: Any, bob: Any, mod: Any) -> None:
    Member.objects.filter(pk=alice.pk).update(hides_profile=True, location="Oslo")

    assert handles(None) == handles(bob) == {"bob", "mod"}
    assert handles(mod, place="osl") == {"alice"}


def test_team_and_tier(alice: Any, bob: Any, mod: Any) -> None:
    Member.objects.filter(pk=mod.pk).update(team_title="Tarn team")
    Member.objects.filter(pk=alice.pk).update(tier="Guide")
    Member.objects.filter(pk=bob.pk).update(tier="Guide", show_tier=False)

    assert handles(None, team=True) == {"mod"}
    assert handles(None, tier="Guide") == {"alice"}


def test_it_costs_two_statements_however_it_is_narrowed(
    terrain: None, bob: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        list_people(bob, Narrowing(words="a", place="o", answers={"terrain": "One"}), sort="active")
