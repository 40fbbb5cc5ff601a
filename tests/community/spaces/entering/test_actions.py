"""Asking to be let into a private space."""

import datetime as dt

import pytest
from django.utils import timezone

from community.errors import Conflict, Invalid, NotFound, RateLimited, Refused
from community.moderation.actions import decide_case
from community.moderation.models import Case
from community.moderation.permissions import can_judge, can_review
from community.notifications.models import Notice, OutboundMail
from community.notifications.queries import inbox_page
from community.spaces.actions import add_space_member, change_space
from community.spaces.entering.actions import answer_entry, ask_to_enter, withdraw_entry
from community.spaces.entering.queries import get_door_for, get_entry_for, waiting_in
from community.spaces.models import EntryAsk, Space, SpaceMembership
from tests.standing import deliver_all


@pytest.fixture
def hut(private_space):
    """A private space whose name members see."""
    Space.objects.filter(pk=private_space.pk).update(is_listed=True)
    private_space.refresh_from_db()
    return private_space


@pytest.fixture
def keeper(manager, hut, make_member):
    """A member who moderates the hut and nothing else."""
    member = make_member("keeper")
    add_space_member(actor=manager, space=hut, member=member, is_moderator=True)
    return member


def states() -> list[str]:
    return list(EntryAsk.objects.order_by("pk").values_list("state", flat=True))


def titles(member) -> list[str]:
    page = inbox_page(member)
    return [shown.words.title for _day, entries in page.days for shown in entries]


def test_a_member_asks_with_a_reason_and_is_let_in_by_the_moderator_of_the_space(bob, keeper, hut):
    ask_to_enter(actor=bob, space=get_door_for(bob, hut.slug), words="I  carry the key on Fridays.")
    deliver_all()
    assert titles(keeper) == ["Bob Birch asks to be let into " + hut.name]
    ask = get_entry_for(keeper, hut.slug, "bob")
    assert ask.words == "I carry the key on Fridays."

    answer_entry(actor=keeper, ask=ask, accept=True, answer="Welcome.")
    deliver_all()

    assert Space.objects.visible_to(bob).filter(pk=hut.pk).exists()
    assert states() == ["accepted"]
    assert titles(bob) == ["You are let into " + hut.name]
    assert not Case.objects.filter(kind="entry_request", state="open").exists()


def test_a_no_is_told_with_its_word_and_holds_for_a_while(bob, keeper, hut):
    ask = ask_to_enter(actor=bob, space=hut, words="I would like to.")
    deliver_all()

    answer_entry(actor=keeper, ask=ask, accept=False, answer="Testers for this winter are chosen.")
    deliver_all()

    assert not SpaceMembership.objects.filter(member=bob).exists()
    (page,) = [entries for _day, entries in inbox_page(bob).days]
    assert page[0].words.text == "Testers for this winter are chosen."
    with pytest.raises(Refused) as refusal:
        ask_to_enter(actor=bob, space=hut, words="And now?")
    assert refusal.value.code == "entry_declined"
    EntryAsk.objects.update(answered_at=timezone.now() - dt.timedelta(days=15))
    ask_to_enter(actor=bob, space=hut, words="And now?")
    assert states() == ["declined", "open"]


def test_the_request_lands_in_the_queue_and_is_decided_there(bob, manager, hut):
    ask_to_enter(actor=bob, space=hut, words="I would like to.")
    deliver_all()
    case = Case.objects.get(kind="entry_request")
    assert case.space_id == hut.pk

    decide_case(actor=manager, case=case, decision="admit", reason="")

    assert SpaceMembership.objects.filter(space=hut, member=bob).exists()
    assert states() == ["accepted"]


def test_only_those_who_choose_its_people_answer(alice, bob, mod, keeper, hut, space, manager, make_member):
    other = make_member("other")
    add_space_member(actor=manager, space=space, member=other, is_moderator=True)
    insider = make_member("insider")
    add_space_member(actor=manager, space=hut, member=insider)
    ask = ask_to_enter(actor=bob, space=hut, words="I would like to.")
    deliver_all()
    case = Case.objects.get(kind="entry_request")

    for stranger in (alice, bob, mod, other, insider):
        with pytest.raises(Refused):
            answer_entry(actor=stranger, ask=ask, accept=True)
        with pytest.raises((Refused, NotFound)):
            waiting_in(stranger, hut.slug)
        assert not can_judge(stranger, case)
    assert not any(can_review(who, case) for who in (alice, bob, mod, other))
    assert can_judge(keeper, case)
    assert states() == ["open"]
    assert not SpaceMembership.objects.filter(member=bob).exists()


def test_asking_twice_is_asking_once(bob, keeper, hut):
    first = ask_to_enter(actor=bob, space=hut, words="I would like to.")
    second = ask_to_enter(actor=bob, space=hut, words="Me again.")
    deliver_all()

    assert (first.pk, second.words) == (second.pk, "I would like to.")
    assert Case.objects.filter(kind="entry_request").count() == 1
    assert Notice.objects.filter(member=keeper, kind="space.entry_asked").count() == 1


@pytest.mark.parametrize("words", ["", "   ", "\u200b\u200b", "x" * 301])
def test_a_request_without_a_usable_reason_changes_nothing(bob, hut, words):
    with pytest.raises(Invalid) as refusal:
        ask_to_enter(actor=bob, space=hut, words=words)

    assert "words" in refusal.value.fields
    assert states() == []


def test_nobody_asks_while_paused_and_nobody_asks_everywhere(settings, mallory, bob, hut):
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-doors"
    with pytest.raises(Refused):
        ask_to_enter(actor=mallory, space=hut, words="Let me in.")
    assert states() == []

    with pytest.raises(RateLimited):
        for _again in range(30):
            ask_to_enter(actor=bob, space=hut, words="Please do.")


def test_a_secret_space_has_no_door_and_neither_has_one_that_is_read(alice, bob, manager, space, hut):
    change_space(actor=manager, space=hut, changes={"is_listed": False})

    for viewer, slug in ((bob, hut.slug), (bob, space.slug), (manager, hut.slug), (bob, "nowhere")):
        with pytest.raises(NotFound):
            get_door_for(viewer, slug)


def test_a_request_taken_back_leaves_the_queue(bob, keeper, hut):
    ask = ask_to_enter(actor=bob, space=hut, words="I would like to.")
    deliver_all()

    assert withdraw_entry(actor=bob, space=hut)
    assert not withdraw_entry(actor=bob, space=hut)
    deliver_all()

    assert states() == ["withdrawn"]
    assert not Case.objects.filter(kind="entry_request", state="open").exists()
    with pytest.raises(Conflict):
        answer_entry(actor=keeper, ask=ask, accept=True)
    assert not SpaceMembership.objects.filter(member=bob).exists()


def test_who_came_in_by_another_way_asks_no_longer(bob, manager, hut):
    ask_to_enter(actor=bob, space=hut, words="I would like to.")

    add_space_member(actor=manager, space=hut, member=bob)
    deliver_all()

    assert states() == ["accepted"]


def test_a_notice_about_a_space_that_became_secret_says_nothing_any_more(bob, keeper, manager, hut):
    ask = ask_to_enter(actor=bob, space=hut, words="I would like to.")
    answer_entry(actor=keeper, ask=ask, accept=False, answer="Not now.")
    deliver_all()
    assert titles(bob)

    change_space(actor=manager, space=hut, changes={"is_listed": False})
    deliver_all()

    bob.refresh_from_db()
    assert (titles(bob), bob.unread_notices) == ([], 0)
    assert not OutboundMail.objects.filter(member=bob, state="sent").exists()
