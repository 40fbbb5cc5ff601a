"""Reading a newcomer's first steps. Progress is not kept anywhere: it is what the member has done."""

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

# The first steps are offered on the home page for this long.


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
    """A newcomer's list."""

    steps: list[Step]
    question: Question | None
    is_dismissed: bool

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


# One statement for all that the steps depend on: they stand on the home page of every newcomer.
_DONE = """
SELECT w.dismissed_at IS NOT NULL, w.ice_breaker_id,
  (SELECT a.verified FROM account_emailaddress a WHERE a.user_id = %(me)s AND lower(a.email) = lower(%(address)s) LIMIT 1),
  EXISTS (SELECT 1 FROM threads_post WHERE author_id = %(me)s AND state = 'visible'),
  EXISTS (SELECT 1 FROM spaces_spacefollow WHERE member_id = %(me)s),
  EXISTS (SELECT 1 FROM threads_thread WHERE author_id = %(me)s AND kind = 'question' AND state = 'visible')
  OR EXISTS (SELECT 1 FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id WHERE p.author_id = %(me)s
    AND p.position > 1 AND p.state = 'visible' AND t.kind = 'question' AND t.author_id IS DISTINCT FROM %(me)s)
  FROM (SELECT 1) AS one LEFT JOIN journeys_welcome w ON w.member_id = %(me)s
"""


class Done(NamedTuple):
    """What a newcomer has done so far. `is_verified` is None where there is no address to confirm."""

    is_dismissed: bool
    ice_breaker_id: int | None
    is_verified: bool | None
    spoke: bool
    follows: bool
    helped: bool


def first_steps(member: Member) -> FirstSteps:
    """Return what a newcomer may do first, and what of it they have done."""
    done = fetch_one(_DONE, {"me": member.pk, "address": member.email}, Done._make)
    assert done is not None
    ice_breaker = IceBreaker.objects.filter(pk=done.ice_breaker_id).first() if done.ice_breaker_id else None
    question = question_for(member, ice_breaker)
    steps = [
        *_address_step(done),
        _picture_step(member),
        _hello_step(done, question),
        *_other_steps(done),
    ]
    return FirstSteps(steps, question, done.is_dismissed)


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


def _picture_step(member: Member) -> Step:
    return Step(
        "picture",
        _("Add a picture"),
        _("People answer people sooner than initials."),
        reverse("settings_profile"),
        bool(member.avatar_url),
    )


def _hello_step(done: Done, question: Question | None) -> Step:
    if question is None:
        return Step(
            "hello",
            _("Say hello"),
            _("One sentence is enough: who you are and what brought you here."),
            f"{reverse('thread_new')}?kind={ThreadKind.DISCUSSION}",
            done.spoke,
        )
    return Step("hello", _("Answer one easy question"), question.text, question.url, done.spoke)


def _other_steps(done: Done) -> list[Step]:
    return [
        Step(
            "follow",
            _("Follow a space"),
            _("It appears in your list on the left, and you hear of new threads in it."),
            reverse("space_list"),
            done.follows,
        ),
        Step(
            "help",
            _("Ask something, or answer someone"),
            _("Questions here are short. So are most answers."),
            f"{reverse('home')}?view=unanswered",
            done.helped,
        ),
    ]
