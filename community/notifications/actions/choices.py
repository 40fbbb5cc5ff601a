"""What members choose to hear, and how."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.notifications import limits
from community.notifications.models import Channel, Choice, Preference, Reach
from community.notifications.queries.choices import Chosen
from community.notifications.registry import Kind, find_kind


@transaction.atomic
def save_choices(*, actor: Member, chosen: Mapping[str, Chosen]) -> None:
    """Keep what `actor` chose per kind. Only choices that differ from the default are kept as rows."""
    limits.CHANGE_CHOICES.spend(actor)
    for key, choice in chosen.items():
        kind = find_kind(key)
        if kind is None or kind.is_fixed:
            continue
        for channel, value, default in (
            (Channel.SITE, choice.site, Choice.ON),
            (Channel.EMAIL, choice.email, Choice(kind.mail.value)),
            (Channel.PUSH, choice.push, Choice.ON if kind.push else Choice.OFF),
        ):
            if value is not None:
                set_choice(actor=actor, kind=kind, channel=channel, choice=value, default=default)


def set_choice(*, actor: Member, kind: Kind, channel: Channel, choice: Choice, default: Choice) -> None:
    """Keep one choice; the default needs no row."""
    if choice == default:
        Preference.objects.filter(member=actor, kind=kind.key, channel=channel).delete()
        return
    Preference.objects.update_or_create(
        member=actor,
        kind=kind.key,
        channel=channel,
        defaults={"choice": choice, "changed_at": timezone.now()},
    )


@transaction.atomic
def stop_mail(*, actor: Member, kind: Kind, stopped: bool = True) -> None:
    """Stop (or resume) e-mail of one kind, from the link in an e-mail. Essential mail cannot be stopped."""
    if kind.is_fixed:
        raise Invalid("essential", _("This mail is about your account itself, so it cannot be stopped."))
    choice = Choice.OFF if stopped else Choice.SOON
    set_choice(actor=actor, kind=kind, channel=Channel.EMAIL, choice=choice, default=Choice(kind.mail.value))


@transaction.atomic
def pause(*, actor: Member) -> dt.datetime:
    """Send no e-mail for some days, except what concerns the account. Notices on the site go on."""
    until = timezone.now() + limits.PAUSE.span()
    Reach.objects.update_or_create(
        member=actor, defaults={"paused_until": until, "changed_at": timezone.now()}
    )
    return until


@transaction.atomic
def end_pause(*, actor: Member) -> None:
    """Send e-mail again."""
    Reach.objects.filter(member=actor).update(paused_until=None, changed_at=timezone.now())
