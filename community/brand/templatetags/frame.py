"""The frame and the form fields of our Jinja pages, for the Django templates of the sign-in package."""

from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import engines
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


def _render(name: str, context: Context, **extra: Any) -> SafeString:
    html = engines["jinja2"].get_template(name).render(extra, context.get("request"))
    return mark_safe(html)  # noqa: S308 - rendered by Jinja with autoescape on


@register.simple_tag(takes_context=True)
def frame_part(context: Context, name: str) -> SafeString:
    """Render one part of the frame: `head`, `top`, `notes`, `bottom`, or `html` and `body` for their attributes."""
    return _render(f"layouts/_{name}.html", context)


@register.simple_tag(takes_context=True)
def frame_fields(context: Context, form: BaseForm) -> SafeString:
    """Render the fields of a form, with the summary of what needs another look."""
    return _render("components/_fields.html", context, form=form)


@register.simple_tag(takes_context=True)
def frame_summary(context: Context, form: BaseForm) -> SafeString:
    """Render what needs another look in a form whose fields are placed one by one."""
    return _render("components/_summary.html", context, form=form)


@register.simple_tag(takes_context=True)
def frame_field(context: Context, bound: BoundField, label: str) -> SafeString:
    """Render one field under a label of ours."""
    return _render("components/_field.html", context, bound=bound, label=label)


@register.simple_tag(takes_context=True)
def frame_name(context: Context) -> SafeString:
    """Return the community's name."""
    return _render("layouts/_name.html", context)


@register.simple_tag
def frame_icon(name: str) -> SafeString:
    """Draw an icon."""
    return mark_safe(engines["jinja2"].get_template("components/_icon.html").render({"name": name}))  # noqa: S308 - as above
