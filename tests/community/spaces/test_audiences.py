"""Whom rights are given to, and that SQL and plain words agree on who that is."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.members.models import Group, GroupMembership, Member
from community.spaces.audiences import audience_choices, keys_of, reaches, unknown_keys, words_for
from community.spaces.models import Space, SpaceMembership
from community.spaces.permissions import can_reply_in_space, can_see_space, can_start_thread
from community.spaces.queries import ids_who_see
from community.spaces.rights import count_rights
from community.spaces.visibility import readable_spaces

KEYS = ["group:1", "group:2", "trust:0", "trust:1", "trust:2", "trust:4", "tier:gold", "tier:iron", "team"]
KEY_LISTS = st.lists(st.sampled_from(KEYS), max_size=3, unique=True)
SPACES = st.fixed_dictionaries(
    {
        "access": st.sampled_from(["public", "members", "private"]),
        "see_for": KEY_LISTS,
        "posting": st.sampled_from(["everyone", "staff", "chosen"]),
        "create_for": KEY_LISTS,
        "replying": st.sampled_from(["everyone", "staff", "chosen"]),
        "reply_for": KEY_LISTS,
        "is_listed": st.booleans(),
    }
)
VIEWERS = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["member", "member", "member", "moderator", "manager", "admin"]),
        "trust_level": st.integers(0, 4),
        "tier": st.sampled_from(["", "gold", "iron"]),
        "groups": st.sets(st.sampled_from([0, 1])),
        "suspended": st.booleans(),
        "inside": st.sampled_from(["", "in", "moderates"]),
    }
)


class Reference:
    """The rules of rights once more, in plain Python."""

    def __init__(self, rules: dict[str, Any], who: dict[str, Any] | None) -> None:
        self.rules, self.who = rules, who

    def holds(self, keys: list[str]) -> bool:
        who = self.who or {}
        for key in keys:
            kind, _colon, what = key.partition(":")
            if kind == "group" and int(what) - 1 in who["groups"]:
                return True
            if kind == "trust" and who["trust_level"] >= int(what):
                return True
            if kind == "tier" and who["tier"] == what:
                return True
            if kind == "team" and self.is_at_least("moderator"):
                return True
        return False

    def is_at_least(self, role: str) -> bool:
        order = ["member", "moderator", "manager", "admin"]
        mine = "member" if self.who["suspended"] else self.who["role"]  # type: ignore[index]
        return order.index(mine) >= order.index(role)

    def sees(self) -> bool:
        if self.who is None:
            return bool(self.rules["access"] == "public")
        if self.rules["access"] != "private" or self.is_at_least("manager") or self.who["inside"]:
            return True
        return self.holds(self.rules["see_for"])

    def writes(self, who: str, keys: list[str]) -> bool:
        if who == "everyone" or self.is_at_least("moderator") or self.who["inside"] == "moderates":  # type: ignore[index]
            return True
        return who == "chosen" and self.holds(keys)


@pytest.fixture
def groups(db: None) -> list[Group]:
    return [Group.objects.create(name=name, slug=name) for name in ("one", "two")]


@pytest.mark.usefixtures("groups")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=SPACES, who=st.none() | VIEWERS)
def test_sql_says_what_the_rules_say(groups: list[Group], rules: dict[str, Any], who: Any) -> None:
    names = {f"group:{n}": f"group:{group.pk}" for n, group in enumerate(groups, 1)}
    stored = {
        key: [names.get(one, one) for one in value] if isinstance(value, list) else value
        for key, value in rules.items()
    }
    with transaction.atomic():
        point = transaction.savepoint()
        space = Space.objects.create(slug="any", name="Any", **stored)
        viewer = made(who, space, groups)
        expected = Reference(rules, who)

        sql, params = readable_spaces(viewer)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            by_statement = space.pk in {row[0] for row in cursor.fetchall()}
        seen = expected.sees()
        assert Space.objects.visible_to(viewer).filter(pk=space.pk).exists() is seen
        if viewer is not None and not who["suspended"]:
            # Compiled once for each role; whoever is suspended has no page to read.
            assert by_statement is seen
            assert bool(can_see_space(viewer, space)) is seen
            assert ids_who_see(space, [viewer.pk]) == ([viewer.pk] if seen else [])
            creates = expected.writes(rules["posting"], rules["create_for"])
            replies = expected.writes(rules["replying"], rules["reply_for"])
            assert bool(can_start_thread(viewer, space)) is creates
            assert bool(can_reply_in_space(viewer, space)) is replies
            boss = Member.objects.create_user("boss", role="manager")
            counts = count_rights(boss, space)
            mine = count_rights(boss, space)._replace(members=1, see=seen, reply=seen and replies)
            others = Member.objects.get_queryset().filter(is_active=True).exclude(pk=viewer.pk)
            Member.objects.get_queryset().filter(pk=viewer.pk).update(is_active=False)
            without = count_rights(boss, space)
            assert counts.members == others.count() + 1
            assert counts.see - without.see == mine.see
            assert counts.reply - without.reply == mine.reply
            assert counts.create - without.create == (seen and creates)
        transaction.savepoint_rollback(point)


def made(who: Any, space: Space, groups: list[Group]) -> Member | None:
    if who is None:
        return None
    until = timezone.now() + dt.timedelta(days=3) if who["suspended"] else None
    viewer = Member.objects.create_user(
        "viewer", role=who["role"], trust_level=who["trust_level"], tier=who["tier"], suspended_until=until
    )
    for number in who["groups"]:
        GroupMembership.objects.create(group=groups[number], member=viewer)
    if who["inside"]:
        moderates = who["inside"] == "moderates"
        SpaceMembership.objects.create(space=space, member=viewer, is_moderator=moderates)
    return viewer


def test_a_member_holds_the_keys_of_groups_levels_and_tier(alice: Any, groups: list[Group]) -> None:
    GroupMembership.objects.create(group=groups[0], member=alice)
    Member.objects.get_queryset().filter(pk=alice.pk).update(trust_level=2, tier="gold")

    assert keys_of(alice.pk) == {f"group:{groups[0].pk}", "trust:0", "trust:1", "trust:2", "tier:gold"}
    assert keys_of(0) == frozenset()


def test_the_team_is_that_only_while_not_suspended(mod: Any) -> None:
    assert "team" in keys_of(mod.pk)

    Member.objects.get_queryset().filter(pk=mod.pk).update(
        suspended_until=timezone.now() + dt.timedelta(days=1)
    )

    assert "team" not in keys_of(mod.pk)


def test_choices_have_words_and_what_is_no_choice_is_unknown(groups: list[Group]) -> None:
    key = f"group:{groups[0].pk}"

    assert key in {choice.key for choice in audience_choices()}
    assert words_for([key, "team", "group:0"]) == ["Group: one", "The team"]
    assert unknown_keys([key, "trust:2", "team", "group:0", "sky"]) == ["group:0", "sky"]


def test_some_keys_let_in_nobody_whom_others_keep_out() -> None:
    assert reaches([], [])
    assert reaches(["trust:3", "team"], ["trust:2", "team"])
    assert not reaches(["trust:1"], ["trust:2"])
    assert not reaches(["team"], [])
