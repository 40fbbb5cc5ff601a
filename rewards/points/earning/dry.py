"""What the last thirty days would have paid by a rule, asked at the same desk that pays. Nothing is written."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.models import Activity
from community.errors import Invalid
from community.threads.verbs import REACTION_ADDED
from rewards.points.earning.brand_events import EVENT, members_of_events
from rewards.points.earning.campaigns import Campaigns
from rewards.points.earning.caps import Caps
from rewards.points.earning.desk import Desk, days_for
from rewards.points.earning.facts import Facts, Standing, read_facts, read_posts
from rewards.points.earning.hear import moments_of
from rewards.points.earning.history import Memory
from rewards.points.earning.misses import Outcome
from rewards.points.earning.touches import HEARD, Touch, touches_of
from rewards.points.models import EarningRule, Transfer, TransferKind

DAYS = 30
MOST_READ, CHUNK, MOST_SHOWN = 20_000, 1000, 10
PATIENCE = "8s"


@dataclass(slots=True)
class Trial:
    """What a rule would have paid. `members` counts points by member, `times` how often each was paid."""

    points: int = 0
    looked_at: int = 0
    is_cut: bool = False
    members: Counter[int] = field(default_factory=Counter)
    times: Counter[int] = field(default_factory=Counter)

    def biggest(self) -> list[tuple[int, int, int]]:
        """Return the members who would have got the most: id, points, times."""
        ranked = sorted(self.members.items(), key=lambda row: (-row[1], row[0]))[:MOST_SHOWN]
        return [(pk, points, self.times[pk]) for pk, points in ranked]


@transaction.atomic
def try_rule(rule: EarningRule, *, now: dt.datetime | None = None) -> Trial:
    """Count what `rule`, saved or not, would have paid. Raises `Invalid` when the log cannot say, or is too large."""
    now = now or timezone.now()
    if rule.verb not in HEARD:
        raise Invalid(
            "rule_untried",
            _("Another feature calls for this rule, so the log does not say what it would pay."),
        )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
            return _count(rule, now)
    except OperationalError as error:
        raise Invalid(
            "log_too_large", _("So much has happened that the last 30 days cannot be gone through here.")
        ) from error


def _count(rule: EarningRule, now: dt.datetime) -> Trial:
    trial = Trial()
    since = now - dt.timedelta(days=DAYS)
    touches = _touches(rule, since, trial)
    memory = Memory([rule.key] if rule.parsed_conditions.once else [])
    desk = Desk(Caps((), [rule], without=rule.key), memory, Campaigns.read(), now)
    for start in range(0, len(touches), CHUNK):
        _count_chunk(rule, desk, touches[start : start + CHUNK], since, trial)
    return trial


def _touches(rule: EarningRule, since: dt.datetime, trial: Trial) -> list[Touch]:
    """Return what may have earned by this rule, each thing once, in the order in which it happened."""
    by_quality = bool(rule.parsed_conditions.helped_by)
    verbs = {rule.verb} | ({REACTION_ADDED.name} if by_quality else set())
    activities: list[Activity] = []
    for verb in sorted(verbs):
        # By the index of verbs; numbers grow with time but for imports, so a cut leaves out what is oldest.
        latest = list(Activity.objects.filter(verb=verb).order_by("-pk")[:MOST_READ])
        trial.is_cut |= len(latest) == MOST_READ and latest[-1].occurred_at > since
        activities += [it for it in latest if it.occurred_at > since]
    activities.sort(key=lambda it: (it.occurred_at, it.pk))
    trial.looked_at = len(activities)
    once: dict[tuple[str, int], Touch] = {}
    for touch in touches_of(activities, by_quality=by_quality):
        once.setdefault(touch.source, touch)
    return list(once.values())


def _count_chunk(
    rule: EarningRule, desk: Desk, touches: list[Touch], since: dt.datetime, trial: Trial
) -> None:
    people = set(_people(touches))
    facts = read_facts(touches, people, [rule])
    desk.caps.read(days_for(people, moments_of(touches, facts, [rule])))
    if rule.parsed_conditions.once:
        _remember_earlier(rule, desk.memory, people, since)
    for touch in touches:
        if not _is_heard(rule, facts, touch):
            continue
        decision = desk.decide(rule, touch, facts)
        claim = decision.claim
        if claim is None or not decision.pays or claim.moment <= since:
            continue
        desk.count(decision)
        desk.memory.remember((rule.key, claim.source, claim.member_id), Outcome.PAID)
        event = facts.event(touch)
        points = event.part_of(decision.points) if event is not None else decision.points
        trial.points += points
        trial.members[claim.member_id] += points
        trial.times[claim.member_id] += 1


def _is_heard(rule: EarningRule, facts: Facts, touch: Touch) -> bool:
    return facts.standing(touch) is Standing.STANDS and facts.verb_of(touch) == rule.verb


def _people(touches: list[Touch]) -> Iterator[int]:
    yield from members_of_events(touch.source[1] for touch in touches if touch.source[0] == EVENT)
    for post in read_posts({touch.post_id for touch in touches if touch.post_id}).values():
        for pk in (post.author_id, post.asker_id):
            if pk is not None:
                yield pk
    for touch in touches:
        if touch.giver_id is not None:
            yield touch.giver_id


def _remember_earlier(rule: EarningRule, memory: Memory, people: set[int], since: dt.datetime) -> None:
    """What a once-only rule gave before these days is not given again."""
    before = Transfer.objects.filter(
        kind=TransferKind.AWARD,
        rule_key=rule.key,
        member_id__in=people,
        occurred_at__lte=since,
        reversal=None,
    )
    for member_id in before.values_list("member_id", flat=True):
        memory.had_once(rule.key, member_id)
