"""What is kept how long, by program."""

import datetime as dt

from django.utils import timezone

from community.numbers.models import NumberInForce
from community.writing.actions import save_draft
from community.writing.models import Draft

DRAFTS = "writing.draft_days"


def of(answer, key):
    return next(row for row in answer.json()["results"] if row["key"] == key)


def test_a_dry_run_says_what_would_go_and_saves_nothing(program, manager, alice):
    save_draft(actor=alice, key="new-thread", body="Later")
    Draft.objects.update(updated_at=timezone.now() - dt.timedelta(days=100))
    caller = program(manager, "numbers:read", "numbers:write")

    now = of(caller.get("retention"), DRAFTS)
    assert (now["seconds"], now["rules"][0]["goes_now"]) == (365 * 86400, 0)
    tried = of(caller.patch("retention", {"keeps": {DRAFTS: 90}, "dry_run": True}), DRAFTS)
    assert (tried["seconds"], tried["rules"][0]["goes_now"]) == (90 * 86400, 1)
    assert not NumberInForce.objects.exists()

    saved = of(caller.patch("retention", {"keeps": {DRAFTS: 90}}), DRAFTS)
    assert saved["rules"][0]["goes_now"] == 1 and NumberInForce.objects.get().value == 90


def test_what_cannot_be_is_refused_with_its_field(program, manager):
    caller = program(manager, "numbers:read", "numbers:write")

    for dry_run in (True, False):
        answer = caller.patch("retention", {"keeps": {"moderation.keep_log_days": 10}, "dry_run": dry_run})
        assert answer.status_code == 422
        assert "moderation.keep_log_days" in answer.content.decode()
        unknown = caller.patch("retention", {"keeps": {"threads.new_days": 10}, "dry_run": dry_run})
        assert unknown.status_code == 404
    assert not NumberInForce.objects.exists()


def test_it_is_for_managers_with_the_scope(program, manager, mod):
    assert program(mod, "numbers:read").get("retention").status_code == 403
    assert program(manager, "me:read").get("retention").status_code == 403
    assert program(manager, "numbers:read").patch("retention", {"keeps": {}}).status_code == 403
