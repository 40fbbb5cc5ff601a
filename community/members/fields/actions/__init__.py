"""Defining profile fields, and answering them."""

from community.members.fields.actions.answering import answer_fields, set_fields_from_claims
from community.members.fields.actions.defining import erase_field, rename_choice, save_field

__all__ = ["answer_fields", "erase_field", "rename_choice", "save_field", "set_fields_from_claims"]
