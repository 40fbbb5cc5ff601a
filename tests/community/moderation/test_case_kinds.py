"""A feature brings a kind of case of its own into the queue by registering it, and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from community.errors import Conflict, Invalid, NotFound, Refused
from community.members.models import Member
from community.moderation import actions, limits, queries
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Fact,
    Ruling,
    Subject,
    all_case_kinds,
    describe_cases,
    forget_case_kind,
    kind_of,
    register_case_kind,
)
from community.moderation.models import AuditEntry, Case, CaseState
from community.notifications.models import Notice
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


def give_title(ruling: Ruling) -> Effect:
    """Say that a member works for the brand."""
    member = Member.objects.get(pk=ruling.case.subject_id)
    before, member.team_title = member.team_title, ruling.reason
    member.save(update_fields=["team_title"])
    return Effect({"title": before}, before=before, after=member.team_title)


def take_title(actor: Member, case: Case) -> None:
    """Put the title back."""
    Member.objects.filter(pk=case.subject_id).update(team_title=case.before["title"])


def describe(cases: Any) -> Any:
    """Name the members."""
    names = dict(Member.objects.filter(pk__in=[c.subject_id for c in cases]).values_list("pk", "name"))
    return {
        c.pk: Subject(title=f"{names[c.subject_id]} asks", text="To be shown as of the team") for c in cases
    }


@pytest.fixture
def kind() -> Iterator[CaseKind]:
    """A kind as a later feature would register it."""
    yield register_case_kind(
        CaseKind(
            "title_asked",
            "Title asked for",
            due=limits.DUE,
            describe=describe,
            role="manager",
            explain=lambda case: [Fact("Signals", str(case.facts["signals"]), "they add up")],
            choices=(
                Choice("give", "Give it", give_title, take_title),
                Choice("leave", "Leave it", lambda ruling: Effect(), needs_reason=False),
            ),
        )
    )
    forget_case_kind("title_asked")


@pytest.fixture
def case(kind: CaseKind, alice: Any) -> Case:
    """Alice asks for a title."""
    return actions.open_case(
        actor=alice, kind=kind, subject=alice, about=alice, facts={"signals": 3}, score=40
    )


def test_a_registered_kind_is_read_decided_and_undone_like_any_other(
    case: Case, manager: Any, alice: Any, sign_in: Any, deliver_all: Any
) -> None:
    page = queries.get_case_page(manager, case.pk)
    assert (page.subject.title, page.facts[0].value) == (f"{alice.name} asks", "3")
    client, url = sign_in(manager), reverse("admin:moderation_case_change", args=[case.pk])
    shown = client.get(url).content.decode()
    assert "To be shown as of the team" in shown and "they add up" in shown and 'value="give"' in shown

    client.post(url, {"act": "decide", "decision": "give", "reason": "Product lead"})
    assert Member.objects.get(pk=alice.pk).team_title == "Product lead"
    client.post(url, {"act": "undo"})

    assert Member.objects.get(pk=alice.pk).team_title == ""
    assert Case.objects.get().state == CaseState.OPEN
    deliver_all()
    assert {"case.decided", "case.reopened"} <= set(AuditEntry.objects.values_list("act", flat=True))
    assert Notice.objects.filter(member=manager, kind="moderation.waiting").exists()
    assert not Notice.objects.filter(member=alice).exists()


def test_opening_twice_finds_the_case_that_waits_and_renews_its_facts(
    case: Case, kind: CaseKind, alice: Any, manager: Any, deliver_all: Any
) -> None:
    again = actions.open_case(
        actor=None, kind=kind, subject=alice, about=alice, facts={"signals": 5}, score=60
    )

    assert again.pk == case.pk and Case.objects.get().facts == {"signals": 5} and again.score == 60

    actions.decide_case(actor=manager, case=case, decision="leave")
    assert actions.open_case(actor=alice, kind=kind, subject=alice).pk != case.pk
    with pytest.raises(Conflict):
        actions.undo_decision(actor=manager, case=case)


@pytest.mark.django_db(transaction=True)
def test_opened_many_times_at_once_there_is_one_case(kind: CaseKind, alice: Any) -> None:
    calls = [lambda: actions.open_case(actor=None, kind=kind, subject=alice) for _n in range(12)]

    answers = all_at_once(calls)

    assert {answer.pk for answer in answers} == {Case.objects.get().pk}


def test_who_may_decide_is_what_the_kind_says(
    case: Case, mod: Any, alice: Any, manager: Any, carol: Any
) -> None:
    for member in (mod, alice, carol):
        assert not queries.reviewable_by(member).exists()
        with pytest.raises(NotFound):
            queries.get_case_for(member, case.pk)
        with pytest.raises(Refused):
            actions.decide_case(actor=member, case=case, decision="leave")
    with pytest.raises(Invalid):
        actions.decide_case(actor=manager, case=case, decision="remove", reason="Not offered here")

    assert Case.objects.get().state == CaseState.OPEN


def test_a_space_has_its_cases_decided_by_its_moderators_unless_the_kind_asks_for_more(
    kind: CaseKind, alice: Any, carol: Any, space: Any
) -> None:
    from community.spaces.models import SpaceMembership

    SpaceMembership.objects.create(space=space, member=carol, is_moderator=True)
    case = actions.open_case(actor=None, kind=kind, subject=alice, space_id=space.pk)
    assert queries.get_case_for(carol, case.pk) == case and queries.reviewable_by(carol).exists()

    forget_case_kind(kind.name)
    try:
        register_case_kind(
            CaseKind(kind.name, kind.label, kind.due, kind.choices, describe, role="manager", in_space=False)
        )
        assert not queries.reviewable_by(carol).exists()
        with pytest.raises(NotFound):
            queries.get_case_for(carol, case.pk)
    finally:
        forget_case_kind(kind.name)


def test_what_was_settled_elsewhere_leaves_the_queue(
    case: Case, kind: CaseKind, alice: Any, manager: Any
) -> None:
    assert actions.close_case(actor=alice, kind=kind, subject=alice)
    assert not actions.close_case(actor=alice, kind=kind, subject=alice)

    assert not queries.waiting_for(manager).exists()
    with pytest.raises(Refused):
        actions.decide_case(actor=manager, case=case, decision="leave")


def test_what_cannot_be_undone_stays_decided(case: Case, manager: Any) -> None:
    actions.decide_case(actor=manager, case=case, decision="leave")

    with pytest.raises(Conflict) as refusal:
        actions.undo_decision(actor=manager, case=case)

    assert refusal.value.code == "stays_decided"


def test_a_kind_whose_feature_is_gone_is_read_by_administrators_and_decided_by_nobody(
    case: Case, admin: Any, manager: Any, sign_in: Any
) -> None:
    forget_case_kind("title_asked")

    assert not queries.reviewable_by(manager).exists()
    assert kind_of(case).choices == () and describe_cases([case])[case.pk].title
    assert "not here any more" in queries.get_case_page(admin, case.pk).subject.title


def test_a_kind_is_registered_once(kind: CaseKind) -> None:
    assert register_case_kind(kind) is kind
    with pytest.raises(RuntimeError):
        register_case_kind(CaseKind("title_asked", "Another", limits.DUE, (), describe))

    assert kind in list(all_case_kinds())
