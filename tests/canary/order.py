"""What keeping order and joining leave behind: each with a canary, and who may hear it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from community.members.fields.actions import save_field
from community.members.groups.actions import add_to_group, ask_to_join, create_group
from community.members.models import Admission, Invitation, InvitationBatch, Profile
from community.moderation.actions import penalise_member, save_canned_reason
from community.moderation.appeals.actions import appeal_penalty
from community.moderation.members_desk.actions import begin_seeing_as, end_seeing_as, write_note
from community.moderation.models import Held, WatchedWord
from community.threads.actions import NewThread, merge_threads, move_thread, split_thread, unlist_thread
from community.threads.models import Thread
from tests.canary.garden import Garden
from tests.standing import Maker

INSIDE = ("carol", "manager", "admin")
STAFF = ("mod", "manager", "admin")
MANAGERS = ("manager", "admin")
# Everyone with an account in good standing, and the paused, who may still read.
MEMBERS = ("alice", "bob", "carol", "mallory", *STAFF)


def plant_order(garden: Garden, people: dict[str, Any], maker: Maker, space: Any, room: Any) -> None:
    """Notes, held texts, appeals, invitations, answers, words watched for, and threads that were moved about."""
    plant_desk(garden, people, space)
    plant_joining(garden, people, maker)
    plant_answers(garden, people, maker)
    plant_moved(garden, people, maker, space, room)


def plant_desk(garden: Garden, people: dict[str, Any], space: Any) -> None:
    """What the team writes, what waits for it, and what is said against it."""
    bob, carol, mod, manager, admin = (people[name] for name in ("bob", "carol", "mod", "manager", "admin"))
    write_note(actor=mod, member=bob, body=f"He {garden.plant('a staff note', *STAFF)} twice.")
    Held.objects.create(
        kind="thread",
        author=carol,
        space=space,
        title=f"Title {garden.plant('title of a held text', 'carol', *STAFF)}",
        body_md=f"Body {garden.plant('words of a held text', 'carol', *STAFF)} zebrafish",
        body_html=f"<p>{garden.plant('page of a held text', 'carol', *STAFF)}</p>",
        fingerprint="held",
    )
    reason = garden.plant("reason of a warning", "carol", *STAFF)
    warned = penalise_member(actor=mod, member=carol, kind="warn", reason=f"For {reason}.")
    said = garden.plant("words of an appeal", "carol", *STAFF)
    appeal_penalty(actor=carol, penalty=warned, words=f"I {said}.")
    begin_seeing_as(actor=admin, member=carol, reason=garden.plant("why somebody looked", "carol", *MANAGERS))
    end_seeing_as(actor=admin)
    WatchedWord.objects.create(
        word=garden.plant("a watched word", *MANAGERS),
        action="hold",
        note=garden.plant("note of a word", *MANAGERS),
    )
    text = garden.plant("a canned reason", *STAFF)
    save_canned_reason(actor=manager, title="Advertising", text=f"It is {text}.")


def plant_joining(garden: Garden, people: dict[str, Any], maker: Maker) -> None:
    """Invitations, wishes to join, and groups that only those in them know of."""
    alice, carol, admin = (people[name] for name in ("alice", "carol", "admin"))
    own = ("alice", *MANAGERS)
    ends = timezone.now() + dt.timedelta(days=5)
    Invitation.objects.create(
        inviter=alice,
        email=f"{garden.plant('address of an invitation', *own)}@example.org",
        message=garden.plant("words of an invitation", *own),
        expires_at=ends,
    )
    address = f"{garden.plant('address of a list', *MANAGERS)}@example.org"
    InvitationBatch.objects.create(actor=admin, addresses=[address], message="Come.")
    Admission.objects.create(
        member=maker.member(garden.plant("handle of who waits", *STAFF), is_active=False),
        why=f"Because {garden.plant('why somebody wants to join', *STAFF)}.",
        ready_at=timezone.now(),
    )
    inside = ("carol", *STAFF)
    group = create_group(
        actor=admin,
        values={
            "name": f"Circle {garden.plant('name of a secret group', *inside)}",
            "slug": garden.plant("address of a secret group", *inside),
            "description": f"For {garden.plant('words of a secret group', *inside)}.",
            "join_mode": "request",
        },
    )
    add_to_group(actor=admin, group=group, member=carol)
    ask = garden.plant("words of a request", "dora", *STAFF)
    ask_to_join(actor=admin, group=group, words=f"I {ask}.")


def plant_answers(garden: Garden, people: dict[str, Any], maker: Maker) -> None:
    """Profile fields by who reads them, and a profile that its owner keeps to themselves."""
    admin, carol = people["admin"], people["carol"]
    for seen_by, audience in (("staff", STAFF), ("members", MEMBERS)):
        save_field(
            actor=admin,
            changes={
                "key": f"seen_by_{seen_by}",
                "name": f"Field {garden.plant(f'name of a field for {seen_by}', *audience)}"
                if seen_by == "staff"
                else "Seen",
                "kind": "text",
                "seen_by": seen_by,
                "filled_by": "staff" if seen_by == "staff" else "member",
                "is_searchable": True,
                "on_card": True,
            },
        )
        said = f"{garden.plant(f'answer for {seen_by}', *audience)} zebrafish"
        profile, _made = Profile.objects.get_or_create(member=carol)
        profile.answers = {**profile.answers, f"seen_by_{seen_by}": said}
        profile.save()
    private = garden.plant("words of a profile kept to oneself", *STAFF)
    place = garden.plant("place of a profile kept to oneself", *STAFF)
    maker.member(
        "hermit", hides_profile=True, bio_md=private, bio_html=f"<p>{private}</p>", location=place, website=""
    )


def plant_moved(garden: Garden, people: dict[str, Any], maker: Maker, space: Any, room: Any) -> None:
    """Threads that were open and are inside now: moved, merged, split there; and one that was split off inside."""
    alice, carol, manager = people["alice"], people["carol"], people["manager"]
    moved = maker.thread(
        alice,
        space,
        title=f"Once open {garden.plant('title of a moved thread', *INSIDE)} zebrafish",
        tags=[garden.plant("tag of a moved thread", *INSIDE)],
    )
    move_thread(actor=manager, thread=moved, space=room)
    target = Thread.objects.filter(space=room).order_by("pk")[0]
    merged = maker.thread(
        alice, space, title=f"Joined {garden.plant('title of a merged thread', *INSIDE)} here?"
    )
    maker.reply(alice, merged, f"Then {garden.plant('words of a merged thread', *INSIDE)} zebrafish.")
    merge_threads(
        actor=manager,
        source=merged,
        target=target,
        reason=garden.plant("why it was merged", *INSIDE, "alice"),
    )
    begun = maker.thread(carol, room, kind="discussion")
    apart = maker.reply(
        carol, begun, f"About {garden.plant('words that were split off', *INSIDE)} zebrafish."
    )
    split_thread(
        actor=manager,
        thread=begun,
        posts=[apart.pk],
        into=NewThread(f"Apart {garden.plant('title of a split thread', *INSIDE)} now"),
    )
    listed = maker.thread(alice, space, title="Not on any list, for who has its address")
    unlist_thread(actor=manager, thread=listed)
