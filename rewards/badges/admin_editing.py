"""The editor of a badge in the admin: its conditions as rows of fields, so that nobody writes JSON and no script is needed."""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from community.errors import DomainError
from community.spaces.models import Kind, Space
from community.threads.models import ReactionKind
from rewards.badges.actions.definitions import check_badge
from rewards.badges.models import Badge
from rewards.badges.rules.rows import BELONGS, LEAF_FIELDS, rows_of, rule_of
from rewards.badges.rules.sources import SOURCES
from rewards.badges.rules.tree import MOST_LEAVES, How, Rule, RuleFault, dump

SomeForm = TypeVar("SomeForm", bound="ConditionsForm")
MOST_SPACES = 300
JOINS = (("all", gettext_lazy("All of these")), ("any", gettext_lazy("One of these")))


def _choose(words: Any, choices: Any) -> forms.Field:
    return forms.ChoiceField(
        label=words, choices=choices, required=False, widget=UnfoldAdminSelectWidget(choices=choices)
    )


def _choose_some(words: Any, choices: Any) -> forms.Field:
    widget = UnfoldAdminSelectMultipleWidget(attrs={"size": 4})
    return forms.MultipleChoiceField(label=words, choices=choices, required=False, widget=widget)


def _count(words: Any, **more: Any) -> forms.Field:
    return forms.IntegerField(
        label=words, required=False, min_value=0, widget=UnfoldAdminIntegerFieldWidget(), **more
    )


def _day(words: Any) -> forms.Field:
    widget = UnfoldAdminDateWidget(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=words, required=False, widget=widget)


def _spaces() -> list[tuple[str, str]]:
    rows = Space.objects.order_by("name").values_list("pk", "name")[:MOST_SPACES]
    return [(str(pk), name) for pk, name in rows]


def _fields_of_row() -> dict[str, forms.Field]:
    sources = [("", "–"), *((source.key, source.words) for source in SOURCES.values())]
    tags = gettext_lazy("Separated by commas; one of them is enough.")
    belongs = gettext_lazy(
        "With “all of these”, the two are then a choice; with “one of these”, both are needed."
    )
    return {
        "of": _choose(gettext_lazy("what is counted"), sources),
        "how": _choose(gettext_lazy("how"), How.choices),
        "number": _count(gettext_lazy("how many")),
        "spaces": _choose_some(gettext_lazy("only in spaces"), _spaces),
        "kinds": _choose_some(gettext_lazy("only kinds of threads"), Kind.choices),
        "reactions": _choose_some(gettext_lazy("only marks"), ReactionKind.choices),
        "tags": forms.CharField(
            label=gettext_lazy("only with tags"),
            required=False,
            max_length=400,
            help_text=tags,
            widget=UnfoldAdminTextInputWidget(),
        ),
        "within": _count(gettext_lazy("within so many days")),
        "since": _day(gettext_lazy("since")),
        "until": _day(gettext_lazy("until")),
        BELONGS: forms.BooleanField(
            label=gettext_lazy("belongs to the condition above"),
            required=False,
            help_text=belongs,
            widget=UnfoldBooleanSwitchWidget(),
        ),
    }


class ConditionsForm(forms.ModelForm):
    """A row that has a `tree`, with its conditions as rows of fields `c0_of`, `c0_how`, … What is refused stands at the field it is
    about. Whoever is made of it is passed to `with_rows`."""

    join = _choose(gettext_lazy("needed"), JOINS)

    # What `clean` made of the rows, or why it could not.
    rule: Rule | None = None
    fault = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        join, rows = rows_of(self.instance.tree)
        self.initial.setdefault("join", join)
        for number in range(MOST_LEAVES):
            row = rows[number] if number < len(rows) else {}
            for name, value in row.items():
                shown = ", ".join(value) if name == "tags" else value
                self.initial.setdefault(f"c{number}_{name}", shown)

    def clean(self) -> dict[str, Any]:
        """Put the rows together and ask the action's own checks."""
        super().clean()
        if any(name.startswith("c") and name[1:2].isdigit() for name in self.errors):
            return self.cleaned_data
        try:
            self.rule = rule = self._gathered()
        except RuleFault as fault:
            self._refuse(fault)
            return self.cleaned_data
        self.cleaned_data["rule"] = dump(rule) if rule else None
        self.look_through()
        return self.cleaned_data

    def look_through(self) -> None:
        """Ask what else there is to ask, with the rule among what was typed."""
        raise TypeError("a form of conditions says what it asks")

    def _gathered(self) -> Rule | None:
        """Return the rule that the rows are. Raises `RuleFault` with the row's number and field."""
        rows = [(number, self._row(number)) for number in range(MOST_LEAVES)]
        return rule_of(self.cleaned_data.get("join") or "all", [(n, row) for n, row in rows if row.get("of")])

    def _row(self, number: int) -> dict[str, Any]:
        row = {name: self.cleaned_data.get(f"c{number}_{name}") for name in (*LEAF_FIELDS, BELONGS)}
        row["spaces"] = [int(pk) for pk in row["spaces"] or ()]
        row["tags"] = [tag for part in (row["tags"] or "").split(",") if (tag := part.strip().lower())]
        row |= {name: day.isoformat() if (day := row[name]) else "" for name in ("since", "until")}
        # A number that was left out is one; one that was typed is looked at, zero too.
        row["number"] = 1 if row["number"] is None else row["number"]
        return row

    def _refuse(self, fault: RuleFault) -> None:
        self.fault = fault.sentence
        number, _dot, name = fault.where.partition(".")
        known = f"c{number}_{name}"
        self.add_error(known if known in self.fields else None, fault.sentence)


def with_rows(form: type[SomeForm]) -> type[SomeForm]:
    """Give a form the rows of conditions. They are fields like any other, so that the admin lays them out."""
    for number in range(MOST_LEAVES):
        for name, made in _fields_of_row().items():
            form.base_fields[f"c{number}_{name}"] = form.declared_fields[f"c{number}_{name}"] = made
    return form


@with_rows
class BadgeForm(ConditionsForm):
    """A badge with its conditions."""

    class Meta:
        model = Badge
        fields: ClassVar = "__all__"

    def look_through(self) -> None:
        """Without conditions somebody has to say how it is earned; the action's own checks come last."""
        if not self.rule and not self.cleaned_data.get("criteria"):
            self.add_error("criteria", _("Say how it is earned: there are no conditions to say it."))
        if not self.errors:
            self._ask()

    def _ask(self) -> None:
        badge = Badge.objects.get(pk=self.instance.pk) if self.instance.pk else Badge()
        values = {
            name: self.cleaned_data.get(name)
            for name in ("key", "name", "every", "rule", "gives_title", "opens_spaces")
        }
        for name, value in values.items():
            # The address of a badge that exists is not in the form.
            if name != "key" or value:
                setattr(badge, name, value)
        try:
            check_badge(badge)
        except DomainError as refusal:
            for name, sentence in refusal.fields.items():
                self.add_error(name if name in self.fields else None, sentence)


def fieldsets_of_rows() -> list[tuple[str, dict[str, Any]]]:
    """Return how the admin lays the rows out; those after the third are folded."""
    sets = []
    for number in range(MOST_LEAVES):
        names = {name: f"c{number}_{name}" for name in (*LEAF_FIELDS, BELONGS)}
        lines = (
            (names["of"], names["how"]),
            (names["number"], names["within"]),
            (names["spaces"], names["kinds"]),
            (names["reactions"], names["tags"]),
            (names["since"], names["until"]),
        )
        shown = {"fields": (*lines, names[BELONGS]) if number else lines}
        folded = {"classes": ("collapse",)} if number else {}
        sets.append((_("Condition %(n)s") % {"n": number + 1}, {**shown, **folded}))
    return sets
