"""Moderation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Reports, cases, penalties and the audit log."""

    name = "community.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from community.members.trust.facts import add_facts
        from community.members.trust.rights import add_right
        from community.moderation import pictures
        from community.moderation.held.holding import keep
        from community.moderation.held.newcomers import screen_newcomers
        from community.moderation.kinds import (
            admission,
            appealed,
            entering,
            held,
            ignored,
            joining,
            reported,
            spam,
        )
        from community.moderation.limits import TRUSTED_AT
        from community.moderation.panels import (
            draw_member_desk,
            draw_member_penalties,
            paused_panel,
            penalise_link,
            report_entry,
            report_message_entry,
        )
        from community.moderation.spam.judging import screen_spam
        from community.moderation.trust_facts import count_penalties
        from community.moderation.words.judging import screen_words
        from community.panels import add_panel
        from community.screening import add_screener
        from community.threads.screening import keep_by

        add_panel("post_menu", "report", report_entry, order=80)
        add_panel("message_menu", "report", report_message_entry, order=80)
        add_panel("profile_acts", "penalise", penalise_link, order=90)
        add_panel("admin_member", "penalties", draw_member_penalties, order=5)
        add_panel("hello", "paused", paused_panel, order=1)
        add_panel("admin_member", "notes", draw_member_desk, order=10)
        pictures.register()
        reported.register()
        appealed.register()
        joining.register()
        entering.register()
        add_facts("penalties", count_penalties)
        add_right("moderation.sandbox", lambda: 1, _("What you write is shown at once, not looked at first"))
        add_right(
            "moderation.trusted",
            TRUSTED_AT,
            _("One report of yours hides advertising of somebody new until the team looks"),
        )
        held.register()
        spam.register()
        admission.register()
        ignored.register()
        add_screener("words", screen_words, order=10)
        add_screener("newcomers", screen_newcomers, order=20)
        add_screener("spam", screen_spam, order=30)
        keep_by(keep)
