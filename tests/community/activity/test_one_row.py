"""Rules of which there is one row."""

import pytest
from django.db import transaction

from community.activity.one_row import change_row, fields_of, hold_row, keep_row, read_row
from community.notifications.models import MailRules
from community.threads.actions import save_question_rules
from community.threads.models import QuestionRules
from tests.racing import all_at_once


def test_without_a_row_the_defaults_are_in_force_and_reading_makes_none(db):
    assert read_row(MailRules).wait_minutes == 10
    assert not MailRules.objects.exists()


def test_only_fields_are_changed_and_only_what_differs_counts(db):
    with transaction.atomic():
        rules = hold_row(MailRules)
        assert change_row(rules, {"wait_minutes": 10, "reply_days": 7}, fields_of(MailRules)) == [
            "reply_days"
        ]
        with pytest.raises(ValueError, match="not fields of"):
            change_row(rules, {"id": 2}, fields_of(MailRules))
        keep_row(rules)

    assert read_row(MailRules).reply_days == 7


@pytest.mark.django_db(transaction=True)
def test_two_who_change_them_first_of_all_both_succeed(make_member):
    manager = make_member("manager", role="manager")
    changes = [{"nudge_days": 4}, {"follow_up_days": 5}, {"close_days": 20}, {"claim_minutes": 15}]

    answers = all_at_once(
        [lambda values=values: save_question_rules(actor=manager, changes=values) for values in changes]
    )

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    stored = QuestionRules.objects.get()
    assert (stored.nudge_days, stored.follow_up_days, stored.close_days, stored.claim_minutes) == (
        4,
        5,
        20,
        15,
    )
