"""Groups that keep themselves."""

import datetime as dt

import pytest
from django.utils import timezone

from community.errors import NotFound, Refused
from community.members.actions import change_role
from community.members.groups import actions, queries
from community.members.groups.counting import count_automatic_groups
from community.members.groups.permissions import membership_of
from community.members.models import Group, GroupMembership, Member, Rule, people_by
from community.members.trust.actions import set_trust
from community.spaces.actions import change_space
from community.spaces.models import Space
from tests.standing import deliver_all


@pytest.fixture
def automatic(db):
    """The automatic groups by their rule."""

    def opened(rule: str) -> Group:
        actions.open_automatic_groups()
        return Group.objects.get(rule=rule)

    return opened


def test_they_are_opened_once_whoever_asks_how_often(alice):
    assert actions.open_automatic_groups() == len(Rule)
    assert actions.open_automatic_groups() == 0

    assert set(Group.objects.values_list("rule", flat=True)) == set(Rule)


def test_a_name_or_address_that_somebody_has_is_left_to_them(manager, alice, make_group):
    make_group("The team")
    Member.objects.get_queryset().filter(pk=alice.pk).update(handle="team")

    actions.open_automatic_groups()

    team = Group.objects.get(rule="team")
    assert (team.name, team.slug) == ("The team 2", "team-2")


def test_a_role_is_the_place_in_the_group_of_the_team(admin, bob, mod, manager, automatic):
    team, moderators = automatic("team"), automatic("moderators")
    assert set(queries.ids_in(team)) == {mod.pk, manager.pk, admin.pk}
    assert set(queries.ids_in(moderators)) == {mod.pk}

    change_role(actor=admin, member=bob, role="moderator")
    deliver_all()

    assert bob.pk in set(queries.ids_in(team)) & set(queries.ids_in(moderators))
    team.refresh_from_db()
    assert team.member_count == 4
    change_role(actor=admin, member=bob, role="member")
    assert bob.pk not in set(queries.ids_in(team))


def test_nobody_of_the_team_is_in_it_while_suspended(mod, automatic):
    team = automatic("team")
    Member.objects.get_queryset().filter(pk=mod.pk).update(
        suspended_until=timezone.now() + dt.timedelta(days=1)
    )
    mod.refresh_from_db()

    assert mod.pk not in set(queries.ids_in(team))
    assert membership_of(team, mod) is None


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_level_is_the_place_in_its_group_and_in_those_below(manager, bob, level, automatic):
    groups = {n: automatic(f"trust_{n}") for n in (1, 2, 3, 4)}
    Member.objects.get_queryset().filter(pk=bob.pk).update(trust_level=0)
    bob.refresh_from_db()
    count_automatic_groups()
    before = {n: Group.objects.get(pk=group.pk).member_count for n, group in groups.items()}

    set_trust(actor=manager, member=bob, level=level, locked=True, reason="Known to us.")
    deliver_all()

    for n, group in groups.items():
        group.refresh_from_db()
        inside = n <= level
        assert (bob.pk in set(queries.ids_in(group))) is inside
        assert (membership_of(group, bob) is not None) is inside
        assert group.member_count == before[n] + inside == people_by(group.rule).count()
    set_trust(actor=manager, member=bob, level=0, locked=True, reason="A mistake of ours.")
    deliver_all()
    for n, group in groups.items():
        group.refresh_from_db()
        assert group.member_count == before[n]


def test_nobody_comes_or_goes_by_hand_not_even_by_a_manager(manager, alice, automatic):
    team = automatic("team")
    acts = [
        lambda: actions.join_group(actor=alice, group=team),
        lambda: actions.leave_group(actor=manager, group=team),
        lambda: actions.ask_to_join(actor=alice, group=team),
        lambda: actions.add_to_group(actor=manager, group=team, member=alice),
        lambda: actions.remove_from_group(actor=manager, group=team, member=manager),
        lambda: actions.set_owner(actor=manager, group=team, member=manager, is_owner=True),
        lambda: actions.invite_member(actor=manager, group=team, member=alice),
        lambda: actions.delete_group(actor=manager, group=team),
        lambda: actions.change_group(actor=manager, group=team, changes={"join_mode": "open"}),
        lambda: actions.change_group(actor=manager, group=team, changes={"email_domains": ["example.com"]}),
        lambda: actions.change_group(actor=manager, group=team, changes={"claim": "x"}),
        lambda: actions.change_group(actor=manager, group=team, changes={"callers": "members"}),
    ]

    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code in ("group_automatic", "group_by_invitation")

    assert not GroupMembership.objects.exists()
    team.refresh_from_db()
    assert (team.join_mode, team.email_domains, team.claim, team.callers) == ("invitation", [], "", "nobody")


def test_a_manager_renames_one_and_hides_it(manager, bob, automatic):
    level = automatic("trust_1")

    actions.change_group(actor=manager, group=level, changes={"name": "Hut guests", "visibility": "staff"})

    level.refresh_from_db()
    assert level.name == "Hut guests"
    with pytest.raises(NotFound):
        queries.get_group_for(bob, level.slug)


def test_a_right_given_to_one_is_kept_as_what_it_stands_for(manager, bob, automatic, private_space):
    space = private_space
    level, moderators = automatic("trust_3"), automatic("moderators")

    keys = [f"group:{level.pk}", f"group:{moderators.pk}"]
    held = change_space(actor=manager, space=space, changes={"see_for": keys})

    assert held.see_for == ["team", "trust:3"]
    assert not Space.objects.visible_to(bob).filter(pk=space.pk).exists()
    Member.objects.get_queryset().filter(pk=bob.pk).update(trust_level=3)
    bob.refresh_from_db()
    assert Space.objects.visible_to(bob).filter(pk=space.pk).exists()


def test_only_the_team_calls_one(alice, mod, automatic):
    team = automatic("team")

    assert queries.groups_named(mod, ["team"]) == {"team": team}
    assert queries.groups_named(alice, ["team"]) == {}
    assert queries.groups_called(alice, "te", 5) == []


def test_who_stands_at_a_level_is_read_by_the_team_alone(alice, mod, automatic):
    level = automatic("trust_1")
    Member.objects.get_queryset().filter(pk=alice.pk).update(trust_level=1)
    alice.refresh_from_db()

    assert queries.get_group_page(alice, level.slug).people == []
    assert [place.member for place in queries.get_group_page(mod, level.slug).people if place.member == alice]


def test_the_list_shows_them_apart(alice, automatic):
    automatic("team")

    page = queries.list_groups(alice)

    assert {group.rule for group in page.automatic} == set(Rule)
    assert not [group for group in page.mine + page.others if group.rule]
    assert queries.list_groups(None).automatic == []
