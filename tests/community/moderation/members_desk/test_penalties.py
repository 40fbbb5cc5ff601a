"""Warning and pausing a member on their page, what is proposed, and lifting it."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.moderation import actions
from community.moderation.members_desk.ladder import propose_step
from community.moderation.models import AuditEntry, Penalty
from community.notifications.models import Notice
from community.threads.models import Post

pytestmark = pytest.mark.django_db


def address(member: Any) -> str:
    return reverse("admin:moderation_penalise", args=[member.pk])


def test_the_ladder_goes_from_a_word_to_pauses_of_the_account_and_says_why(mod: Any, bob: Any) -> None:
    steps = []
    for _time in range(5):
        step = propose_step(bob)
        steps.append((step.kind, step.days))
        actions.penalise_member(actor=mod, member=bob, kind=step.kind, reason="Again", days=step.days)

    assert steps == [("warn", None), ("silence", 1), ("silence", 3), ("suspend", 7), ("suspend", 30)]
    assert "4 pauses in the last 365 days" in propose_step(bob).why


def test_what_was_lifted_or_is_long_ago_makes_nothing_longer(mod: Any, bob: Any) -> None:
    lifted, old = (
        actions.penalise_member(actor=mod, member=bob, kind="silence", reason="Rude", days=1)
        for _time in range(2)
    )
    actions.lift_penalty(actor=mod, penalty=lifted)
    Penalty.objects.filter(pk=old.pk).update(given_at=timezone.now() - dt.timedelta(days=400))

    assert (propose_step(bob).kind, propose_step(bob).days) == ("warn", None)


def test_a_member_is_paused_from_their_page_told_with_the_way_to_appeal_and_it_is_lifted(
    mod: Any,
    alice: Any,
    bob: Any,
    sign_in: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    deliver_all: Any,
) -> None:
    make_reply(bob, make_thread(alice, space), body="All of you are wrong, as ever.")
    client, url = sign_in(mod), address(bob)
    assert url in client.get(f"/admin/members/member/{bob.pk}/change/").content.decode()
    assert url in client.get(f"/@{bob.handle}/").content.decode()
    page = client.get(url).content.decode()
    assert "so a word comes first" in page and "The last day · 1 post" in page

    answer = client.post(
        url, {"decision": "suspend", "reason": "You insult people", "days": "3", "hide_days": "1"}
    )

    assert (answer.status_code, answer["Location"]) == (303, url)
    penalty = Penalty.objects.get()
    assert Member.objects.get(pk=bob.pk).is_suspended and Post.objects.get(author=bob).state == "hidden"
    deliver_all()
    notice = Notice.objects.get(member=bob, kind="moderation.penalty")
    assert notice.payload["hidden"] == 1
    told = sign_in(Member.objects.get(pk=bob.pk)).get(f"/appeals/penalty/{penalty.pk}/").content.decode()
    assert "You insult people" in told and "1 post of yours is hidden." in told and "words" in told
    entry = AuditEntry.objects.get(act="member.penalised")
    assert entry.before == {"value": "open"} and entry.after["value"].startswith("suspended until")
    assert entry.reason == "You insult people"

    answer = client.post(url, {"act": "lift", "penalty": str(penalty.pk)})

    assert answer.status_code == 303
    assert not Member.objects.get(pk=bob.pk).is_suspended and Post.objects.get(author=bob).state == "visible"
    deliver_all()
    assert AuditEntry.objects.get(act="member.penalty_lifted").after["value"] == "open"


def test_a_warning_takes_no_days_and_a_canned_reason_stands_in(
    mod: Any, manager: Any, bob: Any, sign_in: Any
) -> None:
    reason = actions.save_canned_reason(
        actor=manager, title="Unkind", text="Argue with what was said.", kind="post_report", decision="warn"
    )
    client = sign_in(mod)
    assert "Argue with what was said." in client.get(address(bob)).content.decode()

    client.post(address(bob), {"decision": "warn", "canned": reason.pk, "reason": "", "days": "9"})

    penalty = Penalty.objects.get()
    assert (penalty.kind, penalty.until, penalty.reason) == ("warn", None, "Argue with what was said.")


def test_what_lacks_its_reason_or_length_is_shown_again_and_nothing_is_laid(
    mod: Any, bob: Any, sign_in: Any
) -> None:
    client = sign_in(mod)
    for typed in (
        {},
        {"decision": "warn"},
        {"decision": "silence", "reason": "Rude"},
        {"decision": "silence", "reason": "Rude", "days": "9999"},
        {"decision": "ban", "reason": "Rude", "days": "1"},
        {"decision": "warn", "reason": "Rude", "hide_days": "999"},
    ):
        answer = client.post(address(bob), typed)
        assert answer.status_code == 422, typed
        assert 'role="alert"' in answer.content.decode()

    assert not Penalty.objects.exists()


def test_nobody_does_this_to_the_team_and_members_do_not_find_the_page(
    mod: Any, manager: Any, alice: Any, bob: Any, sign_in: Any
) -> None:
    typed = {"decision": "warn", "reason": "Because I can"}
    client = sign_in(mod)
    page = client.get(address(manager)).content.decode()
    assert "Only someone with a higher role" in page and 'name="reason"' not in page
    assert address(manager) not in client.get(f"/@{manager.handle}/").content.decode()

    client.post(address(manager), typed)
    client.post(address(mod), typed)
    assert sign_in(alice).post(address(bob), typed).status_code in (302, 403, 404)
    assert address(bob) not in sign_in(alice).get(f"/@{bob.handle}/").content.decode()
    assert client.get(reverse("admin:moderation_penalise", args=[10**9])).status_code == 404
    assert client.post(address(bob), {"act": "lift", "penalty": "x"}).status_code == 404

    assert not Penalty.objects.exists()
