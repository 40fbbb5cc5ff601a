"""What an amount of points may be: a whole number, above zero, that the database can count."""

from django.utils.translation import gettext as _

from community.errors import Invalid

# Sums of such amounts stay within what the database can count.
LARGEST = 10**15


def check_amount(amount: int) -> None:
    """Raise `Invalid` unless `amount` is a whole number from 1 on. No fraction is rounded: it is a mistake of the caller."""
    if type(amount) is not int or amount < 1:
        raise Invalid("amount", _("Choose an amount of 1 or more."))
    if amount > LARGEST:
        raise Invalid("amount", _("At most %(n)s points at a time.") % {"n": LARGEST})


def check_whole(*amounts: int) -> None:
    """Raise `Invalid` unless all are whole numbers; below zero takes away."""
    if any(type(amount) is not int for amount in amounts):
        raise Invalid("amount", _("Choose how many points to give or take."))
