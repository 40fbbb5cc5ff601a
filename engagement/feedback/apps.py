"""Feedback."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """What members asked for and what became of it."""

    name = "engagement.feedback"
    label = "feedback"
    verbose_name = _("Feedback")
