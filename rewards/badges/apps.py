"""Badges."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BadgesConfig(AppConfig):
    """Badge definitions, rules and awards."""

    name = "rewards.badges"
    label = "badges"
    verbose_name = _("Badges")

    def ready(self) -> None:
        from community.panels import add_panel
        from community.spaces.audiences import add_audience
        from rewards.badges import directory, doings, nominating, queries, titles
        from rewards.badges.panels import card_badges, profile_badges

        add_panel("profile_main", "badges", profile_badges, order=20)
        add_panel("card", "badges", card_badges, order=20)
        add_audience("badge", queries.badge_audiences)
        doings.register()
        nominating.register()
        directory.register()
        titles.register()
