"""Threads."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThreadsConfig(AppConfig):
    """The one conversation engine."""

    name = "community.threads"
    label = "threads"
    verbose_name = _("Threads")

    def ready(self) -> None:
        from community.members.invitations.places import add_place
        from community.members.trust.facts import add_facts
        from community.panels import add_panel
        from community.threads import doings, panels, pictures, rights, shelves, today
        from community.threads.places import resolve
        from community.threads.trust_facts import count_facts
        from community.today import add_suggester

        pictures.register()
        shelves.register()
        rights.register()
        doings.register()
        add_facts("threads", count_facts)
        add_suggester("questions", today.questions, order=10)
        add_place("threads", resolve)
        add_panel("profile_main", "posts", panels.latest_posts, order=30)
        add_panel("group", "threads", panels.group_threads, order=10)
        add_panel("home", "became", panels.became, order=1)
