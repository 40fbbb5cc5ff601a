"""What an event would earn a member now, rule by rule. Nothing is written: the desk that pays is asked, and not obeyed."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.spaces.models import Kind, Space
from community.threads.models import ReactionKind, State
from community.threads.verbs import THREAD_CREATED
from rewards.intake.checking import Sent, check_event
from rewards.intake.models import EventType
from rewards.intake.verbs import EVENT_ARRIVED
from rewards.points.actions import HEARD
from rewards.points.earning.brand_events import EVENT, EventFacts
from rewards.points.earning.campaigns import Campaigns
from rewards.points.earning.caps import Caps
from rewards.points.earning.desk import Decision, Desk, days_for
from rewards.points.earning.facts import Facts, PostFacts, read_people
from rewards.points.earning.history import History
from rewards.points.earning.touches import ANSWER, POST, REACTION, Touch
from rewards.points.models import EarningRule
from rewards.points.permissions import can_change_rules

# No row has this number: what is asked about has not happened.
NOWHERE = 0
SOURCES = {"reaction.added": REACTION, "answer.accepted": ANSWER}


@dataclass(frozen=True, slots=True)
class Event:
    """What is asked about. `giver` is who would mark the post or accept the answer; `asked_by_member`: it is the member's own question."""

    verb: str
    member: Member
    space: Space | None = None
    # What a system of the brand would tell, for that verb; nothing else is asked then but the member.
    told: Sent | None = None
    giver: Member | None = None
    thread_kind: str = Kind.QUESTION.value
    tags: tuple[str, ...] = ()
    reaction_kind: str = ReactionKind.HELPFUL.value
    helped_by: int = 0
    asked_by_member: bool = False
    by_asker: bool = True


@dataclass(frozen=True, slots=True)
class Examined:
    """What every rule that hears the event would make of it; `points` is what would come of it, now or later."""

    decisions: list[Decision]

    @property
    def points(self) -> int:
        """How many points would be earned."""
        return sum(decision.points for decision in self.decisions if decision.pays)


def examine(actor: Member, event: Event) -> Examined:
    """Ask every rule in force that hears this event. Raises `Refused` or `Invalid`."""
    can_change_rules(actor).require()
    if event.verb not in HEARD:
        sentence = _("Choose one of the happenings that points hear.")
        raise Invalid("verb_unheard", sentence, fields={"verb": sentence})
    rules = list(EarningRule.objects.in_force().filter(verb=event.verb).order_by("position", "key"))
    now = timezone.now()
    touch, facts = _imagine_told(event, now) if event.verb == EVENT_ARRIVED.name else _imagine(event, now)
    once = [rule.key for rule in rules if rule.parsed_conditions.once]
    people = {event.member.pk} | ({event.giver.pk} if event.giver else set())
    desk = Desk(
        Caps(days_for(people, [now, touch.occurred_at]), rules),
        History([], once, people),
        Campaigns.read(),
        now,
    )
    decisions = []
    for rule in rules:
        decision = desk.decide(rule, touch, facts)
        if decision.claim is None or decision.claim.member_id == event.member.pk:
            decisions.append(decision)
            if decision.pays:
                desk.count(decision)
    return Examined(decisions)


def _imagine_told(event: Event, now: dt.datetime) -> tuple[Touch, Facts]:
    """Return an event of the brand and the truth around it as they would be. Raises `Invalid` where the intake would."""
    told = event.told
    if told is None:
        sentence = _("Say which event of the brand.")
        raise Invalid("told_needed", sentence, fields={"told": sentence})
    check_event(told, EventType.objects.filter(key=told.type).first(), now)
    facts = EventFacts(
        event.member.pk,
        told.type,
        told.occurred_at,
        told.amount,
        told.currency,
        told.attributes,
        told.amount if told.amount is not None else told.quantity,
        told.amount if told.amount is not None else told.quantity,
    )
    touch = Touch((EVENT, NOWHERE), NOWHERE, None, "", 0, None, told.occurred_at, quiet=True)
    return touch, Facts({}, {}, read_people({event.member.pk}), events={NOWHERE: facts})


def _imagine(event: Event, now: dt.datetime) -> tuple[Touch, Facts]:
    """Return the happening and the truth around it as they would be."""
    if event.space is None:
        sentence = _("Choose a space.")
        raise Invalid("space_needed", sentence, fields={"space": sentence})
    kind = SOURCES.get(event.verb, POST)
    giver_id = event.giver.pk if event.giver is not None and kind != POST else None
    mine = event.asked_by_member or event.verb == THREAD_CREATED.name
    # Somebody else, whoever that is: an answer is to somebody's question.
    asker_id = event.member.pk if mine else giver_id if event.by_asker and giver_id else NOWHERE
    post = PostFacts(
        author_id=event.member.pk,
        position=1 if event.verb == THREAD_CREATED.name else 2,
        state=State.VISIBLE,
        thread_id=NOWHERE,
        thread_kind=event.thread_kind,
        asker_id=asker_id,
        space_id=event.space.pk,
        accepted_post_id=NOWHERE,
        created_at=now,
        accepted_at=now,
        tags=event.tags,
    )
    touch = Touch((kind, NOWHERE), NOWHERE, giver_id, event.reaction_kind, 0, giver_id, now, quiet=True)
    people = read_people({event.member.pk, *([giver_id] if giver_id else [])})
    trust = people.get(giver_id or 0, ("", False, 0))[2] if giver_id else 4
    marks = {NOWHERE: [(now, trust)] * event.helped_by}
    return touch, Facts({NOWHERE: post}, {NOWHERE: now}, people, marks, event.helped_by)
