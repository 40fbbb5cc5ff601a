"""Publishing versions of the terms, and agreeing to them."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.activity.one_row import check_row, hold_row
from community.activity.record import record
from community.brand.actions import save_brand
from community.brand.models import Brand
from community.errors import Conflict, Invalid
from community.members.models import Document, Member, TermsAcceptance, TermsVersion
from community.members.permissions import can_keep_doors
from community.members.terms import memory
from community.members.terms.queries import versions_in_force
from community.members.verbs import TERMS_ACCEPTED, TERMS_PUBLISHED
from community.writing.lines import ink
from community.writing.markdown import tidy


@transaction.atomic
def publish_terms(
    *, actor: Member, document: str, body: str, changes: str, is_material: bool = True
) -> TermsVersion:
    """Publish a version of a document; a material one asks every member again. Raises `Refused` or `Invalid`."""
    can_keep_doors(actor).require()
    if document not in Document.values or not ink(body):
        message = _("Write the whole text of the document.")
        raise Invalid("terms_unusable", message, fields={"body_md": message})
    # Who publishes at once with somebody else takes the next number: the page of the brand, which both write, is held first.
    hold_row(Brand)
    last = TermsVersion.objects.filter(document=document).aggregate(last=Max("version"))["last"] or 0
    rounds = TermsVersion.objects.aggregate(last=Max("round"))["last"] or 0
    row = TermsVersion(
        document=document,
        version=last + 1,
        round=rounds + 1 if is_material else rounds,
        body_md=tidy(body).strip(),
        changes=changes.strip(),
        is_material=is_material,
        published_by=actor,
    )
    check_row(row, "terms_unusable")
    row.save()
    # The page that everybody reads shows what is in force.
    save_brand(actor=None, changes={document: row.body_md})
    payload = {"document": document, "version": row.version, "is_material": is_material}
    record(TERMS_PUBLISHED, actor=actor, target=row, payload=payload)
    transaction.on_commit(memory.forget)
    return row


@transaction.atomic
def accept_terms(*, actor: Member, source: str, round: int | None = None) -> TermsAcceptance | None:
    """Write down that `actor` agrees to what is in force; `round` is what they were shown.

    Returns None when nothing was published. Raises `Conflict` when something newer came meanwhile.
    """
    now = TermsVersion.objects.aggregate(last=Max("round"))["last"] or 0
    if round is not None and round != now:
        raise Conflict(
            "terms_moved_on", _("A newer version came while you were reading. Look at it once more.")
        )
    if not now:
        return None
    shown = {row.document: row.version for row in versions_in_force()}
    agreed, is_new = TermsAcceptance.objects.get_or_create(
        member=actor, round=now, defaults={"versions": shown, "source": source}
    )
    if is_new:
        actor.terms_round = now
        actor.save(update_fields=["terms_round"])
        record(TERMS_ACCEPTED, actor=actor, target=actor, payload={"round": now, "versions": shown})
    return agreed
