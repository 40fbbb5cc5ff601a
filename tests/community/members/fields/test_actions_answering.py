"""Answering: by whom, and what an answer may be."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.members.fields.actions import answer_fields, save_field, set_fields_from_claims
from community.members.fields.queries import answers_of, shown_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(manager: Any) -> None:
    for values in (
        {"key": "boots", "kind": "text", "seen_by": "public", "on_card": True},
        {"key": "home", "kind": "link", "seen_by": "members"},
        {"key": "since", "kind": "date", "seen_by": "members"},
        {"key": "tent", "kind": "choice", "choices": ["One", "Two"], "seen_by": "public"},
        {"key": "contract", "kind": "text", "seen_by": "staff", "filled_by": "staff"},
    ):
        save_field(actor=manager, changes={"name": str(values["key"]).title(), **values})


ALL = {"boots": "Size 43", "home": "https://example.org/me", "since": "2019-05-31", "tent": "Two"}


def test_each_viewer_reads_what_is_meant_for_them(
    fields: None, alice: Any, bob: Any, mod: Any, manager: Any
) -> None:
    answer_fields(actor=alice, member=alice, answers=ALL)
    answer_fields(actor=manager, member=alice, answers={"contract": "Gold"})
    answers = answers_of(alice)

    def keys(viewer: Any, **more: bool) -> list[str]:
        return [answer.key for answer in shown_answers(viewer, alice, answers, **more)]

    assert keys(None) == ["boots", "tent"]
    assert keys(None, card=True) == ["boots"]
    assert keys(bob) == keys(alice) == ["boots", "home", "since", "tent"]
    assert keys(mod) == [*ALL, "contract"]
    alice.hides_profile = True
    assert keys(None) == keys(bob) == []
    assert keys(alice) == list(ALL)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("home", "javascript:alert(1)"),
        ("home", "ftp://example.org"),
        ("home", "https://me:secret@example.org/"),
        ("home", "data:text/html,hello"),
        ("since", "31.5.2019"),
        ("since", "2019-13-01"),
        ("tent", "Three"),
        ("tent", ["One"]),
        ("boots", "x" * 301),
        ("boots", {"a": 1}),
        ("boots", "a\x00b"),
        ("contract", "Gold"),
        ("nothing", "x"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_changes(
    fields: None, alice: Any, key: str, value: Any
) -> None:
    answer_fields(actor=alice, member=alice, answers=ALL)

    with pytest.raises(Invalid) as refused:
        answer_fields(actor=alice, member=alice, answers={"boots": "Other", key: value})

    assert list(refused.value.fields) == [key]
    assert answers_of(alice) == ALL


def test_nobody_answers_for_somebody_else_but_managers(
    fields: None, alice: Any, bob: Any, mod: Any, admin: Any, manager: Any
) -> None:
    for actor in (bob, mod):
        with pytest.raises(Refused):
            answer_fields(actor=actor, member=alice, answers={"boots": "Mine"})
    with pytest.raises(Refused):
        answer_fields(actor=manager, member=admin, answers={"boots": "Mine"})

    assert answers_of(alice) == answers_of(admin) == {}


def test_an_answer_is_taken_back_and_what_it_was_is_kept_nowhere(fields: None, alice: Any) -> None:
    answer_fields(actor=alice, member=alice, answers=ALL)
    answer_fields(actor=alice, member=alice, answers={"boots": None, "home": ""})

    assert set(answers_of(alice)) == {"since", "tent"}
    told = Activity.objects.filter(verb="member.answers_changed").order_by("pk")
    assert [row.payload["keys"] for row in told] == [sorted(ALL), ["boots", "home"]]
    assert "43" not in str([row.payload for row in told])


def test_a_sign_on_fills_in_what_it_can(fields: None, alice: Any) -> None:
    claims = {"contract": "Gold", "tent": "Nine", "unknown": "x", "since": "2020-01-02"}

    assert set_fields_from_claims(actor=None, member=alice, claims=claims) == ["tent", "unknown"]

    assert answers_of(alice) == {"contract": "Gold", "since": "2020-01-02"}
