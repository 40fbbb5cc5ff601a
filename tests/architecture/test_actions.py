"""Writes are actions: keywords only, who acts first, typed, and in one transaction when they record."""

import ast
from collections.abc import Iterator

from tests.architecture.code import Function, Module, modules

# Public names in rooms of actions that are questions, not writes: they take what they look at by position.
QUESTIONS = ("check_", "is_", "has_", "find_", "wants_", "usable_", "survey", "differing_")
# Keeping derived rows right: the house does it by itself, so nobody acts and nobody is refused.
HOUSEKEEPING = ("index_", "settle_", "reconsider", "recompute_", "recount_", "refresh_", "prune_", "expire_")
# Acts of the house by its own rules, named one by one.
BY_RULE = {"revoke_idle_keys", "set_post_state_by_rule"}


def public_actions() -> Iterator[tuple[Module, Function]]:
    for module in modules():
        if module.is_room("actions"):
            for function in module.public_functions():
                ours = (*QUESTIONS, *HOUSEKEEPING)
                if not function.name.startswith(ours) and function.name not in BY_RULE:
                    yield module, function


def says(module: Module, function: Function) -> str:
    return f"{module.name}:{function.lineno} {function.name}"


def is_offered(module: Module, function: Function) -> bool:
    """Whether the feature offers it: a folder of actions names what it offers, the rest is its own business."""
    door = next((other for other in modules() if other.path == module.path.parent / "__init__.py"), None)
    if module.parts[-1] == "actions" or door is None:
        return True
    named = {
        element.value
        for node in ast.walk(door.tree)
        if isinstance(node, ast.List)
        for element in node.elts
        if isinstance(element, ast.Constant)
    }
    return function.name in named


def test_there_are_actions_to_look_at() -> None:
    assert len(list(public_actions())) > 40


def test_an_action_takes_keywords_only() -> None:
    positional = [
        says(module, function)
        for module, function in public_actions()
        if is_offered(module, function) and (function.args.args or function.args.posonlyargs)
    ]

    assert positional == []


def test_an_action_is_told_first_who_acts() -> None:
    without = [
        says(module, function)
        for module, function in public_actions()
        if is_offered(module, function)
        and [argument.arg for argument in function.args.kwonlyargs][:1] != ["actor"]
    ]

    assert without == []


def test_an_action_says_what_it_takes_and_returns() -> None:
    untyped = [
        says(module, function)
        for module, function in public_actions()
        if function.returns is None
        or any(argument.annotation is None for argument in (*function.args.args, *function.args.kwonlyargs))
    ]

    assert untyped == []


def test_an_action_has_a_docstring() -> None:
    silent = [
        says(module, function) for module, function in public_actions() if ast.get_docstring(function) is None
    ]

    assert silent == []
