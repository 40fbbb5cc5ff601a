"""Inviting, as members and managers do it in a browser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.invitations import limits


class InviteForm(forms.Form):
    """Whom, and where to. Without an address it makes a link."""

    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_(
            "They get a letter with a link that works for this address alone. Leave it empty to make a link."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    uses = forms.IntegerField(
        label=_("How many may come by the link"), required=False, min_value=1, initial=1, max_value=100_000
    )
    landing = forms.CharField(
        label=_("Where they arrive"),
        required=False,
        max_length=200,
        help_text=_("The address of a thread or a space, such as /s/help/."),
    )
    message = forms.CharField(
        label=_("Your words to them"),
        required=False,
        max_length=limits.MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, most_uses: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uses"].help_text = _("At most %(n)d.") % {"n": most_uses}
