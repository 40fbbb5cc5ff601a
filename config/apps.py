"""The app that joins all others; it exists so that Celery is configured wherever Django is."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Owns the commands that cross families, and makes our Celery app the current one."""

    name = "config"
    verbose_name = "Porchlight"

    def ready(self) -> None:
        """Let `shared_task` and `current_app` find the broker everywhere; let form fields speak our words."""
        from config import celery  # noqa: F401
        from config.wording import speak_plainly

        speak_plainly()
