"""The directory: every order continues without gaps, and what one may not read narrows nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.members.directory import queries
from community.members.directory.queries import SORTS, Narrowing, filters_for, groups_for, list_people
from community.members.fields.actions import answer_fields, save_field
from community.members.models import Group, GroupMembership, Member
from community.members.profiles.actions import set_month_posts
from community.search.actions import index_members
from community.search.queries import search_members
from rewards.badges.models import Award, Badge

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


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("beginning", [1, 6, 40])
def test_a_name_that_many_bear_is_found_alike_however_much_of_the_order_is_looked_through(
    make_member: Any, monkeypatch: pytest.MonkeyPatch, sort: str, beginning: int
) -> None:
    names = ("Maya Okafor", "Tomasz", "Hana Maya", "Luca")
    people = [
        make_member(f"maya-{n}" if n % 5 == 0 else f"p-{n}", name=names[n % 4], accepted_count=n % 3)
        for n in range(60)
    ]
    set_month_posts(actor=None, counts={person.pk: person.pk % 4 + 1 for person in people})
    plain = [list_people(None, Narrowing(words="maya"), sort=sort)]
    plain.append(list_people(None, Narrowing(words="maya"), sort=sort, after=plain[0].after))

    monkeypatch.setattr(queries, "_FEW", 3)
    monkeypatch.setattr(queries, "_BEGINNING", beginning)
    found = [list_people(None, Narrowing(words="maya"), sort=sort)]
    found.append(list_people(None, Narrowing(words="maya"), sort=sort, after=found[0].after))

    assert [[m.pk for m in page.members] for page in found] == [
        [m.pk for m in page.members] for page in plain
    ]
    assert [page.after for page in found] == [page.after for page in plain]


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


def test_members_narrow_to_groups_whose_people_they_may_read(alice: Any, bob: Any, make_member: Any) -> None:
    carol = make_member("carol")
    for slug, seen in (("open", "everyone"), ("inner", "group"), ("team", "staff"), ("signed-in", "members")):
        group = Group.objects.create(name=slug, slug=slug, visibility="everyone", members_visibility=seen)
        GroupMembership.objects.create(group=group, member=alice)
    everybody = handles(None)

    shown = {
        None: {"open"},
        bob: {"open", "signed-in"},
        alice: {"open", "signed-in", "inner"},
    }
    for viewer, slugs in shown.items():
        assert {group.slug for group in groups_for(viewer)} == slugs
        for slug in ("open", "inner", "team", "signed-in", "nothing-such"):
            assert handles(viewer, group=slug) == ({"alice"} if slug in slugs else everybody)
    assert carol.handle in everybody


def test_the_directory_narrowed_to_a_group_costs_six_statements(alice: Any, bob: Any, sign_in: Any) -> None:
    group = Group.objects.create(
        name="open", slug="open", visibility="everyone", members_visibility="everyone"
    )
    GroupMembership.objects.create(group=group, member=alice)
    client = sign_in(alice)
    client.get("/people/?group=open")

    with CaptureQueriesContext(connection) as captured:
        page = client.get("/people/?group=open").content.decode()

    assert "@alice" in page and "@bob" not in page
    assert len(captured) <= 6, [query["sql"][:160] for query in captured.captured_queries]


def test_badges_and_tiers_narrow_to_those_who_show_theirs(
    alice: Any, bob: Any, make_member: Any, sign_in: Any
) -> None:
    badge = Badge.objects.get(key="first-answer")
    Badge.objects.filter(pk=badge.pk).update(holder_count=2)
    for holder in (alice, bob):
        Award.objects.create(badge=badge, member=holder)
    Member.objects.filter(pk=bob.pk).update(show_badges=False, show_tier=False)
    Member.objects.update(tier="Guide")

    for viewer in (None, alice):
        assert handles(viewer, ways={"badge": "first-answer"}) == {"alice"}
    assert handles(alice, ways={"tier": "Guide"}) == {"alice"}
    assert handles(alice, ways={"badge": "nothing-such"}) == set()
    assert handles(alice, ways={"unheard": "x"}) == {"alice", "bob"}
    page = sign_in(None).get("/people/?by-badge=first-answer").content.decode()
    assert '<option value="first-answer" selected>' in page
    assert "@bob" not in page.split("<main")[1]
    got = sign_in(None).get("/api/v1/members?badge=first-answer").json()["results"]
    assert [member["handle"] for member in got] == ["alice"]

    Member.objects.filter(pk=alice.pk).update(quiet_mode=True)
    alice.refresh_from_db()
    assert handles(alice, ways={"badge": "first-answer"}) == {"alice", "bob"}
    assert "by-badge" not in sign_in(alice).get("/people/").content.decode()


def test_what_only_the_team_may_read_is_found_by_no_road(
    terrain: None, alice: Any, bob: Any, mod: Any, manager: Any, sign_in: Any
) -> None:
    note = {"key": "note", "name": "note", "seen_by": "staff", "filled_by": "staff", "is_searchable": True}
    save_field(actor=manager, changes=note)
    answer_fields(actor=manager, member=alice, answers={"note": "Zanzibar"})
    index_members([alice.pk])

    for viewer in (None, bob, alice):
        client = sign_in(viewer)
        asked = ("", "&answer=plan:One", "&answer=plan:Two", "&answer=note:Zanzibar")
        got = [
            [m["handle"] for m in client.get(f"/api/v1/members?sort=newest{more}").json()["results"]]
            for more in asked
        ]
        assert got == [got[0]] * len(asked)
        assert client.get("/api/v1/members?q=Zanzibar").json()["results"] == []
        assert search_members("zanzibar", viewer=viewer) == []
        for sort in SORTS:
            orders = [
                [m.handle for m in list_people(viewer, Narrowing(answers={"plan": plan}), sort=sort).members]
                for plan in ("", "One", "Two")
            ]
            assert orders == [orders[0]] * 3
        for path in ("/people/?plan=One", "/@alice/", "/@alice/card/", "/me/settings/answers/"):
            text = client.get(path).content.decode()
            assert "Zanzibar" not in text
            assert 'name="plan"' not in text
            assert "<dt>plan</dt>" not in text
    assert handles(mod, answers={"plan": "One"}) == {"alice"}
    assert "Zanzibar" in sign_in(mod).get("/@alice/").content.decode()


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
