"""Rules and campaigns as forms: spaces, topics and conditions as fields, not as JSON."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from community.spaces.models import Kind, Space, Tag
from community.threads.models import ReactionKind
from rewards.intake.models import EventType
from rewards.points import actions
from rewards.points.models import Conditions, EarningRule
from rewards.points.models.conditions import (
    HIGHEST_TRUST,
    MOST_HELPED,
    MOST_MONEY,
    MOST_POINTS,
    wrong_for,
)
from rewards.points.places import missing_places
from rewards.points.words import translated

# What is typed beside the columns of a rule; together they are its conditions.
ASKED = (
    "thread_kinds",
    "reaction_kinds",
    "space_ids",
    "tags",
    "once",
    "helped_by",
    "member_trust",
    "giver_trust",
    "by_asker",
    "not_asker",
)
# What is asked of events of the brand instead.
ASKED_OF_EVENTS = ("event_types", "currency", "least_amount", "per_amount", "most_points", "attributes")
# In what is sent when somebody has looked at what a rule would have paid, and wants to change it once more.
AGAIN = "_again"


class PlacesForm(forms.ModelForm):
    """A form that names spaces and topics. Those that are gone stay chosen until somebody takes them out."""

    space_ids = forms.TypedMultipleChoiceField(
        label=_("spaces"),
        required=False,
        coerce=int,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None chosen: everywhere."),
    )
    tags = forms.CharField(
        label=_("topics"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("With commas between them; one of them is enough. Nothing written: whatever the topic."),
    )

    def begin(self, space_ids: Iterable[int], tags: Iterable[str]) -> None:
        """Offer every space, and what was chosen before."""
        self.chosen_before = (list(space_ids), list(tags))
        gone, _tags = missing_places(*self.chosen_before)
        offered = list(Space.objects.order_by("name").values_list("pk", "name"))
        self.fields["space_ids"].choices = [  # type: ignore[attr-defined]
            *offered,
            *((pk, say("Number %(n)s (no longer there)") % {"n": pk}) for pk in gone),
        ]
        self.initial["space_ids"] = self.chosen_before[0]
        self.initial["tags"] = ", ".join(self.chosen_before[1])

    def clean_tags(self) -> list[str]:
        """Read topics by their word in addresses or by their name. Raises when one is not there."""
        typed = [word.strip() for word in self.cleaned_data["tags"].split(",") if word.strip()]
        known = {
            name.casefold(): slug
            for slug, name in Tag.objects.filter(name__in=typed).values_list("slug", "name")
        }
        found = []
        there = set(Tag.objects.filter(slug__in=typed).values_list("slug", flat=True)) | set(
            self.chosen_before[1]
        )
        for word in typed:
            slug = word if word in there else known.get(word.casefold())
            if slug is None:
                raise forms.ValidationError(say("There is no topic “%(tag)s”.") % {"tag": word})
            found.append(slug)
        return list(dict.fromkeys(found))


def _number(label: Any, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        initial=0,
        min_value=0,
        max_value=most,
        help_text=hint,
        widget=UnfoldAdminIntegerFieldWidget,
    )


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=UnfoldBooleanWidget)


def _choices(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None chosen: whatever it is."),
    )


class RuleForm(PlacesForm):
    """A rule with its conditions as fields; which happening a rule hears is fixed once it exists."""

    verb = forms.ChoiceField(
        label=_("heard verb"),
        choices=[(name, name) for name in actions.HEARD],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    thread_kinds = _choices(_("kinds of thread"), Kind.choices)
    reaction_kinds = _choices(_("kinds of mark"), ReactionKind.choices)
    once = _tick(_("once for each member"))
    helped_by = _number(
        _("found helpful by so many members"),
        MOST_HELPED,
        _(
            "It pays when so many have found the post helpful, and is taken back when they are fewer. 0: at once."
        ),
    )
    member_trust = _number(_("least trust level of who gets the points"), HIGHEST_TRUST)
    giver_trust = _number(_("least trust level of who marks or accepts"), HIGHEST_TRUST)
    by_asker = _tick(_("only when the asker does it"))
    not_asker = _tick(_("not for answers to one’s own question"))

    event_types = _choices(_("types of brand events"), ())
    currency = forms.CharField(
        label=_("currency"),
        required=False,
        max_length=3,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Three letters, such as EUR. Amounts below are in its smallest unit: 1000 is 10.00 EUR."),
    )
    least_amount = _number(_("from this amount on"), MOST_MONEY)
    per_amount = _number(
        _("points for each full amount of"),
        MOST_MONEY,
        _(
            "The rule’s points come once for each full amount; what is over is left off. 0: once for each event."
        ),
    )
    most_points = _number(_("points one event gives at most"), MOST_POINTS, _("0: no limit of its own."))
    attributes = forms.CharField(
        label=_("attributes"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("name=value, with commas between them; all of them are needed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = EventType.objects.order_by("key").values_list("key", flat=True)
        self.fields["event_types"].choices = [(key, key) for key in types]  # type: ignore[attr-defined]
        stored = self.instance.conditions if self.instance.pk else {}
        conditions = Conditions.parse(stored)
        for name in (*ASKED, *ASKED_OF_EVENTS):
            value = getattr(conditions, name)
            self.initial[name] = list(value) if isinstance(value, tuple) else value
        self.initial["attributes"] = ", ".join(conditions.attributes)
        self.begin(conditions.space_ids, conditions.tags)

    def clean_attributes(self) -> list[str]:
        """Read pairs with commas between them."""
        return [pair.strip() for pair in self.cleaned_data["attributes"].split(",") if pair.strip()]

    def clean_currency(self) -> str:
        """Read a currency however it is written."""
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = self.cleaned_data
        if self.data.get(AGAIN):
            self.add_error(None, say("Nothing is saved yet."))
        if self.errors:
            return typed
        typed["delay_hours"] = typed.get("delay_hours") or 0
        conditions = Conditions.parse({name: self._asked(name) for name in (*ASKED, *ASKED_OF_EVENTS)})
        if wrong := wrong_for(self.instance.verb or typed.get("verb", ""), conditions.as_json()):
            self.add_error(None, str(wrong))
            return typed
        if (self.instance.verb or typed.get("verb")) == "reaction.added" and conditions.helped_by:
            self.add_error("helped_by", say("How many found it helpful is asked of posts and answers."))
            return typed
        typed["conditions"] = conditions.as_json()
        self.instance.conditions = typed["conditions"]
        return typed

    def _asked(self, name: str) -> Any:
        """Return one condition; a number that was left empty is none."""
        typed = self.cleaned_data[name]
        return 0 if typed is None else typed

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        return {name: self.cleaned_data[name] for name in actions.RULE_FIELDS}


class CampaignForm(PlacesForm):
    """A campaign: how much more, from when to when, and for what."""

    rule_keys = _choices(_("rules"), ())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = [(rule.key, translated(rule.name)) for rule in EarningRule.objects.in_force()]
        kept = [(k, k) for k in self.instance.rule_keys if k not in dict(there)]
        self.fields["rule_keys"].choices = [*there, *kept]  # type: ignore[attr-defined]
        self.begin(self.instance.space_ids, self.instance.tags)

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        return {name: self.cleaned_data[name] for name in actions.CAMPAIGN_FIELDS}


def warn_of_what_is_gone(
    request: HttpRequest, rows: Iterable[tuple[str, Iterable[int], Iterable[str]]]
) -> None:
    """Say which rules or campaigns name spaces or topics that are not there any more."""
    named = [(name, list(spaces), list(tags)) for name, spaces, tags in rows]
    lost_spaces, lost_tags = missing_places(
        {pk for _name, spaces, _tags in named for pk in spaces},
        {tag for _name, _spaces, tags in named for tag in tags},
    )
    for name, spaces, tags in named:
        lost = [str(pk) for pk in spaces if pk in lost_spaces] + [tag for tag in tags if tag in lost_tags]
        if lost:
            said = say("“%(name)s” names what is no longer there: %(what)s.")
            messages.warning(request, said % {"name": translated(name), "what": ", ".join(lost)})
