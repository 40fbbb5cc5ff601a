"""Rules are looked through before they are kept, and come back as they were."""

import json
from typing import Any

import pytest
from hypothesis import given

from rewards.badges.rules.rows import rows_of, rule_of
from rewards.badges.rules.tree import Group, Leaf, RuleFault, dump, holds, parse, read
from rewards.badges.rules.words import line_of, say_rule
from rewards.badges.shipped import SHIPPED
from tests.rewards.badges.rules.strategies import trees

ONE = {"of": "accepted", "number": 3}


@given(trees())
def test_every_tree_comes_back_as_it_was_kept(value: dict[str, Any]) -> None:
    rule = parse(value)

    assert read(json.loads(json.dumps(dump(rule)))) == rule
    assert parse(dump(rule)) == rule


@given(trees())
def test_every_tree_fits_into_rows_and_back(value: dict[str, Any]) -> None:
    rule = parse(value)
    join, rows = rows_of(rule)

    again = rule_of(join, list(enumerate(rows)))

    def flat(one: Any) -> Any:
        """The same tree; a group within a group of the same word says nothing more."""
        if isinstance(one, Leaf):
            return one
        parts = [flat(part) for part in one.parts]
        return (one.join, parts)

    if isinstance(rule, Group) and any(isinstance(p, Group) and p.join == rule.join for p in rule.parts):
        return
    assert again is not None
    assert flat(again) == flat(rule)


@given(trees())
def test_every_tree_is_said_in_words(value: dict[str, Any]) -> None:
    rule = parse(value)

    assert say_rule(rule, {}).strip()
    assert 0 <= line_of(rule, {}, lambda _leaf: 0).share < 1
    assert line_of(rule, {}, lambda leaf: leaf.number).is_met
    assert holds(rule, lambda leaf: leaf.number)
    assert not holds(rule, lambda _leaf: 0)


def test_a_rule_reads_like_a_sentence() -> None:
    rule = parse({"all": [ONE, {"any": [{"of": "posts", "how": "weeks", "number": 4}, {"of": "avatar"}]}]})

    said = "Answers accepted: 3 and (Posts written · In different weeks: 4 or A picture on the profile)"
    assert say_rule(rule, {}) == said


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (None, ""),
        ([], ""),
        ("accepted", ""),
        ({}, ""),
        ({"none": [ONE]}, ""),
        ({"all": []}, ""),
        ({"all": [ONE] * 9}, ""),
        ({"all": [{"any": [ONE] * 5}, {"any": [ONE] * 4}]}, ""),
        ({"all": [ONE], "any": [ONE]}, ""),
        ({"all": [ONE, {"any": [ONE, {"all": [ONE, ONE]}]}]}, "1.1."),
        ({"of": "logins"}, "of"),
        ({"of": ["accepted"]}, "of"),
        ({"of": "accepted", "colour": "red"}, "colour"),
        ({"of": "accepted", "how": "one_post"}, "how"),
        ({"of": "accepted", "number": 0}, "number"),
        ({"of": "accepted", "number": -1}, "number"),
        ({"of": "accepted", "number": 1.5}, "number"),
        ({"of": "accepted", "number": True}, "number"),
        ({"of": "accepted", "number": 10**9}, "number"),
        ({"of": "avatar", "number": 2}, "number"),
        ({"of": "avatar", "since": "2026-01-01"}, "since"),
        ({"of": "accepted", "since": "soon"}, "since"),
        ({"of": "accepted", "since": 7}, "since"),
        ({"of": "accepted", "since": "2026-02-01", "until": "2026-01-01"}, "until"),
        ({"of": "accepted", "how": "spaces", "within": 7}, "within"),
        ({"of": "accepted", "within": 9999}, "within"),
        ({"of": "accepted", "kinds": ["idea"]}, "kinds"),
        ({"of": "threads", "kinds": ["secret"]}, "kinds"),
        ({"of": "marks", "reactions": ["frown"]}, "reactions"),
        ({"of": "threads", "spaces": ["1; DROP TABLE"]}, "spaces"),
        ({"of": "threads", "spaces": [0]}, "spaces"),
        ({"of": "threads", "spaces": list(range(1, 40))}, "spaces"),
        ({"of": "threads", "tags": [""]}, "tags"),
        ({"of": "threads", "tags": [7]}, "tags"),
        ({"all": [ONE, {"of": "accepted", "number": 0}]}, "1.number"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_with_its_place(value: Any, where: str) -> None:
    with pytest.raises(RuleFault) as refused:
        parse(value)

    assert refused.value.where == where
    assert refused.value.sentence


def test_the_shipped_rules_are_rules_and_many() -> None:
    assert len(SHIPPED) >= 45
    assert (
        len({badge["key"] for badge in SHIPPED}) == len({badge["name"] for badge in SHIPPED}) == len(SHIPPED)
    )
    for badge in SHIPPED:
        if badge["rule"]:
            assert dump(parse(badge["rule"])) == badge["rule"]
        else:
            assert badge["criteria"]
