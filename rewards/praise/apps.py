"""Thanks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PraiseConfig(AppConfig):
    """Members thank one another in public; the team says thank you with a shout-out."""

    name = "rewards.praise"
    label = "praise"
    verbose_name = _("Thanks")

    def ready(self) -> None:
        from community.brand.nav import NavItem, add_nav_item
        from community.panels import add_panel
        from rewards.praise import panels, reported

        add_panel("home_top", "shout_outs", panels.pinned_card, order=5)
        add_panel("profile_acts", "thank", panels.thank_link, order=30)
        add_panel("profile_main", "thanks", panels.profile_thanks, order=25)
        add_panel("post_menu", "thank", panels.thank_entry, order=20)
        add_nav_item(NavItem("thanks", _("Thanks"), "praise_wall", "heart", 65))
        reported.register()
