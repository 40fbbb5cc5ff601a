"""What a space asks: arranged by managers, answered by who begins, shown to who may read."""

from typing import Any

import pytest

from community.errors import Invalid, Refused
from community.spaces.asking.actions import arrange_asking
from community.spaces.asking.answers import checked_answers, wanted
from community.spaces.asking.queries import all_fields_of, fields_of, template_of
from community.spaces.models import Space, SpaceField
from community.threads.actions import change_details, start_thread
from community.threads.models import Thread

MODEL = {"label": "Model", "kind": "choice", "options": ["Sarek", "Lyngen"], "is_required": True}
ORDER = {"label": "Order number", "kind": "text", "for_team": True}


def arrange(manager: Any, space: Any, *fields: Any, template: str = "") -> Any:
    arrange_asking(actor=manager, space=space, template=template, fields=fields)
    return Space.objects.get(pk=space.pk)


def test_a_manager_says_what_a_space_asks(manager: Any, space: Any) -> None:
    space = arrange(manager, space, MODEL, ORDER, template="## What happened\n\n## What I tried")

    assert space.asks
    assert [(field.key, field.kind) for field in fields_of(space)] == [
        ("model", "choice"),
        ("order-number", "text"),
    ]
    assert template_of(space).startswith("## What happened")

    space = arrange(manager, space, {**MODEL, "key": "model", "label": "Which model"})
    assert [(field.key, field.label) for field in fields_of(space)] == [("model", "Which model")]
    assert {field.key: field.is_asked for field in all_fields_of(space)} == {
        "model": True,
        "order-number": False,
    }
    assert template_of(space) == ""
    assert not arrange(manager, space).asks


@pytest.mark.parametrize(
    "field",
    [
        {"label": "x"},
        {"label": "Model", "kind": "choice", "options": ["one"]},
        {"label": "Model", "kind": "riddle"},
        {"label": "Model", "hint": "x" * 121},
    ],
)
def test_what_cannot_be_asked_changes_nothing(manager: Any, mod: Any, space: Any, field: Any) -> None:
    with pytest.raises(Invalid):
        arrange(manager, space, field)
    with pytest.raises(Invalid):
        arrange(manager, space, MODEL, MODEL)
    with pytest.raises(Refused):
        arrange(mod, space, MODEL)

    assert not SpaceField.objects.exists()
    assert not Space.objects.get(pk=space.pk).asks


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Two   words ", "Two words"),
        ("number", "3,5", 3.5),
        ("number", "12", 12),
        ("number", "many", None),
        ("number", "nan", None),
        ("number", "1e400", None),
        ("date", "2026-05-31", "2026-05-31"),
        ("date", "31 May", None),
        ("link", "https://example.org/a", "https://example.org/a"),
        ("link", "javascript:alert(1)", None),
        ("choice", "Sarek", "Sarek"),
        ("choice", "Other", None),
        ("choices", ["Sarek", "Sarek", "Lyngen"], ["Sarek", "Lyngen"]),
        ("choices", ["Other"], None),
        ("text", "x" * 201, None),
        ("text", ["a"], None),
    ],
)
def test_answers_are_read_by_their_kind(kind: str, typed: Any, kept: Any) -> None:
    field = SpaceField(key="it", label="It", kind=kind, options=["Sarek", "Lyngen"])

    if kept is None:
        with pytest.raises(Invalid) as refusal:
            checked_answers([field], {"it": typed})
        assert list(refusal.value.fields) == ["details.it"]
    else:
        assert checked_answers([field], {"it": typed, "other": "ignored"}) == {"it": kept}


def test_a_thread_carries_the_answers_and_a_needed_one_is_needed(
    manager: Any, alice: Any, bob: Any, space: Any
) -> None:
    space = arrange(manager, space, MODEL, ORDER)
    words: Any = {"actor": alice, "space": space, "title": "It leaks at the seam", "kind": "discussion"}

    with pytest.raises(Invalid) as refusal:
        start_thread(**words, body="It leaks a little.")
    assert list(refusal.value.fields) == ["details.model"]
    assert not Thread.objects.exists()

    thread = start_thread(
        **words, body="It leaks a little.", details={"model": "Sarek", "order-number": "A-7"}
    )
    assert Thread.objects.get().details == {"model": "Sarek", "order-number": "A-7"}

    with pytest.raises(Refused):
        change_details(actor=bob, thread=thread, details={"model": "Lyngen"})
    with pytest.raises(Invalid):
        change_details(actor=alice, thread=thread, details={"model": "Other"})
    assert Thread.objects.get().details["model"] == "Sarek"
    change_details(actor=alice, thread=thread, details={"model": "Lyngen"})
    assert Thread.objects.get().details == {"model": "Lyngen"}


def test_only_answers_everyone_reads_filter() -> None:
    open_field = SpaceField(key="model", kind="choice", options=["Sarek"])
    inner = SpaceField(key="fault", kind="choice", options=["ours"], for_team=True)

    assert wanted([open_field, inner], {"model": "Sarek", "fault": "ours"}) == {"model": "Sarek"}
    assert wanted([open_field, inner], {"model": "Other"}) == {}
