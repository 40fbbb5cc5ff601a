"""The same answers serve pages, disabled buttons and actions: each says why not."""

import pytest

from community.spaces.models import SpaceMembership
from community.threads import permissions as may
from community.threads.actions import delete_post, lock_thread
from tests.community.threads.conftest import fresh


def test_a_member_may_take_part(alice, bob, carol, thread, question, answer):
    assert may.can_reply(carol, thread)
    assert may.can_edit_post(bob, answer)
    assert may.can_delete_post(bob, answer)
    assert may.can_react(carol, answer, "helpful")
    assert may.can_react(carol, question, "same")
    assert may.can_accept(alice, answer)


@pytest.mark.parametrize("restriction", ["suspended_until", "silenced_until"])
def test_who_may_not_write_may_do_nothing_that_others_see(
    make_member, space, private_space, thread, answer, time_machine_at, restriction
):
    from django.utils import timezone

    until = timezone.now() + timezone.timedelta(days=3)
    actor = make_member("restricted", role="moderator", **{restriction: until})
    SpaceMembership.objects.create(space=space, member=actor, is_moderator=True)
    type(answer).objects.filter(pk=answer.pk).update(author=actor)
    own, others = fresh(answer), fresh(answer)
    others.author_id = None

    verdicts = [
        may.can_reply(actor, thread),
        may.can_edit_post(actor, own),
        may.can_edit_post(actor, others),
        may.can_delete_post(actor, own),
        may.can_react(actor, others, "helpful"),
        may.can_accept(actor, others),
        may.can_decide_answer(actor, thread),
        may.can_moderate_thread(actor, thread),
        may.can_move_thread(actor, thread, private_space),
    ]

    assert [verdict.allowed for verdict in verdicts] == [False] * len(verdicts)
    assert all("until" in verdict.reason for verdict in verdicts)
    assert {verdict.code for verdict in verdicts} == {restriction.removesuffix("_until")}


def test_every_refusal_has_a_code_and_a_sentence(alice, bob, carol, mod, thread, question, answer):
    locked = lock_thread(actor=mod, thread=thread)
    in_locked = fresh(answer)

    verdicts = [
        may.can_reply(carol, locked),
        may.can_edit_post(carol, answer),
        may.can_edit_post(bob, in_locked),
        may.can_delete_post(mod, answer),
        may.can_restore_post(bob, answer),
        may.can_react(bob, answer, "thanks"),
        may.can_react(alice, answer, "same"),
        may.can_accept(carol, answer),
        may.can_accept(alice, question),
        may.can_moderate_thread(alice, thread),
    ]

    assert not any(verdicts)
    for verdict in verdicts:
        assert verdict.code
        assert verdict.reason.endswith(".")


def test_only_who_deleted_it_may_bring_it_back_and_only_for_a_day(alice, bob, mod, answer, time_machine_at):
    deleted = delete_post(actor=bob, post=answer)

    assert may.can_restore_post(bob, deleted)
    assert not may.can_restore_post(alice, deleted)
    assert not may.can_restore_post(mod, deleted)
    with time_machine_at(hours=23):
        assert may.can_restore_post(bob, deleted)
    with time_machine_at(hours=25):
        assert not may.can_restore_post(bob, deleted)


def test_moderators_of_a_space_moderate_only_there(carol, space, private_space, thread, make_thread, manager):
    SpaceMembership.objects.create(space=space, member=carol, is_moderator=True)
    inside = make_thread(manager, private_space)

    assert may.can_moderate_thread(carol, thread)
    assert not may.can_moderate_thread(carol, inside)


def test_staff_moderates_a_private_space_only_from_inside(mod, manager, private_space, make_thread):
    inside = make_thread(manager, private_space)

    assert may.can_moderate_thread(manager, inside)
    assert not may.can_moderate_thread(mod, inside)
    SpaceMembership.objects.create(space=private_space, member=mod)
    assert may.can_moderate_thread(mod, inside)
