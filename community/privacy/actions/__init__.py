"""Everything that changes about privacy."""

from community.privacy.actions.erasures import anonymise_member, ask_erasure, keep_account
from community.privacy.actions.exports import ask_export, fetch_export
from community.privacy.actions.merging import merge_members

__all__ = [
    "anonymise_member",
    "ask_erasure",
    "ask_export",
    "fetch_export",
    "keep_account",
    "merge_members",
]
