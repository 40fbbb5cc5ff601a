"""What is typed when somebody of the team warns or pauses a member."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.moderation.desk.forms import ReasonForm
from community.moderation.members_desk.ladder import Step
from community.moderation.models import CannedReason, PenaltyKind


class PenaltyForm(ReasonForm):
    """A penalty, its reason and length, and over how many days what the member wrote is hidden as well."""

    decision = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        choices=[
            (PenaltyKind.WARN, _("Warn: nothing is closed")),
            (PenaltyKind.SILENCE, _("Pause writing")),
            (PenaltyKind.SUSPEND, _("Pause the account")),
        ],
        error_messages={"required": _("Choose what should happen.")},
    )
    hide_days = forms.TypedChoiceField(
        label=_("Also hide what they wrote"), required=False, coerce=int, empty_value=None
    )
    field_order = ("decision", "canned", "reason", "days", "hide_days")

    def __init__(
        self, *args: Any, canned: list[CannedReason], step: Step, written: dict[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, canned=canned, **kwargs)
        self.fields["reason"].label = _("Reason, told to the member")
        self.fields["decision"].initial = step.kind
        self.fields["days"].initial = step.days
        self.fields["hide_days"].choices = [("", _("Nothing")), *map(_hiding, written.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Name the penalty as the action does; a warning has no length."""
        typed = super().clean()
        typed["kind"] = typed.pop("decision", "")
        if typed["kind"] == PenaltyKind.WARN:
            typed["days"] = None
        return typed


def _hiding(counted: tuple[int, int]) -> tuple[int, str]:
    days, posts = counted
    within = ngettext("The last day", "The last %(n)d days", days) % {"n": days}
    many = ngettext("%(n)d post", "%(n)d posts", posts) % {"n": posts}
    return days, f"{within} · {many}"
