"""Events that take another back, such as refunds: never more than is left of it."""

from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from rewards.intake.checking import Sent, wrong
from rewards.intake.models import BrandEvent


def as_undoing(sent: Sent, row: dict[str, Any]) -> dict[str, Any]:
    """Return the row of an event that takes another back, with how much of it. Raises `Invalid`.

    The original stays locked, so that two refunds at once cannot take back more than there was. What it does not say is
    taken from the original: whose it is, and when no part is named, all that is left.
    """
    found = BrandEvent.objects.select_for_update(of=("self",)).named(sent.source, sent.original)
    original = found.select_related("type").first()
    if original is None or original.type.undoes:
        raise wrong("original", "original_unknown", _("The event that it takes back is not here."))
    if row["member_id"] is not None and row["member_id"] != original.member_id:
        raise wrong("member", "member_differs", _("This takes back what somebody else did."))
    part = _part(sent, original)
    named = {"named_by": original.named_by, "who": original.who, "member_id": original.member_id}
    return {**row, **named, **part, "original_id": original.pk}


def _part(sent: Sent, original: BrandEvent) -> dict[str, Any]:
    """Return how much of the original goes: of its money when it has any, else of its quantity."""
    if sent.amount is not None and sent.currency != original.currency:
        raise wrong("currency", "currency_differs", _("The original is in another currency."))
    measure = "amount" if original.amount is not None else "quantity"
    whole, asked = getattr(original, measure), getattr(sent, measure)
    before = original.undoings.aggregate(n=Sum(measure))["n"] or 0
    if whole is None:
        if original.undoings.exists():
            raise wrong("original", "undone_already", _("This was taken back already."))
        return {}
    left = whole - before
    taken = left if asked is None else asked
    if taken > left or (left == 0 and whole > 0):
        raise wrong(measure, "more_than_left", _("Only %(n)s of it is left to take back.") % {"n": left})
    if asked is not None and asked < 1:
        raise wrong(measure, f"{measure}_unusable", _("Choose an amount of 1 or more."))
    return {measure: taken, "currency": original.currency}
