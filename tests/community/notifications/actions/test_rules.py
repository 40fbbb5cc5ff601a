"""Managers change how e-mail behaves."""

import datetime as dt

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.notifications.actions import save_mail_rules
from community.notifications.mail.sending import send_due
from community.notifications.models import DigestPlan, MailRules
from community.notifications.queries.rules import current_rules


def test_without_a_row_the_defaults_are_in_force(db):
    assert current_rules().wait == dt.timedelta(minutes=10)
    assert not MailRules.objects.exists()


def test_a_manager_changes_how_long_mail_waits(manager, post, minutes, tell, alice, bob):
    save_mail_rules(actor=manager, changes={"wait_minutes": 30})
    tell([bob], actor=alice)
    minutes(29)

    assert send_due() == 0
    minutes(1)
    assert send_due() == 1


def test_the_change_is_written_down(manager):
    save_mail_rules(actor=manager, changes={"wait_minutes": 30, "digest_items": 5})

    assert Activity.objects.get(verb="mail.rules_changed").payload["fields"] == ["wait_minutes"]


def test_others_change_nothing(mod, bob):
    for actor in (mod, bob):
        with pytest.raises(Refused):
            save_mail_rules(actor=actor, changes={"wait_minutes": 30})

    assert not MailRules.objects.exists()


def test_numbers_out_of_range_change_nothing(manager):
    with pytest.raises(Invalid) as refusal:
        save_mail_rules(actor=manager, changes={"wait_minutes": 600, "digest_days": 1})

    assert set(refusal.value.fields) == {"wait_minutes", "digest_days"}
    assert not MailRules.objects.exists()


def test_a_new_rhythm_of_the_site_moves_only_those_who_did_not_choose(manager, alice, bob):
    soon = timezone.now()
    DigestPlan.objects.create(member=alice, next_at=soon)
    DigestPlan.objects.create(member=bob, rhythm="daily", next_at=soon)

    save_mail_rules(actor=manager, changes={"digest_rhythm": "monthly"})

    assert DigestPlan.objects.get(member=alice).next_at is None
    assert DigestPlan.objects.get(member=bob).next_at == soon
