"""Keeping what was written until someone of the team has looked."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict
from community.errors import Held as StillHeld
from community.members.models import Member
from community.moderation.actions.opening import open_case
from community.moderation.case_kinds import find_case_kind
from community.moderation.held import drafts
from community.moderation.held.grounds import PAUSED, kind_of
from community.moderation.models import Held
from community.moderation.pictures import HELD
from community.moderation.verbs import WRITING_HELD
from community.screening import Ground
from community.threads.screening import Waiting
from community.writing.actions import attach_uploads
from community.writing.models import Audience


def keep(waiting: Waiting) -> StillHeld:
    """Store what waits, and return what is raised to say so. Raises `Conflict` for what waits already."""
    writing, author = waiting.writing, waiting.writing.author
    if any(ground.code == PAUSED for ground in writing.grounds):
        drafts.require_room(author, waiting.space)
    held = Held(
        kind=writing.place.value,
        author=author,
        space=waiting.space,
        thread=waiting.thread,
        post=waiting.post,
        title=writing.texts.get("title", ""),
        body_md=waiting.composed.body_md,
        body_html=waiting.composed.body_html,
        arguments=dict(waiting.arguments),
        grounds=as_stored(writing.grounds),
    )
    held.score = getattr(writing.judgement, "score", 0)
    held.fingerprint = fingerprint_of(held)
    try:
        with transaction.atomic():
            held.save()
            attach_held_pictures(author, held, waiting.composed.images)
            for act in writing.after:
                act(held)
            _tell(author, held)
    except IntegrityError as error:
        if "held_once" not in str(error):
            raise
        raise Conflict(
            "waits_already", _("This is waiting already. Someone of the team looks at it soon.")
        ) from error
    return StillHeld(held.pk, held.get_absolute_url(), said_to_writer())


def said_to_writer() -> str:
    """Return what is said to someone whose text waits."""
    return _("It is kept and waits for someone of the team to look at it. You can read why here.")


def as_stored(grounds: list[Ground]) -> list[dict[str, object]]:
    """Return reasons as JSON can hold them."""
    return [{"code": ground.code, "facts": dict(ground.facts)} for ground in grounds]


def fingerprint_of(held: Held) -> str:
    """Return what tells texts apart, so that the same is not kept twice."""
    parts = (held.kind, str(held.thread_id), str(held.post_id), held.title, held.body_md)
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def attach_held_pictures(author: Member, held: Held, keys: tuple[str, ...]) -> None:
    """Say that pictures belong to what waits, so that they are neither shown nor thrown away."""
    if keys:
        attach_uploads(
            actor=author, keys=keys, target_type=HELD, target_pk=held.pk, audience=Audience.PRIVATE
        )


def _tell(author: Member, held: Held) -> None:
    """Say that it waits, and put it before the team."""
    kind = find_case_kind(kind_of(held.grounds))
    if kind is not None and kind.name == drafts.KIND:
        drafts.gather(actor=author, member=author)
    elif kind is not None:
        facts = {"grounds": held.grounds}
        open_case(
            actor=author,
            kind=kind,
            subject=held,
            about=author,
            space_id=held.space_id,
            facts=facts,
            score=held.score,
        )
    payload = {
        "kind": held.kind,
        "author_id": author.pk,
        "thread_id": held.thread_id,
        "case": kind_of(held.grounds),
        "score": held.score,
        "codes": [ground["code"] for ground in held.grounds],
    }
    record(WRITING_HELD, actor=author, target=held, space_id=held.space_id, payload=payload)
