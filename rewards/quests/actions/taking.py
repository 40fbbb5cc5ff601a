"""Joining and leaving quests, hiding all of them, and putting away the line that says one is finished."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict
from community.members.models import Member
from community.members.permissions import can_keep
from rewards.quests import limits
from rewards.quests.actions.settling import add_up, settle_members
from rewards.quests.models import Choice, Progress, Quest, Taking, TakingState, today
from rewards.quests.permissions import can_join_quest
from rewards.quests.verbs import QUEST_BEGUN, QUEST_LEFT


@transaction.atomic
def join_quest(*, actor: Member, quest: Quest) -> Taking:
    """Begin a quest; what `actor` does counts from today. Joining twice changes nothing, and one that is finished stays so.

    Raises `Refused` or `RateLimited`.
    """
    can_join_quest(actor, quest).require()
    limits.JOIN.spend(actor)
    _lock(actor)
    # Whoever asks for quests does not hide them.
    Choice.objects.filter(member=actor).update(hides=False, changed_at=timezone.now())
    taking, created = Taking.objects.get_or_create(
        quest=quest, member=actor, defaults={"began_on": today(), "began_at": timezone.now()}
    )
    if taking.state == TakingState.LEFT:
        taking.state, taking.began_on, taking.began_at = TakingState.UNDER_WAY, today(), timezone.now()
        taking.save(update_fields=["state", "began_on", "began_at"])
        created = True
    if created:
        record(QUEST_BEGUN, actor=actor, target=taking, payload=_said(quest, actor))
        settle_members(quest, [actor.pk])
        taking.refresh_from_db()
    return taking


@transaction.atomic
def leave_quest(*, actor: Member, quest: Quest) -> None:
    """Leave a quest that is under way; how far one was is forgotten. Leaving twice changes nothing.

    Raises `Conflict` for one that is finished.
    """
    can_keep(actor).require()
    limits.JOIN.spend(actor)
    _lock(actor)
    taking = Taking.objects.filter(quest=quest, member=actor).first()
    if taking is None or taking.state == TakingState.LEFT:
        return
    if taking.state == TakingState.FINISHED:
        raise Conflict("quest_finished", _("You finished this. It stays with what you have done."))
    taking.state = TakingState.LEFT
    taking.save(update_fields=["state"])
    Progress.objects.filter(taking=taking).delete()
    if quest.is_together:
        add_up(quest)
    record(QUEST_LEFT, actor=actor, target=taking, payload=_said(quest, actor))


@transaction.atomic
def hide_quests(*, actor: Member, hides: bool) -> None:
    """Hide quests from `actor`, with every notice of them, or show them again. What is under way rests meanwhile."""
    can_keep(actor).require()
    Choice.objects.update_or_create(member=actor, defaults={"hides": hides, "changed_at": timezone.now()})


@transaction.atomic
def put_line_away(*, actor: Member, quest: Quest) -> None:
    """Put away the line that says that `actor` finished a quest. Doing it twice changes nothing."""
    mine = Taking.objects.filter(quest=quest, member=actor, state=TakingState.FINISHED, seen_at=None)
    mine.update(seen_at=timezone.now())


def _lock(actor: Member) -> None:
    Member.objects.get_queryset().select_for_update(no_key=True).get(pk=actor.pk)


def _said(quest: Quest, member: Member) -> dict[str, object]:
    return {"quest": quest.key, "name": quest.name, "member_id": member.pk}
