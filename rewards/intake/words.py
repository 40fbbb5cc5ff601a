"""A brand event in words that its member reads: from the words of its type, in the reader's language."""

from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from rewards.intake.models import BrandEvent

# Currencies whose smallest unit is not a hundredth (ISO 4217). Of all others it is.
PLACES = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def say_event(event: BrandEvent) -> str:
    """Say what happened, like “Your order 1001 of 12 March 2026”."""
    words = gettext(event.type.said) if event.type.said else event.type.key
    values = {
        "id": event.event_id,
        "day": date_format(localtime(event.occurred_at), "DATE_FORMAT"),
        "amount": say_money(event.amount, event.currency),
        "quantity": "" if event.quantity is None else number_format(event.quantity, use_l10n=True),
    }
    for place, value in values.items():
        words = words.replace("{" + place + "}", value)
    return words


def say_money(amount: int | None, currency: str) -> str:
    """Say an amount in minor units, like “29.90 EUR”; nothing when there is none."""
    if amount is None:
        return ""
    places = PLACES.get(currency, 2)
    return f"{number_format(Decimal(amount).scaleb(-places), places, use_l10n=True)} {currency}"
