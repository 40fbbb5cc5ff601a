"""The manager's way in: which events are taken in, what came, what waits, and whose customer numbers are."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import DomainError
from rewards.intake import actions
from rewards.intake.models import BrandEvent, Customer, EventType, FieldKind
from rewards.intake.words import say_event, say_money

REQUIRED = "required"


class EventTypeForm(forms.ModelForm):
    """A type whose attributes are written one a line, so that a manager can read them."""

    attributes = forms.CharField(
        label=_("attributes"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=_(
            "One a line: its name, then text, number, flag or day, then “required” when it has to be there. "
            "What is not named here is refused."
        ),
    )

    class Meta:
        model = EventType
        fields = ("key", *actions.TYPE_FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["attributes"] = "\n".join(_as_line(it) for it in self.instance.attributes)

    def clean_attributes(self) -> list[dict[str, Any]]:
        """Read the lines. Raises when one cannot be read."""
        return [_from_line(line) for line in self.cleaned_data["attributes"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            try:
                self.act()
            except DomainError as refusal:
                for field, sentence in (refusal.fields or {"": refusal.message}).items():
                    self.add_error(field if field in self.fields else None, sentence)
        return self.cleaned_data

    def act(self) -> None:
        """Declare or change the type: the form's check is the action."""
        values = {name: self.cleaned_data[name] for name in actions.TYPE_FIELDS}
        if self.instance.pk:
            stored = EventType.objects.get(pk=self.instance.pk)
            actions.change_event_type(actor=self.actor, kind=stored, changes=values)  # type: ignore[attr-defined]
        else:
            kind = actions.declare_event_type(
                actor=self.actor,  # type: ignore[attr-defined]
                key=self.cleaned_data["key"],
                values=values,
            )
            self.instance.pk = kind.pk

    def validate_unique(self) -> None:
        """The action says so."""

    def _post_clean(self) -> None:
        """Nothing is left to check: the action did."""


def _as_line(field: dict[str, Any]) -> str:
    return " ".join([field["name"], field["kind"], *([REQUIRED] if field["required"] else [])])


def _from_line(line: str) -> dict[str, Any]:
    name, *more = line.split()
    kind = more[0] if more else FieldKind.TEXT.value
    if kind not in FieldKind.values or more[1:] not in ([], [REQUIRED]):
        raise forms.ValidationError(say("This line cannot be read: %(line)s") % {"line": line.strip()})
    return {"name": name, "kind": kind, "required": more[1:] == [REQUIRED]}


@admin.register(EventType)
class EventTypeAdmin(ModelAdmin):
    """Types of events. What is not declared here is refused."""

    form = EventTypeForm
    list_display = ("key", "said", "amount", "quantity", "undoes", "is_open", "changed_at", "changed_by")
    list_select_related = ("changed_by",)
    list_filter = ("is_open",)
    ordering = ("key",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key", *actions.TYPE_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"actor": actor_of(request)})

    def save_model(self, request: HttpRequest, obj: EventType, form: Any, change: bool) -> None:
        """Nothing is left to do: the form's check was the action."""


class WaitingFilter(admin.SimpleListFilter):
    """Events whose member is not known yet."""

    title = _("member")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("Waits for its member")), ("no", _("Has a member"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[BrandEvent]) -> QuerySet[BrandEvent]:
        """Return those chosen."""
        if self.value() in ("yes", "no"):
            return queryset.filter(member__isnull=self.value() == "yes")
        return queryset


@admin.register(BrandEvent)
class BrandEventAdmin(ReadOnlyAdmin):
    """What came. Nothing of it can be changed."""

    list_display = ("event_id", "source", "type", "whose", "money", "quantity", "occurred_at", "received_at")
    list_filter = (WaitingFilter, "type")
    search_fields = ("=event_id", "=member__handle", "=who")
    list_select_related = ("type", "member")
    ordering = ("-id",)
    fields = (
        "source",
        "event_id",
        "type",
        "words",
        "whose",
        "named_by",
        "who",
        "money",
        "quantity",
        "attributes",
        "original",
        "occurred_at",
        "received_at",
        "known_at",
    )
    readonly_fields = ("words", "whose", "money")

    @admin.display(description=_("member"))
    def whose(self, event: BrandEvent) -> str:
        """Say whose it is, or that it waits."""
        return event.member.name if event.member else say("Waits for %(who)s") % {"who": event.who[:16]}

    @admin.display(description=_("amount"))
    def money(self, event: BrandEvent) -> str:
        """Say the amount of money."""
        return say_money(event.amount, event.currency) or "–"

    @admin.display(description=_("what happened, said to the member"))
    def words(self, event: BrandEvent) -> str:
        """Say it as its member reads it."""
        return say_event(event)


@admin.register(Customer)
class CustomerAdmin(ModelAdmin):
    """Which customer is which member."""

    list_display = ("number", "source", "member", "linked_at")
    search_fields = ("=number", "=member__handle")
    list_select_related = ("member",)
    autocomplete_fields = ("member",)
    fields = ("source", "number", "member")
    ordering = ("-id",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Customer, form: Any, change: bool) -> None:
        """Link it through its action."""
        row = actions.link_customer(
            actor=actor_of(request), member=obj.member, source=obj.source, number=obj.number
        )
        obj.pk = row.pk

    def delete_model(self, request: HttpRequest, obj: Customer) -> None:
        """Unlink it through its action."""
        actions.unlink_customer(actor=actor_of(request), customer=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Customer]) -> None:
        """Unlink the chosen ones through their action."""
        for customer in queryset:
            self.delete_model(request, customer)
