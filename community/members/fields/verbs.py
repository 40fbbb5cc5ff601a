"""What can happen to profile fields."""

from typing import TypedDict

from community.activity.registry import verb


class FieldDefined(TypedDict):
    """Which field, and which of its settings changed, by name; `answers` is how many answers were changed or erased."""

    key: str
    fields: list[str]
    answers: int


class FieldErased(TypedDict):
    """Which field is gone, with how many answers."""

    key: str
    name: str
    answers: int


class AnswersChanged(TypedDict):
    """Which fields were answered anew, by key. What was answered is not kept here."""

    keys: list[str]
    source: str


FIELD_DEFINED = verb("profile_field.defined", FieldDefined, "Staff made or changed a profile field.")
FIELD_ERASED = verb("profile_field.erased", FieldErased, "Staff erased a profile field with its answers.")
ANSWERS_CHANGED = verb(
    "member.answers_changed", AnswersChanged, "A member’s answers to profile fields changed."
)
