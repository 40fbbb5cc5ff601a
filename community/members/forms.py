"""What members type about themselves."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignUpForm(forms.Form):
    """Asks a newcomer's name beside allauth's e-mail and password."""

    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Keep the name on the account allauth has just built."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
