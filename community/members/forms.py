"""What members type about themselves."""

import zoneinfo
from copy import copy
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.errors import DomainError
from community.members.doors.memory import door_rules
from community.members.fields.actions import answer_fields
from community.members.fields.forms import PREFIX, form_field, refuse_answers, typed_answers
from community.members.fields.queries import fields_when_joining
from community.members.fields.values import read_answers
from community.members.models import Joining, Member, ProofAsked
from community.proof import Proof
from community.screening import Manner
from community.typed import manner_of
from community.writing.lines import ink, one_line


class SignUpForm(forms.Form):
    """Asks a newcomer's name beside allauth's e-mail and password."""

    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    why = forms.CharField(
        label=_("Why you would like to join"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A person on the team reads it and says yes or no."),
    )
    field_order = ["name", "email", "password1", "why"]
    # How it was filled in, once that was looked at.
    manner = Manner()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if door_rules().joining != Joining.APPROVAL:
            del self.fields["why"]
        for asked in fields_when_joining():
            self.fields[f"{PREFIX}{asked.key}"] = form_field(asked)

    def clean_name(self) -> str:
        """Keep it on one line, and see that there is something to see."""
        name = one_line(self.cleaned_data["name"])
        if not ink(name):
            raise forms.ValidationError(_("Enter the name others should see."), code="required")
        return name

    def clean(self) -> dict[str, Any]:
        """Check the answers to what is asked of newcomers before there is an account."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_manner()
        try:
            read_answers({field.key: field for field in fields_when_joining()}, typed_answers(cleaned), {})
        except DomainError as error:
            refuse_answers(self, error.fields)
        return cleaned

    def _check_manner(self) -> None:
        """Refuse what only a program fills in. Being quick refuses nobody: managers of passwords fill in all at once. Where browsers
        are asked for a small sum it is kept, and counts later."""
        self.manner = manner_of(self.data, purpose="join")
        if door_rules().proof == ProofAsked.ALWAYS and self.manner.proof == Proof.WRONG:
            sentence = _("What your browser reckoned has run out or was used before. Send it again.")
            raise forms.ValidationError(sentence, code="proof")
        if self.manner.is_trapped:
            raise forms.ValidationError(
                _(
                    "This was filled in the way programs do. If you are a person, empty every field and fill them in by hand."
                ),
                code="manner",
            )

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Keep the answers. The name is on the account before it is saved already (`sign_in`)."""
        answers = typed_answers(self.cleaned_data)
        if answers:
            # Whoever waits for a yes answers as they come, before the account is closed to them.
            newcomer = copy(user)
            newcomer.is_active = True
            answer_fields(actor=newcomer, member=newcomer, answers=answers)


class ProfileForm(forms.ModelForm):
    """How a member presents themselves."""

    picture = forms.FileField(
        label=_("Your picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, at most 2 MB. Where it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    banner = forms.FileField(
        label=_("Banner of your profile"),
        required=False,
        help_text=_("A wide picture, best 1280 by 320 pixels. Its middle is shown."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    class Meta:
        model = Member
        fields = ["name", "bio_md", "location", "website"]
        widgets = {"bio_md": forms.Textarea(attrs={"rows": 5})}
        error_messages = {"name": {"required": _("Enter the name others should see.")}}
        help_texts = {
            "bio_md": _("A few sentences: what you use, what you can help with."),
            "website": _("Begins with https://"),
        }


class PrivacyForm(forms.ModelForm):
    """What others see of a member, and who may write to them."""

    class Meta:
        model = Member
        fields = [
            "messages_from",
            "read_receipts",
            "shows_presence",
            "mail_shows_messages",
            "hides_profile",
            "shows_follows",
            "on_leaderboards",
            "show_points",
            "show_tier",
            "show_badges",
            "show_thanks",
            "quiet_mode",
        ]
        widgets = {"messages_from": forms.RadioSelect}
        help_texts = {
            "messages_from": _("Conversations that exist already go on. The team can always write to you."),
            "read_receipts": _("You see it of others who show it too."),
            "mail_shows_messages": _("Off, an e-mail only says who wrote."),
            "hides_profile": _(
                "Others then see your name and picture alone. What you post is read as before."
            ),
            "on_leaderboards": _("Off for everyone until they choose."),
            "show_thanks": _("Off, you and whoever thanked you read it, and nobody else."),
            "quiet_mode": _("For you alone: the pages then have no points, tiers or badges."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["messages_from"].required = False

    def clean_messages_from(self) -> str:
        """Leave it as it was when it was not sent."""
        return str(self.cleaned_data["messages_from"] or self.instance.messages_from)


class AppearanceForm(forms.ModelForm):
    """How the pages look and speak to a member."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = Member
        fields = ["theme", "language", "time_zone", "shortcuts_on"]
        widgets = {"theme": forms.RadioSelect}
        help_texts = {"shortcuts_on": _("The / key goes to the search field.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(zone, zone.replace("_", " ")) for zone in time_zones()]
        if len(settings.LANGUAGES) > 1:
            self._offer("language", [("", _("Same as my browser")), *settings.LANGUAGES])
        else:
            del self.fields["language"]
        self._offer("time_zone", named)

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def time_zones() -> list[str]:
    """Return the clocks a member may choose from."""
    zones = (zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return ["UTC", *sorted(zones)]
