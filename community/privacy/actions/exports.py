"""Asking for a copy of one's data, and fetching it once."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.record import record
from community.errors import Conflict, Gone, NotFound, RateLimited
from community.members.models import Member
from community.privacy import limits
from community.privacy.models import Export, ExportState
from community.privacy.permissions import can_export
from community.privacy.verbs import EXPORT_ASKED, EXPORT_FETCHED


@transaction.atomic
def ask_export(*, actor: Member) -> Export:
    """Ask for a copy of everything `actor` has here. Raises `RateLimited` or `Conflict`; then nothing changed."""
    can_export(actor).require()
    last = Export.objects.filter(member=actor).exclude(state=ExportState.FAILED).order_by("-pk").first()
    if last is not None:
        _wait_after(last)
    try:
        with transaction.atomic():
            export = Export.objects.create(member=actor)
    except IntegrityError as error:
        raise Conflict("export_under_way", _("Your copy is being made already.")) from error
    record(EXPORT_ASKED, actor=actor, target=export, payload={"member_id": actor.pk})
    return export


def _wait_after(last: Export) -> None:
    """Who asks twice at the same moment is stopped by the constraint; who asks again soon, here."""
    wait = (last.asked_at + limits.EXPORT_AGAIN.span() - timezone.now()).total_seconds()
    if wait > 0:
        hours = int(wait // 3600) + 1
        raise RateLimited(
            "export_again",
            ngettext(
                "You can ask for another copy in %(n)d hour.",
                "You can ask for another copy in %(n)d hours.",
                hours,
            )
            % {"n": hours},
            retry_after=int(wait),
        )


@transaction.atomic
def fetch_export(*, actor: Member, export: Export) -> Export:
    """Use the one link of a copy up. Raises `NotFound` for one of somebody else's, `Gone` when it was used or ended."""
    held = Export.objects.select_for_update(of=("self",)).filter(pk=export.pk, member=actor).first()
    if held is None or not actor.is_active:
        raise NotFound()
    if not held.can_be_fetched:
        raise Gone(
            "export_gone", _("This copy was fetched already, or its time is over. You can ask for another.")
        )
    held.state, held.fetched_at = ExportState.FETCHED, timezone.now()
    held.save(update_fields=["state", "fetched_at"])
    record(EXPORT_FETCHED, actor=actor, target=held, payload={"member_id": actor.pk})
    return held
