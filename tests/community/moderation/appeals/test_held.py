"""Appeals against what was kept back, and against what was removed as advertising, with and without a pause."""

from typing import Any

import pytest

from community.errors import Conflict, Held, Refused
from community.members.models import Member
from community.moderation import actions
from community.moderation.appeals.actions import appeal_case
from community.moderation.case_kinds import case_kind
from community.moderation.models import Case, CaseState
from community.moderation.models import Held as HeldRow
from community.notifications.models import Notice
from community.threads.models import Post, Thread

pytestmark = pytest.mark.django_db
WORDS = "It is the name of the hut."


@pytest.fixture
def waiting(watch: Any, bob: Any, space: Any, make_thread: Any) -> Case:
    """Bob's thread waits because of a word."""
    watch("casino", "hold")
    with pytest.raises(Held):
        make_thread(bob, space, title="Who slept at the Casino hut?", body="Is the casino hut open in May?")
    return Case.objects.get()


def fresh(member: Any) -> Member:
    return Member.objects.get(pk=member.pk)


@pytest.mark.parametrize("decision", ["refuse", "silence", "suspend"])
def test_what_was_not_let_through_is_appealed_and_shown_when_its_writer_is_right(
    waiting: Case, bob: Any, mod: Any, manager: Any, sign_in: Any, deliver_all: Any, decision: str
) -> None:
    actions.decide_case(actor=mod, case=waiting, decision=decision, reason="Gambling", days=3)
    client, held = sign_in(fresh(bob)), HeldRow.objects.get()
    url = f"/appeals/case/{waiting.pk}/"
    assert url in client.get(f"/waiting/{held.pk}/").content.decode()
    page = client.get(url).content.decode()
    assert "The team did not let through what you wrote: Gambling" in page and "casino hut open" in page

    assert client.post(url, {"words": WORDS}).status_code == 303
    appealed = Case.objects.get(kind="appeal")
    with pytest.raises(Refused):
        actions.decide_case(actor=mod, case=appealed, decision="uphold")
    actions.decide_case(actor=manager, case=appealed, decision="uphold")

    assert Thread.objects.get().state == "visible" and not fresh(bob).is_silenced
    assert not fresh(bob).is_suspended and HeldRow.objects.get().state == "approved"
    deliver_all()
    assert Notice.objects.filter(member=bob, kind="moderation.appeal").exists()

    actions.undo_decision(actor=manager, case=appealed)

    assert Post.objects.get().state == "hidden" and HeldRow.objects.get().state == "refused"
    assert Case.objects.get(pk=waiting.pk).state == CaseState.DECIDED
    assert (fresh(bob).is_silenced, fresh(bob).is_suspended) == (decision == "silence", decision == "suspend")


def test_it_is_said_once_and_an_appeal_that_is_rejected_is_answered_in_words(
    waiting: Case, bob: Any, mod: Any, manager: Any, sign_in: Any
) -> None:
    actions.decide_case(actor=mod, case=waiting, decision="refuse", reason="Gambling")
    appeal_case(actor=bob, case=waiting, words=WORDS)
    with pytest.raises(Conflict):
        appeal_case(actor=bob, case=waiting, words="Again.")

    actions.decide_case(
        actor=manager, case=Case.objects.get(kind="appeal"), decision="reject", reason="It still advertises"
    )

    page = sign_in(bob).get(f"/appeals/case/{waiting.pk}/").content.decode()
    assert "The team looked again, and its decision stands. It still advertises" in page
    assert not Thread.objects.exists()


def test_while_it_waits_or_after_it_was_let_through_there_is_nothing_to_appeal(
    waiting: Case, bob: Any, mod: Any, sign_in: Any
) -> None:
    held = HeldRow.objects.get()
    assert "/appeals/" not in sign_in(bob).get(f"/waiting/{held.pk}/").content.decode()
    assert sign_in(bob).get(f"/appeals/case/{waiting.pk}/").status_code == 404

    actions.decide_case(actor=mod, case=waiting, decision="approve")

    assert sign_in(bob).get(f"/appeals/case/{waiting.pk}/").status_code == 404


def test_what_was_removed_as_advertising_is_told_with_the_way_to_appeal(
    alice: Any,
    bob: Any,
    mod: Any,
    manager: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    deliver_all: Any,
) -> None:
    post = make_reply(bob, make_thread(alice, space))
    case = actions.open_case(
        actor=None, kind=case_kind("spam_shown"), subject=post, about=bob, space_id=space.pk, score=65
    )
    actions.decide_case(actor=mod, case=case, decision="remove", reason="It sells poles")
    deliver_all()
    notice = Notice.objects.get(member=bob, kind="moderation.post")
    assert notice.payload["case_id"] == case.pk

    appeal_case(actor=bob, case=case, words=WORDS)
    actions.decide_case(actor=manager, case=Case.objects.get(kind="appeal"), decision="uphold")

    assert Post.objects.get(pk=post.pk).state == "visible"
    actions.undo_decision(actor=manager, case=Case.objects.get(kind="appeal"))
    assert Post.objects.get(pk=post.pk).state == "removed"
