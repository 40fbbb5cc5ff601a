"""`tests/` mirrors the tree: whoever changes a module finds its tests without looking."""

from tests.architecture.code import ROOT, Module, modules

# Actions proven through something else, with the reason.
ELSEWHERE = {
    "community/integrations/actions.py": "tests/api/test_keys.py drives them through the door they open",
    "community/messages/actions/forgetting.py": "tests/community/privacy/test_erasing.py erases whoever wrote",
    "community/threads/actions/emptying.py": "as above",
    "community/notifications/actions/choices.py": "tests of its pages in test_views choose and read back",
    "community/notifications/actions/inbox.py": "tests of its pages and of telling read and mark",
    "community/threads/actions/changes.py": "holds the payload that test_edits and test_states look at",
    "engagement/journeys/actions.py": "test_welcome and its neighbours tell what each is for",
}


def mirrors(module: Module) -> list[str]:
    """Where tests of a module may lie: beside its name, in a folder of its room, or in the file of its room."""
    *folders, name = module.parts
    places = [f"tests/{'/'.join(folders)}/test_{name}.py"]
    if folders[-1] in ("actions", "queries", "permissions"):
        places.append(f"tests/{'/'.join(folders[:-1])}/test_{folders[-1]}.py")
        places.append(f"tests/{'/'.join(folders[:-1])}/test_{folders[-1]}_{name}.py")
    return places


def is_mirrored(module: Module) -> bool:
    return any((ROOT / place).exists() for place in mirrors(module))


def is_asked(module: Module) -> bool:
    """Questions are asked by pages, actions, consumers and the API of their feature, and may be proven there."""
    return any((ROOT / "tests" / "/".join(module.parts[:2])).rglob("test_*.py"))


def rooms(*names: str) -> list[Module]:
    return [
        module
        for module in modules()
        if module.is_room(*names) and module.parts[-1] != "__init__" and any(module.public_functions())
    ]


def test_every_file_of_actions_has_its_file_of_tests() -> None:
    without = [
        module.name for module in rooms("actions") if not is_mirrored(module) and module.name not in ELSEWHERE
    ]

    assert without == []


def test_questions_are_proven_where_they_are_asked() -> None:
    unasked = [
        module.name
        for module in rooms("queries", "permissions")
        if not is_mirrored(module) and not is_asked(module)
    ]

    assert unasked == []


def test_no_excuse_outlives_its_reason() -> None:
    known = {module.name: module for module in rooms("actions")}

    assert [name for name in ELSEWHERE if name not in known or is_mirrored(known[name])] == []
