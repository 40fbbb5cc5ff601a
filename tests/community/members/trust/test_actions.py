"""Settling levels, deciding them by hand, and customers whom the brand knows."""

import datetime as dt

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.members.models import Member, TrustRecord, Visit
from community.members.trust import actions, facts
from community.members.trust.marks import MARKS
from community.moderation.actions import lift_penalty, penalise_member
from community.moderation.models import AuditEntry
from community.notifications.models import Notice
from tests.standing import deliver_all


@pytest.fixture
def says(monkeypatch):
    """`says(member, days=20)`: what the features would count, in place of rows."""
    said = {}

    def count(ids, _since):
        return {pk: said[pk] for pk in ids if pk in said}

    def say(member, **values):
        said[member.pk] = values

    monkeypatch.setitem(facts._sources, "threads", count)
    return say


def enough(level):
    found = {}
    for mark in MARKS:
        if mark.level <= level:
            found[mark.fact] = max(found.get(mark.fact, 0), mark.number())
    return found


def level_of(member):
    return Member.objects.get(pk=member.pk).trust_level


def verbs(name):
    return Activity.objects.filter(verb=name).count()


@pytest.fixture
def newcomer(make_member):
    return make_member("nell", trust_level=0)


def test_what_was_earned_is_given_once_and_told(says, newcomer, alice):
    says(newcomer, **enough(2))

    assert actions.settle_trust(member_ids=[newcomer.pk, alice.pk]) == 1
    assert actions.settle_trust(member_ids=[newcomer.pk, alice.pk]) == 0

    deliver_all()
    assert (level_of(newcomer), level_of(alice)) == (2, 1)
    assert verbs("member.trust_changed") == 1
    told = Notice.objects.get(member=newcomer)
    assert (told.kind, told.payload) == ("member.trust", {"before": 0, "after": 2})


def test_settling_everyone_quietly_tells_nobody(says, newcomer):
    says(newcomer, **enough(3))

    assert actions.settle_everyone(quiet=True) == 1

    deliver_all()
    assert level_of(newcomer) == 3
    assert not Notice.objects.exists()


def test_those_who_were_here_lately_are_settled_by_the_clock(says, newcomer, alice):
    says(newcomer, **enough(1))
    says(alice, **enough(2))
    Member.objects.filter(pk=newcomer.pk).update(last_seen_at=timezone.now() - dt.timedelta(minutes=5))

    assert actions.settle_lately(hours=3) == 1
    assert (level_of(newcomer), level_of(alice)) == (1, 1)


def test_a_regular_is_told_when_the_grace_begins_and_when_it_ends(says, make_member):
    regular = make_member("rhea", trust_level=3)
    says(regular)
    began = timezone.now()

    actions.settle_trust(member_ids=[regular.pk], now=began)
    actions.settle_trust(member_ids=[regular.pk], now=began + dt.timedelta(days=1))
    assert (level_of(regular), verbs("member.trust_slipping")) == (3, 1)

    actions.settle_trust(member_ids=[regular.pk], now=began + dt.timedelta(days=181))
    deliver_all()

    assert level_of(regular) == 2
    kinds = Notice.objects.filter(member=regular).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["member.trust_slips", "member.trust"]


def test_a_suspension_takes_the_level_of_a_regular_and_lifting_it_opens_the_way(says, make_member, mod):
    regular = make_member("rhea", trust_level=3)
    says(regular, **enough(3))

    penalty = penalise_member(actor=mod, member=regular, kind="silence", reason="Insults.", days=3)
    deliver_all()
    assert level_of(regular) == 2

    lift_penalty(actor=mod, penalty=penalty)
    deliver_all()
    assert level_of(regular) == 3


def test_a_manager_grants_at_least_a_level_with_a_reason_that_is_told(says, newcomer, manager):
    actions.set_trust(actor=manager, member=newcomer, level=2, locked=False, reason="Wrote our  guide.")
    deliver_all()

    row = TrustRecord.objects.get(member=newcomer)
    assert (level_of(newcomer), row.floor, row.reason) == (2, 2, "Wrote our guide.")
    entry = AuditEntry.objects.get(act="member.trust_set")
    assert (entry.reason, entry.before, entry.after["value"]) == ("Wrote our guide.", {"value": 0}, 2)
    assert list(Notice.objects.filter(member=newcomer).values_list("kind", flat=True)) == ["member.trust_set"]


def test_a_lock_keeps_a_level_until_it_is_taken_off(says, newcomer, manager):
    says(newcomer, **enough(2))

    actions.set_trust(actor=manager, member=newcomer, level=0, locked=True, reason="Under watch.")
    actions.settle_everyone()
    assert level_of(newcomer) == 0

    actions.set_trust(actor=manager, member=newcomer, level=0, locked=False, reason="All is well.")
    assert level_of(newcomer) == 2


def test_the_fourth_level_is_given_and_taken_by_hand_alone(says, alice, manager):
    actions.set_trust(actor=manager, member=alice, level=4, locked=False, reason="Leads the hut meetings.")
    actions.settle_everyone()
    assert level_of(alice) == 4

    actions.set_trust(actor=manager, member=alice, level=1, locked=False, reason="Asked to step back.")
    assert level_of(alice) == 1


@pytest.mark.parametrize("who", ["alice", "bob", "mallory", "mod"])
def test_only_managers_decide(request, says, who, newcomer):
    with pytest.raises(Refused):
        actions.set_trust(
            actor=request.getfixturevalue(who), member=newcomer, level=3, locked=True, reason="Friends."
        )

    assert (level_of(newcomer), TrustRecord.objects.count()) == (0, 0)


def test_nobody_decides_their_own_level_nor_one_above_their_head(says, manager, admin):
    for member in (manager, admin):
        with pytest.raises(Refused):
            actions.set_trust(actor=manager, member=member, level=1, locked=True, reason="Because.")

    assert not TrustRecord.objects.exists()


@pytest.mark.parametrize(
    ("level", "reason", "field"), [(5, "x", "level"), (-1, "x", "level"), (2, " ", "reason")]
)
def test_what_cannot_be_a_level_changes_nothing(says, newcomer, manager, level, reason, field):
    with pytest.raises(Invalid) as refusal:
        actions.set_trust(actor=manager, member=newcomer, level=level, locked=False, reason=reason)

    assert list(refusal.value.fields) == [field]
    assert not TrustRecord.objects.exists()


def test_a_known_customer_skips_the_newcomers_limits_once_and_for_all(says, newcomer):
    assert actions.mark_known_customer(actor=None, member=newcomer, source="shop")
    assert not actions.mark_known_customer(actor=None, member=newcomer, source="shop")
    actions.settle_everyone()

    assert (newcomer.trust_level, level_of(newcomer)) == (1, 1)
    assert (verbs("member.customer_known"), verbs("member.trust_changed")) == (1, 1)


def test_a_lock_outlasts_the_sign_on(says, newcomer, manager):
    actions.set_trust(actor=manager, member=newcomer, level=0, locked=True, reason="Under watch.")

    assert actions.mark_known_customer(actor=None, member=newcomer, source="shop")
    assert level_of(newcomer) == 0


def test_members_do_not_vouch_for_each_other(says, newcomer, alice):
    with pytest.raises(Refused):
        actions.mark_known_customer(actor=alice, member=newcomer, source="friends")

    assert level_of(newcomer) == 0


def test_a_visit_is_noted_once_a_day(alice, bob):
    from community.members import presence

    for _time in range(2):
        presence.forget()
        presence.note_seen(alice.pk)
        presence.flush_seen()

    assert [visit.member_id for visit in Visit.objects.all()] == [alice.pk]
