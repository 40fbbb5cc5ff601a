"""What is typed about what waits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.threads.limits import BODY_MAX


class HeldForm(forms.Form):
    """Another text for what waits."""

    title = forms.CharField(
        label=_("Title"),
        widget=forms.Textarea(attrs={"rows": 1, "maxlength": 255, "dir": "auto", "data-one-line": ""}),
        error_messages={"required": _("Write it in one sentence.")},
    )
    body = forms.CharField(
        label=_("The text"),
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": _("Write what you want to say.")},
    )

    def __init__(self, *args: Any, has_title: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_title:
            del self.fields["title"]
