"""What the outside checker says becomes a sign in the score, and may hide a text that is shown, as reports do."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from community.activity.record import record
from community.members.models import Member
from community.moderation.actions.opening import open_case
from community.moderation.case_kinds import find_case_kind
from community.moderation.models import Band, Case, Judgement
from community.moderation.scoring import say_hidden
from community.moderation.spam.judging import SHOWN_KIND
from community.moderation.spam.limits import HOLD_AT, OUTSIDE, QUEUE_AT
from community.moderation.spam.signals import band_of, score_of
from community.moderation.verbs import POST_AUTO_HIDDEN
from community.threads.actions import set_post_state_by_rule
from community.threads.models import Post, State

SIGN = "outside"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the checker said: from 0 to 100, and why in a few words."""

    score: int
    reason: str = ""


@transaction.atomic
def heed_checker(*, actor: Member | None, judgement: Judgement, opinion: Opinion) -> Band:
    """Add what the checker said to a judgement, once. Where the score then asks for it, put the text before the team or hide it until
    they decide. What the team decided already, and what its author took away, stays as it is."""
    fresh = Judgement.objects.select_for_update(of=("self",)).get(pk=judgement.pk)
    if SIGN in fresh.weights:
        return Band(fresh.band)
    before = Band(fresh.band)
    fresh.weights = {**fresh.weights, SIGN: OUTSIDE()}
    fresh.signals = {**fresh.signals, SIGN: round(opinion.score / 100, 3)}
    fresh.score = score_of(fresh.signals, fresh.weights)
    fresh.band = band_of(fresh.score, HOLD_AT(), QUEUE_AT())
    fresh.check_due_at, fresh.check_note = None, opinion.reason
    fresh.save(update_fields=["weights", "signals", "score", "band", "check_due_at", "check_note"])
    post = Post.objects.select_related("thread", "author").filter(pk=fresh.post_id or 0).first()
    is_open = post is not None and post.state == State.VISIBLE and not fresh.outcome
    if post is not None and is_open and fresh.band != Band.PASS and fresh.band != before:
        _bring_before_team(post, fresh, opinion)
    return Band(fresh.band)


def _bring_before_team(post: Post, judgement: Judgement, opinion: Opinion) -> None:
    kind = find_case_kind(SHOWN_KIND)
    if kind is None or (post.author is not None and post.author.is_at_least("moderator")):
        return
    facts = {"signals": judgement.signals, "weights": judgement.weights, "score": judgement.score}
    facts["outside"] = opinion.reason
    must_hide = judgement.band == Band.HOLD
    if must_hide:
        facts |= {"hidden": SIGN, "hidden_at": timezone.now().isoformat()}
    case = open_case(
        actor=None,
        kind=kind,
        subject=post,
        about=post.author,
        space_id=post.thread.space_id,
        facts=facts,
        score=judgement.score,
    )
    if must_hide:
        _hide(post, case)


def _hide(post: Post, case: Case) -> None:
    hidden = set_post_state_by_rule(post=post, state=State.HIDDEN, reason=say_hidden(SIGN))
    if hidden.state != State.HIDDEN:
        # Somebody removed it at this moment.
        return
    payload = {"case_id": case.pk, "post_id": post.pk, "author_id": post.author_id, "why": SIGN}
    record(POST_AUTO_HIDDEN, actor=None, target=post, payload=payload, space_id=case.space_id)
