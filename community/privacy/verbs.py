"""What can happen about privacy."""

from typing import TypedDict

from community.activity.registry import verb


class ExportHappened(TypedDict):
    """Whose copy it is."""

    member_id: int


class ErasureHappened(TypedDict):
    """Who is to be erased; whether what they wrote goes too; why, when the team asked."""

    member_id: int
    deletes_posts: bool
    reason: str


class MembersMerged(TypedDict):
    """Which account became part of which, and how many rows moved."""

    from_id: int
    into_id: int
    rows: int
    reason: str


EXPORT_ASKED = verb("export.asked", ExportHappened, "A member asked for a copy of everything they have here.")
EXPORT_FETCHED = verb("export.fetched", ExportHappened, "A member fetched their copy; its link is used up.")
ERASURE_ASKED = verb(
    "erasure.asked", ErasureHappened, "A member asked to be erased, or the team did for them."
)
ERASURE_CANCELLED = verb(
    "erasure.cancelled", ErasureHappened, "A member signed in before they were erased, or took it back."
)
MEMBER_ERASED = verb(
    "member.erased",
    ErasureHappened,
    "A member was erased. Whoever keeps a copy of them elsewhere forgets it now.",
)
MEMBERS_MERGED = verb("member.merged", MembersMerged, "Two accounts of one person became one.")
