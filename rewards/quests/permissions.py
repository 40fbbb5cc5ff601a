"""Who may take part in quests, and who may change them."""

from django.utils.translation import gettext as _

from community.members.models import Member, Role
from community.members.permissions import can_keep
from community.verdict import YES, Verdict, no
from rewards.quests.models import Quest, State


def can_change_quests(actor: Member) -> Verdict:
    """Whether `actor` may make and change quests."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change quests."))


def can_join_quest(actor: Member, quest: Quest) -> Verdict:
    """Whether `actor` may join a quest that is meant for them: while it runs, and not people of the team."""
    verdict = can_keep(actor)
    if not verdict:
        return verdict
    if actor.role != Role.MEMBER:
        return no("staff_earn_nothing", _("People of the team do not take part."))
    if quest.is_over:
        return no("quest_over", _("This is over. What others found out stays where they wrote it."))
    if quest.state != State.OPEN:
        return no("quest_paused", _("This is paused. You can join when it goes on."))
    if not quest.has_begun:
        return no("quest_not_begun", _("This has not begun yet. The page says when it does."))
    if not quest.asks_joining:
        return no(
            "quest_begins_itself", _("There is nothing to join: it begins with the first thing you do.")
        )
    return YES
