"""Notes of the team, and looking at the site as a member."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.errors import Invalid, Refused
from community.moderation.members_desk.actions import begin_seeing_as, end_seeing_as, write_note
from community.moderation.members_desk.queries import notes_about
from community.moderation.models import AuditEntry, SeeingAs, StaffNote
from community.notifications.models import Notice
from community.threads.models import Post
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


def looking(sign_in: Any, actor: Any, member: Any) -> Any:
    """A browser of someone of the team who looks as a member, begun on the member's page in the admin."""
    client = sign_in(actor)
    answer = client.post(
        f"/admin/moderation/staffnote/see-as/{member.pk}/", {"reason": "A picture is missing."}
    )
    assert answer["Location"] == "/"
    return client


def test_only_the_team_writes_and_reads_notes(mod: Any, alice: Any, bob: Any, sign_in: Any) -> None:
    write_note(actor=mod, member=alice, body="Asked twice for a refund.")

    with pytest.raises(Refused):
        write_note(actor=bob, member=alice, body="No.")
    with pytest.raises(Invalid):
        write_note(actor=mod, member=alice, body="  ")
    assert notes_about(bob, alice) == []
    assert [note.body for note in notes_about(mod, alice)] == ["Asked twice for a refund."]
    assert "refund" in sign_in(mod).get(f"/admin/members/member/{alice.pk}/change/").content.decode()
    assert (
        sign_in(mod).get(f"/admin/moderation/staffnote/{StaffNote.objects.get().pk}/delete/").status_code
        == 403
    )


def test_one_sees_pages_as_the_member_with_a_banner_and_changes_nothing(
    sign_in: Any, manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space)
    client = looking(sign_in, manager, alice)

    page = client.get(thread.get_absolute_url()).content.decode()
    assert "You see this as Alice Arden does." in page
    assert f'href="/@{alice.handle}/"' in page
    before = Post.objects.count()
    assert client.post(f"/t/{thread.pk}/x/reply/", {"body": "Not from me at all."}).status_code == 403
    assert client.post("/sign-out/").status_code == 403
    assert Post.objects.count() == before


@pytest.mark.parametrize(
    "path",
    [
        "/messages/",
        "/me/settings/profile/",
        "/notifications/",
        "/drafts/",
        "/api/v1/me",
        "/admin/",
        "/rooms/",
    ],
)
def test_what_is_the_members_own_business_stays_closed(
    sign_in: Any, manager: Any, alice: Any, path: str
) -> None:
    client = looking(sign_in, manager, alice)

    answer = client.get(path)

    assert answer.status_code == 403
    assert "Closed while you look as somebody else" in answer.content.decode()
    assert alice.email not in answer.content.decode()


def test_it_ends_by_the_button_and_by_the_clock(sign_in: Any, manager: Any, alice: Any) -> None:
    client = looking(sign_in, manager, alice)
    assert "You see this as" in client.get("/").content.decode()

    assert client.post("/moderation/see-as/end/").status_code == 303
    assert "You see this as" not in client.get("/").content.decode()

    client = looking(sign_in, manager, alice)
    SeeingAs.objects.filter(ended_at=None).update(ends_at=timezone.now() - dt.timedelta(seconds=1))
    assert "You see this as" not in client.get("/").content.decode()
    assert client.get("/me/settings/profile/").status_code == 200


def test_the_member_is_told_and_the_log_keeps_it(manager: Any, alice: Any, deliver_all: Any) -> None:
    begin_seeing_as(actor=manager, member=alice, reason="A picture is missing.")
    deliver_all()
    assert end_seeing_as(actor=manager) is True
    assert end_seeing_as(actor=manager) is False
    deliver_all()

    assert Notice.objects.get(member=alice).kind == "moderation.seen_as"
    acts = AuditEntry.objects.order_by("pk").values_list("act", "actor_id")
    assert [*acts] == [("member.seen_as", manager.pk), ("member.seen_as_ended", manager.pk)]


def test_nobody_looks_as_their_equal_or_better_and_moderators_as_nobody(
    mod: Any, manager: Any, admin: Any, alice: Any, make_member: Any
) -> None:
    other = make_member("other", role="manager")
    for actor, member in ((mod, alice), (manager, admin), (manager, other), (manager, manager), (alice, mod)):
        with pytest.raises(Refused):
            begin_seeing_as(actor=actor, member=member, reason="No.")
    with pytest.raises(Invalid):
        begin_seeing_as(actor=manager, member=alice, reason=" ")

    assert not SeeingAs.objects.exists()


def test_a_session_cannot_be_talked_into_it(sign_in: Any, alice: Any, bob: Any, manager: Any) -> None:
    seeing = begin_seeing_as(actor=manager, member=bob, reason="Because.")
    for thief in (alice,):
        client = sign_in(thief)
        session = client.session
        session["seeing_as"] = seeing.pk
        session.save()

        assert "You see this as" not in client.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_several_presses_at_once_one_look_is_open(manager: Any, alice: Any) -> None:
    answers = all_at_once(
        [lambda: begin_seeing_as(actor=manager, member=alice, reason="A picture is missing.")] * 6
    )

    assert [one for one in answers if isinstance(one, Exception)] == []
    assert SeeingAs.objects.filter(ended_at=None).count() == 1
