"""What is typed at the desk: a decision about one case, the same about several, and reasons kept for later."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.moderation import limits
from community.moderation.case_kinds import CaseKind, all_case_kinds
from community.moderation.models import CannedReason


class ReasonForm(forms.Form):
    """A reason and for how long; a canned reason stands in for one that was not written."""

    canned = forms.ModelChoiceField(
        label=_("Reasons written before"),
        queryset=CannedReason.objects.none(),
        required=False,
        empty_label=_("Write one below"),
    )
    reason = forms.CharField(
        label=_("Reason, told to the author"), required=False, max_length=limits.REASON_LENGTH
    )
    days = forms.IntegerField(
        label=_("Days, for a pause"), required=False, min_value=1, max_value=limits.LONGEST_DAYS
    )

    def __init__(self, *args: Any, canned: list[CannedReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = canned
        self.fields["canned"].queryset = CannedReason.objects.filter(pk__in=[one.pk for one in canned])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take the canned reason where none was written."""
        typed = dict(super().clean() or self.cleaned_data)
        chosen = typed.pop("canned", None)
        if chosen is not None and not typed.get("reason"):
            typed["reason"] = chosen.text
        return typed


class ReadForm(ReasonForm):
    """A reason for what was read: when the page with it was drawn goes along."""

    # The moment the page was drawn, in seconds.
    seen_at = forms.FloatField(required=False, min_value=0, max_value=4_102_444_800, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Read the moment."""
        typed = super().clean()
        seen = typed.pop("seen_at", None)
        typed["seen_at"] = dt.datetime.fromtimestamp(seen, dt.UTC) if seen else None
        return typed


class DecisionForm(ReadForm):
    """What staff decide about a case: what its kind offers."""

    decision = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should happen.")},
    )
    field_order = ("decision", "canned", "reason", "days")

    def __init__(self, *args: Any, kind: CaseKind, suggested: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].initial = suggested
        self.fields["decision"].choices = [(c.name, c.label) for c in kind.choices]  # type: ignore[attr-defined]
        if not any(choice.takes_days for choice in kind.choices):
            del self.fields["days"]


class TogetherForm(ReadForm):
    """The same decision about several cases; written as `kind:decision`, because names mean something within a kind."""

    ruling = forms.ChoiceField(
        label=_("What should happen?"), error_messages={"required": _("Choose what should happen.")}
    )

    def __init__(self, *args: Any, kinds: list[CaseKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ruling"].choices = [("", _("Choose…")), *rulings(kinds)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Split kind and decision."""
        typed = super().clean()
        typed["kind"], _colon, typed["decision"] = typed.pop("ruling", "").partition(":")
        return typed


class CannedReasonForm(forms.ModelForm):
    """A canned reason and where it is offered."""

    place = forms.ChoiceField(label=_("Offered for"), required=False)
    text = forms.CharField(
        label=_("reason told to the member"),
        max_length=limits.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = CannedReason
        fields = ("title", "text", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: list[Any] = [("", _("Every decision"))]
        for kind in all_case_kinds():
            whole = (f"{kind.name}:", _("Every decision of this kind"))
            places.append((kind.label, [whole, *rulings([kind])[0][1]]))
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        if self.instance.pk and self.instance.kind:
            self.fields["place"].initial = f"{self.instance.kind}:{self.instance.decision}"


def rulings(kinds: list[CaseKind]) -> list[Any]:
    """Return every decision of these kinds as choices, in groups."""
    return [(kind.label, [(f"{kind.name}:{c.name}", c.label) for c in kind.choices]) for kind in kinds]
