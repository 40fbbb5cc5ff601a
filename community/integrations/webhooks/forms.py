"""What managers type about endpoints: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.integrations.webhooks.catalogue import GROUP_LABELS, all_events
from community.integrations.webhooks.models import MessageState, WebhookEndpoint, Which
from community.members.models import Member
from community.spaces.models import Space


class _Moment(forms.DateTimeInput):
    """A day and a time, as browsers offer it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class EndpointForm(forms.Form):
    """Where to send, and what."""

    url = forms.CharField(
        label=_("Where to send"),
        max_length=2000,
        help_text=_("An https address of your own system with a public name."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "spellcheck": "false"}),
    )
    description = forms.CharField(
        label=_("What listens there?"),
        max_length=120,
        required=False,
        help_text=_("A name by which you know it again, such as “Shop”."),
    )
    verbs = forms.MultipleChoiceField(
        label=_("Which events"), required=False, widget=forms.CheckboxSelectMultiple
    )
    space_ids = forms.TypedMultipleChoiceField(
        label=_("Only from these spaces"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: from everywhere, also what happens in no space, such as points."),
    )
    tags = forms.CharField(
        label=_("Only in threads with one of these topics"),
        max_length=400,
        required=False,
        help_text=_("Topics with commas between them. Empty: whatever the topic."),
    )

    def __init__(self, owner: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spaces = Space.objects.visible_to(owner).order_by("position", "pk").values_list("pk", "name")
        choices: Any = {
            "verbs": [(event.name, event.label) for event in all_events()],
            "space_ids": [(pk, name) for pk, name in spaces],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        typed = self.cleaned_data
        return {**typed, "tags": [tag for tag in typed["tags"].split(",") if tag.strip()]}

    def groups(self) -> list[dict[str, Any]]:
        """Return the events by heading, each with whether it is chosen, for the picker."""
        chosen = set(self["verbs"].value() or ())
        return [
            {
                "label": label,
                "events": [
                    {"name": event.name, "label": event.label, "is_chosen": event.name in chosen}
                    for event in all_events()
                    if event.group == group
                ],
                "chosen": sum(event.name in chosen for event in all_events() if event.group == group),
            }
            for group, label in GROUP_LABELS.items()
        ]


def initial_of(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """Return what the form shows of an endpoint."""
    names = ("url", "description", "verbs", "space_ids")
    return {**{name: getattr(endpoint, name) for name in names}, "tags": ", ".join(endpoint.tags)}


class SpanForm(forms.Form):
    """Which span to send again."""

    begins_at = forms.DateTimeField(label=_("From"), widget=_Moment())
    ends_at = forms.DateTimeField(label=_("Until"), widget=_Moment())
    which = forms.ChoiceField(label=_("What"), choices=Which.choices, initial=Which.MISSED)


class TestForm(forms.Form):
    """Which event to make up."""

    verb = forms.ChoiceField(label=_("What to send"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = [("", _("A greeting")), *((event.name, event.name) for event in all_events())]
        self.fields["verb"].choices = offered  # type: ignore[attr-defined]


class LogForm(forms.Form):
    """How the log is narrowed."""

    state = forms.ChoiceField(
        label=_("How it stands"), required=False, choices=[("", _("All")), *MessageState.choices]
    )
    verb = forms.ChoiceField(label=_("Event"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = [("", _("All")), *((event.name, event.name) for event in all_events())]
        self.fields["verb"].choices = offered  # type: ignore[attr-defined]
