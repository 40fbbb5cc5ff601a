"""The fields of `community.typed`, for the pages of the sign-in package."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from community.typed import trap_fields

register = template.Library()


@register.simple_tag
def typed_fields() -> SafeString:
    """Draw what tells how a form was typed: with a moment of its own each time, so that sending again after a moment helps."""
    return mark_safe(trap_fields(None))  # noqa: S308 - drawn there from constants and a signature
