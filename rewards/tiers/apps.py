"""Tiers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TiersConfig(AppConfig):
    """Status levels and what they open."""

    name = "rewards.tiers"
    label = "tiers"
    verbose_name = _("Tiers")

    def ready(self) -> None:
        from community.panels import add_panel
        from community.spaces.audiences import add_audience
        from rewards.tiers import directory, panels, queries

        directory.register()
        add_audience("tier", queries.tier_audiences)
        add_panel("points_how", "tiers", panels.tier_table, order=10)
        add_panel("profile_main", "tiers", panels.own_path, order=10)
        add_panel("points_statement", "tiers", panels.own_path, order=10)
        add_panel("points_statement", "tier_moves", panels.own_moves, order=90)
        add_panel("home", "tiers", panels.next_step_card, order=40)
