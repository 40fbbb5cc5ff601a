"""A rule as rows of a form, and back: each row is a leaf, joined with the rows around it by one word or by the other.

All rows are joined by "all of" or by "one of". A row that "belongs to the row above" is joined with it by the other word, so
every tree that a rule may be fits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from rewards.badges.rules.tree import Group, Join, Leaf, Rule, RuleFault, parse

LEAF_FIELDS = tuple(field.name for field in fields(Leaf))
BELONGS = "belongs"
_OTHER: dict[str, Join] = {"all": "any", "any": "all"}

Row = dict[str, Any]


def rows_of(rule: Rule | None) -> tuple[Join, list[Row]]:
    """Return how the rows of a rule are joined, and the rows."""
    if rule is None:
        return "all", []
    if isinstance(rule, Leaf):
        return "all", [_row(rule, belongs=False)]
    rows: list[Row] = []
    for part in rule.parts:
        leaves = part.parts if isinstance(part, Group) else (part,)
        rows += [_row(leaf, belongs=n > 0) for n, leaf in enumerate(leaves) if isinstance(leaf, Leaf)]
    return rule.join, rows


def rule_of(join: str, rows: Sequence[tuple[int, Row]]) -> Rule | None:
    """Return the rule of numbered rows; None without any. Raises `RuleFault`, which then names the row's number."""
    groups: list[list[tuple[int, Row]]] = []
    for number, row in rows:
        if row.get(BELONGS) and groups:
            groups[-1].append((number, row))
        else:
            groups.append([(number, row)])
    if not groups:
        return None
    parts, where = [], {}
    for place, group in enumerate(groups):
        if len(group) == 1:
            parts.append(_leaf(group[0][1]))
            where[f"{place}."] = group[0][0]
        else:
            parts.append({_OTHER[join]: [_leaf(row) for _number, row in group]})
            where.update({f"{place}.{n}.": number for n, (number, _row) in enumerate(group)})
    try:
        return parse({join: parts})
    except RuleFault as fault:
        raise RuleFault(_named(fault.where, where), fault.sentence) from fault


def _named(where: str, numbers: Mapping[str, int]) -> str:
    head, _dot, name = where.rpartition(".")
    number = numbers.get(f"{head}.")
    return where if number is None else f"{number}.{name}"


def _leaf(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in LEAF_FIELDS if row.get(name) not in (None, "", [], ())}


def _row(leaf: Leaf, *, belongs: bool) -> Row:
    values = {name: getattr(leaf, name) for name in LEAF_FIELDS}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return {**plain, BELONGS: belongs}
