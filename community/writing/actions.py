"""Adding pictures, saying what they belong to, and keeping drafts. Drafts and uploads are their owner's own business:
nothing is recorded until a text that uses them is sent."""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.sql import write
from community.writing import limits
from community.writing.cards import cards_shown
from community.writing.images import draw_anew, refusal
from community.writing.limited import render_limited
from community.writing.markdown import tidy
from community.writing.models import Audience, Draft, Kind, Upload
from community.writing.permissions import can_add_image, can_keep_draft, can_remove_upload
from community.writing.registry import resolver

if TYPE_CHECKING:
    from community.members.models import Member

logger = logging.getLogger(__name__)
_DRAFT_KEY = re.compile(r"[a-z0-9][a-z0-9:_-]{0,79}")


def add_image(*, actor: "Member", file: UploadedFile, kind: str = Kind.IMAGE) -> Upload:
    """Draw a picture anew and keep its sizes. It is its owner's alone until it is attached; portraits and banners are public.

    Not one transaction on purpose: decoding may take seconds and storing may use the network. Raises `Refused`,
    `RateLimited` or `Invalid` with one of the codes of `images.refusal`.
    """
    can_add_image(actor, kind).require()
    limits.ADD_IMAGE.spend(actor)
    if kind not in Kind.values:
        raise refusal("image_kind_unknown")
    drawn = draw_anew(file, kind)
    largest = drawn.variants[-1]
    upload = Upload(
        owner=actor,
        kind=kind,
        original_name=_bare_name(file.name or ""),
        content_type=drawn.content_type,
        bytes=sum(len(variant.data) for variant in drawn.variants),
        width=largest.width,
        height=largest.height,
        variants={v.name: [v.width, v.height, len(v.data)] for v in drawn.variants},
        audience=Audience.PRIVATE if kind == Kind.IMAGE else Audience.PUBLIC,
    )
    try:
        for variant in drawn.variants:
            default_storage.save(upload.path_for(variant.name), ContentFile(variant.data))
        upload.save(force_insert=True)
    except BaseException:
        _remove_files(upload)
        raise
    return upload


def _bare_name(name: str) -> str:
    """Return the file's own name without folders and without what cannot be seen."""
    visible = "".join(mark for mark in tidy(name) if mark.isprintable())
    return re.split(r"[/\\]", visible)[-1].strip()[:120]


@transaction.atomic
def attach_uploads(
    *, actor: "Member", keys: Iterable[str], target_type: str, target_pk: int, audience: str
) -> int:
    """Say which thing pictures belong to (`Rendered.images` are its keys). Returns how many are attached.

    Only the owner's own, and only while they belong to nothing else: naming the key of someone else's private
    picture must not make it readable. Whoever edits a text may add pictures of their own.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return 0
    free = Q(attached_pk=None) | Q(attached_type=target_type, attached_pk=target_pk)
    # A portrait named in a text stays one: it must not become as private as the text is.
    mine = Upload.objects.select_for_update().filter(free, owner=actor, kind=Kind.IMAGE, key__in=wanted)
    found = mine.order_by("pk")
    pks = [upload.pk for upload in found]
    return Upload.objects.filter(pk__in=pks).update(
        attached_type=target_type, attached_pk=target_pk, audience=Audience(audience)
    )


def release_uploads(*, actor: "Member | None", target_type: str, target_pk: int) -> int:
    """Let pictures belong to nothing again, because what they belonged to becomes something else. Returns how many."""
    found = Upload.objects.filter(attached_type=target_type, attached_pk=target_pk)
    return found.update(attached_type="", attached_pk=None)


def change_audience(
    *, actor: "Member | None", target_type: str, target_pks: Iterable[int], audience: str
) -> int:
    """Open or close the pictures of things whose own audience changed, for example when a space becomes private."""
    found = Upload.objects.filter(attached_type=target_type, attached_pk__in=list(target_pks))
    return found.update(audience=Audience(audience))


def remove_upload(*, actor: "Member", upload: Upload) -> None:
    """Take a picture away for good."""
    can_remove_upload(actor, upload).require()
    _delete(upload)


def erase_uploads(*, actor: "Member | None", owner_id: int, which: Q, at_most: int = 200) -> int:
    """Take pictures of a member who is being erased away for good; of the others forget how their files were called.

    Returns how many were taken away.
    """
    found = list(Upload.objects.filter(which, owner_id=owner_id).order_by("pk")[:at_most])
    for upload in found:
        _delete(upload)
    if not found:
        Upload.objects.filter(owner_id=owner_id).update(original_name="")
    return len(found)


@transaction.atomic
def remove_unused(*, actor: "Member | None", pks: Iterable[int]) -> int:
    """Take pictures that no text uses away; the files go once that is certain. Returns how many."""
    found = list(Upload.objects.filter(pk__in=list(pks), attached_pk=None))
    deleted, _by_model = Upload.objects.filter(pk__in=[upload.pk for upload in found]).delete()
    for upload in found:
        transaction.on_commit(partial(_remove_files, upload))
    return deleted


def remove_attached(*, actor: "Member | None", target_type: str, target_pks: Iterable[int]) -> int:
    """Take the pictures of texts that are deleted for good away; the files go once that is certain. Returns how many."""
    found = list(Upload.objects.filter(attached_type=target_type, attached_pk__in=list(target_pks)))
    Upload.objects.filter(pk__in=[upload.pk for upload in found]).delete()
    for upload in found:
        transaction.on_commit(partial(_remove_files, upload))
    return len(found)


def _delete(upload: Upload) -> None:
    """The files go once it is certain that the row went, so that one left by a crash is merely unused, never missing."""
    deleted, _by_model = Upload.objects.filter(pk=upload.pk).delete()
    if deleted:
        transaction.on_commit(partial(_remove_files, upload))


def _remove_files(upload: Upload) -> None:
    for size in upload.variants:
        try:
            default_storage.delete(upload.path_for(size))
        except OSError:
            logger.exception("A file of upload %s could not be removed", upload.key)


def preview_text(*, actor: "Member", body: str) -> str:
    """Return a text as safe HTML, as it will look when sent. Raises `RateLimited`."""
    limits.PREVIEW.spend(actor)
    return str(render_limited(body[: limits.BODY_LENGTH], resolve=resolver(), cards=cards_shown).html)


@transaction.atomic
def save_draft(
    *, actor: "Member", key: str, title: str = "", body: str = "", data: Mapping[str, Any] | None = None
) -> Draft | None:
    """Keep what `actor` typed for a place; nothing typed means no draft. The oldest beyond fifty are dropped."""
    can_keep_draft(actor).require()
    limits.SAVE_DRAFT.spend(actor)
    if not _DRAFT_KEY.fullmatch(key):
        raise Invalid("draft_key_unusable", _("This draft has no place to go."))
    title, body, kept = tidy(title).strip(), tidy(body), _tidied(data or {})
    _check_draft_size(title, body, kept)
    if not title and not body.strip():
        discard_draft(actor=actor, key=key)
        return None
    draft, _created = Draft.objects.update_or_create(
        owner=actor,
        key=key,
        defaults={"title": title, "body": body, "data": kept, "updated_at": timezone.now()},
    )
    newest = Draft.objects.filter(owner=actor).order_by("-updated_at", "-pk").values("pk")
    Draft.objects.filter(owner=actor).exclude(
        pk__in=list(newest[: limits.DRAFTS_EACH()].values_list("pk", flat=True))
    ).delete()
    return draft


def _tidied(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tidy(value) if isinstance(value, str) else value for name, value in data.items()}


def _check_draft_size(title: str, body: str, data: dict[str, Any]) -> None:
    """Raise `Invalid` naming each part that is too long to keep."""
    fields = {}
    if len(title) > limits.DRAFT_TITLE_LENGTH:
        fields["title"] = _("Shorten the title to %(n)d characters.") % {"n": limits.DRAFT_TITLE_LENGTH}
    if len(body) > limits.BODY_LENGTH:
        fields["body"] = _("Shorten the text to %(n)d characters.") % {"n": limits.BODY_LENGTH}
    if len(json.dumps(data)) > limits.DRAFT_DATA_BYTES:
        fields["data"] = _("Shorten the other fields.")
    if fields:
        raise Invalid("draft_too_long", " ".join(fields.values()), fields=fields)


def discard_draft(*, actor: "Member", key: str) -> bool:
    """Forget the draft for a place. Returns whether there was one."""
    return bool(_DRAFT_KEY.fullmatch(key)) and bool(
        write("DELETE FROM writing_draft WHERE owner_id = %s AND key = %s RETURNING id", (actor.pk, key))
    )
