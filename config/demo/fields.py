"""What the demo's brand asks of its members, what some of them answered, and invitations that are out."""

import io
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from community.members.actions import follow_member
from community.members.fields.actions import answer_fields, save_field
from community.members.invitations.actions import accept_invitation, invite_by_link, invite_by_mail
from community.members.models import Member, ProfileField
from community.members.profiles.actions import set_banner

_TERRAINS = ["Forest", "High mountains", "Coast", "Moor and fell", "Desert"]
FIELDS = (
    {"key": "terrain", "name": "Favourite terrain", "kind": "choices", "choices": _TERRAINS, "seen_by": "public",
     "is_searchable": True, "is_filterable": True, "on_card": True, "position": 10,
     "help_text": "Choose as many as you like."},
    {"key": "tent", "name": "My tent", "kind": "text", "seen_by": "public", "is_searchable": True, "on_card": True,
     "position": 20, "help_text": "Model and year."},
    {"key": "nights", "name": "Nights out a year", "kind": "choice", "seen_by": "members", "is_filterable": True,
     "choices": ["A few", "About twenty", "More than fifty"], "position": 30},
    {"key": "first_trip", "name": "First trip with Tarn", "kind": "date", "seen_by": "members", "position": 40},
    {"key": "journal", "name": "Travel journal", "kind": "link", "seen_by": "members", "position": 50},
    {"key": "care_plan", "name": "Care plan", "kind": "choice", "choices": ["None", "Repair", "Repair and replace"],
     "seen_by": "staff", "filled_by": "staff", "position": 60},
)  # fmt: skip
ANSWERS: Mapping[str, Mapping[str, object]] = {
    "maya": {"terrain": ["Coast", "Moor and fell"], "tent": "Ridgeline 2 (2023)", "nights": "More than fifty",
             "first_trip": "2018-05-19", "journal": "https://journal.example.org/maya"},
    "tomasz": {"terrain": ["High mountains"], "tent": "Nordwand 3 (2019)", "nights": "More than fifty",
               "first_trip": "2011-01-14"},
    "hana": {"terrain": ["High mountains", "Forest"], "nights": "About twenty"},
    "dewi": {"terrain": ["Moor and fell"], "tent": "Whatever is being tested"},
}  # fmt: skip
_BANNERS = {"maya": ("#17604f", "#9fd3c7"), "tomasz": ("#29446b", "#dfe8f3")}


def add_fields(members: Mapping[str, Member]) -> None:
    """Define the fields, answer some, hang up two banners and send out invitations; nothing when they are there."""
    manager = members["dewi"]
    if ProfileField.objects.exists():
        return
    for values in FIELDS:
        save_field(actor=manager, changes=values)
    for handle, answers in ANSWERS.items():
        answer_fields(actor=members[handle], member=members[handle], answers=answers)
    answer_fields(actor=manager, member=members["maya"], answers={"care_plan": "Repair"})
    for handle, colours in _BANNERS.items():
        set_banner(actor=members[handle], file=_hills(*colours))
    for follower, followed in (("maya", "tomasz"), ("hana", "maya"), ("tomasz", "maya"), ("dewi", "maya")):
        follow_member(actor=members[follower], member=members[followed])
    _invite(manager, members)


def _invite(manager: Member, members: Mapping[str, Member]) -> None:
    link = invite_by_link(
        actor=manager, uses=200, landing="/s/help/", message="Bring your questions and your worn-out gear."
    )
    newest = max(members.values(), key=lambda member: member.joined_at)
    if newest.is_active and not newest.is_suspended:
        accept_invitation(actor=newest, invitation=link)
    invite_by_mail(
        actor=manager,
        email="ranger@parks.example",
        message="Your knowledge of the fells would help many here.",
    )


def _hills(dark: str, light: str) -> SimpleUploadedFile:
    """Draw layered hills: a banner without anybody's photograph."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (1280, 320), light)
    pen = ImageDraw.Draw(picture)
    near, far = (tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5)) for colour in (dark, light))
    for layer in range(1, 5):
        share = layer / 4
        colour = tuple(round(f + (n - f) * share) for n, f in zip(near, far, strict=True))
        line = [(x, 90 + layer * 45 - ((x * layer * 37) % 640) // 9 % 60) for x in range(0, 1281, 64)]
        pen.polygon([(0, 320), *line, (1280, 320)], fill=colour)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("hills.png", out.getvalue(), "image/png")
