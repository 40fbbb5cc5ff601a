"""What is typed to act on several threads at once."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Space
from community.threads import limits
from community.threads.forms import SpaceField
from community.threads.order_forms import reason_field


class ChoosingForm(forms.Form):
    """Where to, which topic and why: each is needed by one act, and by the others not."""

    space = SpaceField(label=_("Space"), required=False)
    tag = forms.CharField(
        label=_("Topic"),
        required=False,
        max_length=limits.TAG_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    reason = reason_field(hint=_("Authors read it."))

    def __init__(self, *args: Any, spaces: list[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("SpaceField", self.fields["space"])
        field.offer(spaces)
        field.choices = [("", _("None")), *((space.slug, space.name) for space in spaces)]
