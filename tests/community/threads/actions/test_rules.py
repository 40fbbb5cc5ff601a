"""The rules for questions, which managers change."""

import datetime as dt

import pytest
from django.utils import timezone

from community.errors import Invalid, Refused
from community.threads.actions import accept_answer, save_question_rules, unaccept_answer
from community.threads.models import QuestionRules, Thread
from tests.community.threads.conftest import fresh


def test_the_rules_say_how_long_a_choice_may_change(alice, manager, mod, thread, answer):
    accept_answer(actor=alice, post=answer)
    Thread.objects.update(accepted_at=timezone.now() - dt.timedelta(days=31))
    with pytest.raises(Refused):
        save_question_rules(actor=mod, changes={"answer_lock_days": 60})
    with pytest.raises(Invalid):
        save_question_rules(actor=manager, changes={"close_days": 2})
    assert not QuestionRules.objects.exists()

    save_question_rules(actor=manager, changes={"answer_lock_days": 60})

    unaccept_answer(actor=alice, thread=fresh(thread))
    assert fresh(thread).accepted_post_id is None
