"""The frame and the form fields of our Jinja pages, for the Django templates of the sign-in package."""

import re
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import engines
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

# In this order: every browser also names the ones it wants to be taken for.
BROWSERS = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\b(?:OPR|Opera)/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Headless)?(?:Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b|\bMacintosh\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
)


@register.filter
def device(user_agent: str) -> str:
    """Say in words which browser on which system a user agent stands for."""
    browser = next((name for name, pattern in BROWSERS if re.search(pattern, user_agent)), "")
    system = next((name for name, pattern in SYSTEMS if re.search(pattern, user_agent)), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or user_agent[:60] or _("An unknown device")


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
