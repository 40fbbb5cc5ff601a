"""Words that come from rows: shipped ones have translations, those that managers typed are shown as they are."""

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from rewards.points.models import Beneficiary, EarningRule, Transfer, TransferKind
from rewards.points.saying import say_boost, say_delay, say_per_day, say_per_month, say_per_pair, say_per_post


def translated(text: str) -> str:
    """Return the translation of a text from a row, if there is one."""
    return gettext(text) if text else ""


def say_limits(rule: EarningRule) -> list[str]:
    """Say when a rule pays less often than always, one sentence each."""
    sentences = []
    if rule.parsed_conditions.once:
        sentences.append(_("Once"))
    for limit, say in (
        (rule.per_day, say_per_day),
        (rule.per_post_day, say_per_post),
        (rule.per_pair_day, say_per_pair),
        (rule.per_pair_month, say_per_month),
    ):
        if limit is not None:
            sentences.append(say(limit))
    if delay := say_delay(rule):
        sentences.append(delay)
    if not rule.counts_to_cap:
        sentences.append(_("On top of the daily limit"))
    return sentences


def say_who(rule: EarningRule) -> str:
    """Say who gets the points of a rule."""
    return {
        Beneficiary.POST_AUTHOR: _("Who wrote the post"),
        Beneficiary.ASKER: _("Who asked"),
        Beneficiary.RECEIVER: _("Who was thanked"),
    }.get(Beneficiary(rule.beneficiary), _("Who did it"))


def say_what(transfer: Transfer) -> str:
    """Say in words what a transfer was."""
    if transfer.kind == TransferKind.REVERSAL and transfer.reverses is not None:
        return _("Taken back: %(what)s") % {"what": say_what(transfer.reverses)}
    if transfer.kind == TransferKind.ADJUSTMENT:
        return _("Corrected by the team")
    return transfer.event_words or translated(transfer.memo)


def say_why(transfer: Transfer) -> str:
    """Say what is left to say: the reason of a correction, or that the day was full."""
    if transfer.kind in (TransferKind.REVERSAL, TransferKind.ADJUSTMENT):
        return translated(transfer.memo)
    said = [translated(transfer.memo)] if transfer.event_words else []
    if transfer.event_words and transfer.round:
        said.append(_("What is left of it after a refund"))
    boost = getattr(transfer, "boost", None)
    if boost is not None:
        said.append(say_boost(boost.campaign))
    if transfer.was_trimmed:
        said.append(
            _("%(got)s of %(asked)s, then the day was full")
            % {"got": transfer.earned, "asked": transfer.asked}
        )
    return " · ".join(said)
