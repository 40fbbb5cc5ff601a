"""What the team of the demo noted about members, and changed, so that its log has something to read."""

from collections.abc import Mapping

from community.members.actions import set_team_title
from community.members.models import Member, Role
from community.moderation.members_desk.actions import write_note
from community.moderation.models import StaffNote
from community.numbers.actions import change_numbers

NOTES = (
    (
        "tomasz",
        "dewi",
        "Runs the repair café in Kraków. Asked whether we could send worn zips for practice; passed on to care.",
    ),
    ("maya", "dewi", "Wrote kindly about a late parcel on 3 May. A new pole went out the same day."),
    ("hana", "dewi", "Prefers to be written to in the morning, her time."),
)


def add_notes(members: Mapping[str, Member]) -> None:
    """Write the notes and change two numbers, once."""
    if StaffNote.objects.exists():
        return
    for about, by, words in NOTES:
        if about in members and by in members:
            write_note(actor=members[by], member=members[about], body=words)
    leader = next((m for m in members.values() if m.role in (Role.MANAGER, Role.ADMIN)), None)
    if leader is not None:
        change_numbers(actor=leader, changes={"moderation.due_hours": 12, "moderation.claim_minutes": 15})
        keeper = members.get("dewi")
        if keeper is not None:
            set_team_title(actor=leader, member=keeper, title="Tarn team")
