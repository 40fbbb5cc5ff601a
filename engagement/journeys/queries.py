"""Reading a newcomer's first steps: those of the quest that managers keep for newcomers, with what only a welcome knows."""

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Member
from community.spaces.models import Kind as ThreadKind
from community.spaces.models import Space
from community.sql import fetch_one
from community.threads.models import Thread
from engagement.journeys.limits import NEWCOMER_FOR
from engagement.journeys.models import IceBreaker
from rewards.quests.queries import StepLine, onboarding_steps


@dataclass(frozen=True, slots=True)
class Question:
    """An ice-breaker as one member may see it: the question, and where they answer it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One first step: what, why, where, and whether it is done."""

    key: str
    title: str
    why: str
    url: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """A newcomer's list. `rests`: they said "not now", and it is a while yet."""

    steps: list[Step]
    question: Question | None
    is_dismissed: bool
    rests: bool = False

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first that is not done."""
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def coming(self) -> list[tuple[int, Step]]:
        """The next three that are not done, each with its place in the list."""
        return [(place, step) for place, step in enumerate(self.steps, 1) if not step.is_done][:3]


def choose_ice_breaker(member: Member) -> IceBreaker | None:
    """Return the question for a newcomer: they take turns, and the same member always gets the same one."""
    active = list(IceBreaker.objects.filter(is_active=True))
    return active[member.pk % len(active)] if active else None


def question_for(member: Member, ice_breaker: IceBreaker | None) -> Question | None:
    """Return an ice-breaker with the place where `member` may answer it."""
    if ice_breaker is None:
        return None
    if ice_breaker.thread_id is not None:
        thread = Thread.objects.visible_to(member).filter(pk=ice_breaker.thread_id, is_locked=False).first()
        if thread is not None:
            return Question(ice_breaker.text, f"{thread.get_absolute_url()}#reply")
    address = f"{reverse('thread_new')}?kind={ThreadKind.DISCUSSION}"
    if ice_breaker.space_id is not None:
        space = Space.objects.visible_to(member).filter(pk=ice_breaker.space_id).first()
        if space is not None:
            address += f"&space={space.slug}"
    return Question(ice_breaker.text, address)


_DONE = """
SELECT w.dismissed_at IS NOT NULL, w.rests_until > now(), w.ice_breaker_id,
  (SELECT a.verified FROM account_emailaddress a WHERE a.user_id = %(me)s AND lower(a.email) = lower(%(address)s) LIMIT 1)
  FROM (SELECT 1) AS one LEFT JOIN journeys_welcome w ON w.member_id = %(me)s
"""


class Done(NamedTuple):
    """How a newcomer was welcomed. `is_verified` is None where there is no address to confirm."""

    is_dismissed: bool
    rests: bool | None
    ice_breaker_id: int | None
    is_verified: bool | None


def first_steps(member: Member) -> FirstSteps:
    """Return what a newcomer may do first, and what of it they have done."""
    done = fetch_one(_DONE, {"me": member.pk, "address": member.email}, Done._make)
    assert done is not None
    ice_breaker = IceBreaker.objects.filter(pk=done.ice_breaker_id).first() if done.ice_breaker_id else None
    question = question_for(member, ice_breaker)
    steps = [*_address_step(done), *(_step(line, question) for line in onboarding_steps(member))]
    return FirstSteps(steps, question, done.is_dismissed, bool(done.rests))


def _step(line: StepLine, question: Question | None) -> Step:
    """Return a step of the quest; who has a question of their own says hello by answering it."""
    if line.key == "hello" and question is not None:
        return Step(line.key, _("Answer one easy question"), question.text, question.url, line.is_done)
    return Step(line.key, line.title, line.hint or line.counts, line.url or reverse("home"), line.is_done)


def is_newcomer(member: Member) -> bool:
    """Return whether the first steps are still offered on the home page."""
    return member.joined_at > timezone.now() - NEWCOMER_FOR.span()


def _address_step(done: Done) -> list[Step]:
    """A step only for those whose address is not confirmed; nobody else needs to read about it."""
    if done.is_verified in (None, True):
        return []
    return [
        Step(
            "address",
            _("Confirm your e-mail address"),
            _("Then answers can reach you. The link is in the e-mail we sent you."),
            reverse("account_email"),
            False,
        )
    ]
