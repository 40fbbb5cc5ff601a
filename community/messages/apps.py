"""Messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """Conversations between a few members. The label differs, because Django's own notes of that name have it."""

    name = "community.messages"
    label = "conversations"
    verbose_name = _("Messages")

    def ready(self) -> None:
        from community.messages import panels, pictures, today
        from community.panels import add_panel
        from community.threads.composing import resolve_names
        from community.today import add_suggester
        from community.writing.renewing import Shelf, add_shelf

        pictures.register()
        add_shelf(
            Shelf(
                name="conversations.message",
                table="conversations_message",
                text="body_md",
                html="body_html",
                version="render_version",
                resolve=resolve_names,
            )
        )
        add_suggester("rooms", today.rooms, order=30)
        add_panel("space", "rooms", panels.rooms_of_space)
        add_panel("profile_acts", "write", panels.write_link, order=20)
