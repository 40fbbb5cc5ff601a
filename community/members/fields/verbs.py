"""What can happen to profile fields."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class FieldDefined(Changed):
    """Which field, and which of its settings changed, from what and to what; `answers` is how many answers were changed or erased."""

    key: str
    answers: int


class FieldErased(TypedDict):
    """Which field is gone, with how many answers."""

    key: str
    name: str
    answers: int


class AnswersChanged(TypedDict):
    """Which fields were answered anew, by key. Whether there was an answer and is one is said; the answers themselves are masked."""

    keys: list[str]
    source: str
    before: dict[str, str]
    after: dict[str, str]


FIELD_DEFINED = verb("profile_field.defined", FieldDefined, "Staff made or changed a profile field.")
FIELD_ERASED = verb("profile_field.erased", FieldErased, "Staff erased a profile field with its answers.")
ANSWERS_CHANGED = verb(
    "member.answers_changed", AnswersChanged, "A member’s answers to profile fields changed."
)
