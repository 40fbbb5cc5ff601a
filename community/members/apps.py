"""Members."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Who is here."""

    name = "community.members"
    label = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from community.members import joining, rights
        from community.members.doors.passes import accept_pass
        from community.members.invitations.joining import is_invited
        from community.members.profiles import doings
        from community.members.titles.sources import add_titles, of_groups
        from community.members.trust.panels import own_level
        from community.panels import add_panel
        from community.writing.renewing import Shelf, add_shelf

        add_shelf(Shelf(name="members.member", table="members_member", text="bio_md", html="bio_html"))
        joining.connect()
        accept_pass(is_invited)
        rights.register()
        doings.register()
        add_titles("groups", of_groups)
        add_panel("profile_main", "trust", own_level, order=5)
