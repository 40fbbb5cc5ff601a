"""Messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """Conversations between a few members. The label differs, because Django's own notes of that name have it."""

    name = "community.messages"
    label = "conversations"
    verbose_name = _("Messages")

    def ready(self) -> None:
        from community.messages import panels, pictures
        from community.panels import add_panel

        pictures.register()
        add_panel("profile_acts", "write", panels.write_link, order=20)
