"""Moderation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Reports, cases, penalties and the audit log."""

    name = "community.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from community.moderation import pictures

        _draw()
        _let_earn()
        _screen()
        pictures.register()
        _bring_kinds()


def _bring_kinds() -> None:
    """Register what lands in the queue."""
    from community.moderation.kinds import (
        admission,
        appealed,
        entering,
        held,
        ignored,
        joining,
        ownerless,
        paused,
        reported,
        spam,
    )

    kinds = (reported, appealed, joining, entering, held, spam, admission, ignored, ownerless, paused)
    for kind in kinds:
        kind.register()


def _draw() -> None:
    """Add what this feature draws on pages of others."""
    from community.moderation import panels
    from community.panels import add_panel

    add_panel("post_menu", "report", panels.report_entry, order=80)
    add_panel("message_menu", "report", panels.report_message_entry, order=80)
    add_panel("profile_acts", "penalise", panels.penalise_link, order=90)
    add_panel("admin_member", "penalties", panels.draw_member_penalties, order=5)
    add_panel("hello", "paused", panels.paused_panel, order=1)
    add_panel("admin_member", "notes", panels.draw_member_desk, order=10)


def _let_earn() -> None:
    """Say what penalties mean for trust, and what trust means for the desk."""
    from community.members.trust.facts import add_facts
    from community.members.trust.rights import add_right
    from community.moderation.limits import TRUSTED_AT
    from community.moderation.trust_facts import count_penalties

    add_facts("penalties", count_penalties)
    add_right("moderation.sandbox", lambda: 1, _("What you write is shown at once, not looked at first"))
    add_right(
        "moderation.trusted",
        TRUSTED_AT,
        _("One report of yours hides advertising of somebody new until the team looks"),
    )


def _screen() -> None:
    """Look at what is written before it is shown, and keep what waits."""
    from community.moderation.held.holding import keep
    from community.moderation.held.newcomers import screen_newcomers
    from community.moderation.spam.judging import screen_spam
    from community.moderation.words.judging import screen_words
    from community.screening import add_screener
    from community.threads.screening import keep_by

    add_screener("words", screen_words, order=10)
    add_screener("newcomers", screen_newcomers, order=20)
    add_screener("spam", screen_spam, order=30)
    keep_by(keep)
