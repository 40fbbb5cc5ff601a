"""What members type: shape only. Whether it may be sent is the actions' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.messages import limits
from community.messages.models import ABOUT_LENGTH, TITLE_LENGTH
from community.spaces.models import Space

_BODY = {"rows": 5, "dir": "auto"}


class _Moment(forms.DateTimeInput):
    """A day and a time, as browsers offer it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class RecipientsField(forms.CharField):
    """Handles between commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=400,
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "dir": "ltr"}),
            **kwargs,
        )


class MessageForm(forms.Form):
    """Something to say in a conversation."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=limits.BODY_MAX,
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )
    # How far the page showed the conversation, so that a fragment brings exactly what is new.
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    rev = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class RoomMessageForm(MessageForm):
    """Something to say in a room."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=limits.ROOM_BODY_MAX,
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )


class RoomForm(forms.Form):
    """What a room is called and about, its time and its pace."""

    name = forms.CharField(
        label=_("Name"), max_length=TITLE_LENGTH, error_messages={"required": _("Give the room a name.")}
    )
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=ABOUT_LENGTH,
        help_text=_("One sentence that stands above the talk."),
    )
    slow_seconds = forms.TypedChoiceField(
        label=_("Slow mode"),
        coerce=int,
        choices=[
            (0, _("Off")),
            (5, _("5 seconds")),
            (15, _("15 seconds")),
            (60, _("1 minute")),
            (300, _("5 minutes")),
        ],
        help_text=_("How long everyone waits between two messages. The team does not wait."),
    )
    opens_at = forms.DateTimeField(
        label=_("Opens"), required=False, widget=_Moment(), help_text=_("Empty: it is open at once.")
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"), required=False, widget=_Moment(), help_text=_("Empty: the team closes it.")
    )


INVITED = "invited"


class OpenRoomForm(RoomForm):
    """A new room."""

    space = forms.ChoiceField(
        label=_("Who may join"),
        help_text=_("The readers of a space, or people you invite. This cannot be changed later."),
    )
    field_order = ("name", "about", "space")

    def __init__(self, *args: Any, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spaces = {
            str(space.pk): space for space in Space.objects.visible_to(viewer).filter(is_archived=False)
        }
        names = [(pk, space.name) for pk, space in self._spaces.items()]
        field = self.fields["space"]
        field.choices = [(INVITED, _("Only people I invite")), *names]  # type: ignore[attr-defined]

    def clean_space(self) -> Space | None:
        """Return the space whose readers may join, if any."""
        return self._spaces.get(self.cleaned_data["space"])


class BeginForm(forms.Form):
    """A first message, and to whom."""

    to = RecipientsField(
        label=_("To"),
        help_text=_("Names as they stand behind the @, with commas between them."),
        error_messages={"required": _("Say to whom you write.")},
    )
    title = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=TITLE_LENGTH,
        help_text=_("For conversations with several people."),
    )
    body = forms.CharField(
        label=_("Your message"),
        max_length=limits.BODY_MAX,
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )


class EditForm(forms.Form):
    """Another text for a message."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=limits.BODY_MAX,
        widget=forms.Textarea(attrs=_BODY),
        error_messages={"required": _("Write what you want to say.")},
    )
    expected_edit_count = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class AddForm(forms.Form):
    """Whom to add to a group."""

    to = RecipientsField(
        label=_("Add people"),
        help_text=_("They read what is written from now on."),
        error_messages={"required": _("Say whom to add.")},
    )


class TitleForm(forms.Form):
    """What a group is called."""

    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=TITLE_LENGTH,
        help_text=_("Empty: it is called by who is in it."),
    )
