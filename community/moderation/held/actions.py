"""Deciding about what waits, and what its writer may do meanwhile."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.activity.registry import Verb
from community.errors import Conflict, Invalid
from community.members.models import Member
from community.moderation.actions.opening import close_case
from community.moderation.case_kinds import find_case_kind
from community.moderation.held.drafts import leave
from community.moderation.held.grounds import kind_of
from community.moderation.held.holding import as_stored, attach_held_pictures, fingerprint_of
from community.moderation.held.permissions import can_change_held, can_decide_held
from community.moderation.held.release import release
from community.moderation.models import Held, HeldKind, HeldState
from community.moderation.pictures import HELD
from community.moderation.verbs import HELD_APPROVED, HELD_REFUSED, HELD_TAKEN_BACK
from community.screening import Place
from community.threads import composing, limits, screening
from community.threads.actions import set_post_state
from community.threads.models import Post, State
from community.writing.actions import release_uploads


@transaction.atomic
def approve_held(*, actor: Member, held: Held, despite_pause: bool = False) -> Post:
    """Let through what waits: it is written now, in the name of its author, as if it had never waited.

    With `despite_pause` the word of the team stands for this text in place of a pause of its author. Else what its author may not do any more raises what the action raises: the thread was closed, the author is suspended.
    Raises `Refused` when `actor` may not decide, or it is decided.
    """
    fresh = _lock(held)
    can_decide_held(actor, fresh).require()
    if fresh.became is not None:
        # It was let through before, and that was taken back.
        post = set_post_state(actor=actor, post=fresh.became, state=State.VISIBLE, reason="")
    else:
        release_uploads(actor=actor, target_type=HELD, target_pk=fresh.pk)
        post = release(fresh, despite_pause=despite_pause)
    fresh.became = post
    _close(actor, fresh, HeldState.APPROVED, "")
    _tell(HELD_APPROVED, actor, fresh)
    return post


@transaction.atomic
def refuse_held(*, actor: Member, held: Held, reason: str) -> Held:
    """Do not let through what waits. Its writer is told why and keeps the text. Raises `Refused`."""
    fresh = _lock(held)
    can_decide_held(actor, fresh).require()
    _close(actor, fresh, HeldState.REFUSED, reason)
    _tell(HELD_REFUSED, actor, fresh)
    return fresh


@transaction.atomic
def reopen_held(*, actor: Member, held: Held) -> Held:
    """Take a decision back: it waits again. What it became is hidden until someone decides anew. Raises `Conflict`."""
    fresh = _lock(held)
    if fresh.state not in (HeldState.APPROVED, HeldState.REFUSED):
        raise Conflict("not_decided", _("There is no decision to take back."))
    if fresh.kind == HeldKind.EDIT and fresh.became is not None:
        raise Conflict(
            "stays_decided", _("The change is made. Edit the post, or bring back the text before.")
        )
    if fresh.became is not None:
        set_post_state(actor=actor, post=fresh.became, state=State.HIDDEN, reason="")
    fresh.state, fresh.reason = HeldState.WAITING, ""
    fresh.decided_by = fresh.decided_at = None
    fresh.save()
    return fresh


def change_held(*, actor: Member, held: Held, body: str, title: str | None = None) -> Held:
    """Change the text of what one wrote while it waits. It is judged anew, and goes on waiting.

    Raises `Refused`, `Invalid` or `RateLimited`; then nothing changed.
    """
    can_change_held(actor, held).require()
    position = 1 if held.kind == HeldKind.THREAD else 2
    body = composing.check_body(body, least=composing.least_body(held.arguments.get("kind", ""), position))
    new_title = composing.check_title(title) if title is not None and held.title else None
    limits.EDIT_POST.spend(actor)
    composed = composing.compose(actor, held.space, body)
    writing = screening.look(Place(held.kind), actor, held.space, composed, title=new_title)
    composed = screening.recomposed(writing, composed)
    with transaction.atomic():
        fresh = _lock(held)
        can_change_held(actor, fresh).require()
        fresh.title = writing.texts.get("title", fresh.title)
        fresh.body_md, fresh.body_html = composed.body_md, composed.body_html
        # Why it waits stays: changing the text is an answer for the team to read, not a way around them.
        told = [ground for ground in as_stored(writing.grounds) if ground not in fresh.grounds]
        fresh.grounds = [*fresh.grounds, *told]
        fresh.fingerprint = fingerprint_of(fresh)
        fresh.changed_at = timezone.now()
        _save_once(fresh)
        attach_held_pictures(actor, fresh, composed.images)
    return fresh


def _save_once(held: Held) -> None:
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as error:
        if "held_once" not in str(error):
            raise
        sentence = _("This is waiting already. Someone of the team looks at it soon.")
        raise Invalid("waits_already", sentence) from error


@transaction.atomic
def take_back_held(*, actor: Member, held: Held) -> Held:
    """Take back what one wrote before anybody decided about it. Raises `Refused`."""
    fresh = _lock(held)
    can_change_held(actor, fresh).require()
    _close(None, fresh, HeldState.TAKEN_BACK, "")
    kind = find_case_kind(kind_of(fresh.grounds))
    if kind is not None:
        close_case(actor=actor, kind=kind, subject=fresh)
    leave(actor=actor, held=fresh)
    _tell(HELD_TAKEN_BACK, actor, fresh)
    return fresh


def _lock(held: Held) -> Held:
    rows = Held.objects.select_for_update(of=("self",)).select_related(
        "author", "space", "became__thread__space"
    )
    return rows.get(pk=held.pk)


def _close(actor: Member | None, held: Held, state: HeldState, reason: str) -> None:
    held.state, held.reason = state, reason
    held.decided_by, held.decided_at = actor, timezone.now()
    held.save()


def _tell(verb: Verb, actor: Member, held: Held) -> None:
    post = held.became
    payload = {
        "kind": held.kind,
        "author_id": held.author_id,
        "thread_id": post.thread_id if post else held.thread_id,
        "post_id": post.pk if post else None,
        "title": held.title,
        "reason": held.reason,
    }
    record(verb, actor=actor, target=held, space_id=held.space_id, payload=payload)
