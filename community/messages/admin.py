"""What managers see of conversations: that they exist, who is in them, when and how much was written. Never a word.

Rooms they open, change and close here; what is said in them is read on their pages, by those who may.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from community.access import actor_of
from community.activity.admin import ReadOnlyAdmin
from community.errors import Invalid
from community.messages import actions
from community.messages.actions.rooms import SETTINGS, usable_settings
from community.messages.models import TITLE_LENGTH, Conversation, Participation, Room
from community.messages.permissions import can_open_room


class ParticipationInline(TabularInline):
    """Who takes part, since when."""

    model = Participation
    fields = readonly_fields = ("member", "joined_at", "left_at", "is_muted")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participation]:
        rows: QuerySet[Participation] = super().get_queryset(request)
        return rows.select_related("member")


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    """The shells of conversations. A reported message is read in the review queue."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        rows: QuerySet[Conversation] = super().get_queryset(request)
        return rows.filter(is_room=False)

    list_display = ("id", "two", "begun_by", "created_at", "last_position", "last_message_at")
    list_select_related = ("begun_by",)
    search_fields = ("=participations__member__handle",)
    ordering = ("-id",)
    fields = readonly_fields = ("two", "begun_by", "created_at", "last_position", "last_message_at")
    inlines = (ParticipationInline,)

    @admin.display(description=_("Of two people"), boolean=True)
    def two(self, conversation: Conversation) -> bool:
        """Whether it is of two people."""
        return conversation.is_direct


class RoomAdminForm(forms.ModelForm):
    """A room with its name, which belongs to its conversation."""

    name = forms.CharField(label=_("Name"), max_length=TITLE_LENGTH, widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = Room
        fields = ("about", "space", "slow_seconds", "opens_at", "closes_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("name", self.instance.name)

    def clean(self) -> dict[str, Any]:
        """Add what the action would refuse to the fields it concerns."""
        super().clean()
        try:
            usable_settings(
                {name: self.cleaned_data.get(name) or "" for name in ("name", "about")} | self._time()
            )
        except Invalid as error:
            for field, message in error.fields.items():
                self.add_error(field, message)
        return self.cleaned_data

    def _time(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ("slow_seconds", "opens_at", "closes_at")}


@admin.register(Room)
class RoomAdmin(ModelAdmin):
    """Rooms a manager may read; those of others that people are invited to are not listed. They are closed, not deleted."""

    form = RoomAdminForm
    list_display = ("called", "space", "member_count", "said", "standing_now", "opens_at", "closes_at")
    list_select_related = ("conversation", "space")
    list_filter = ("space",)
    search_fields = ("conversation__title",)
    ordering = ("-conversation_id",)
    fields = ("name", "about", "space", "slow_seconds", "opens_at", "closes_at")
    actions = ("close_rooms", "reopen_rooms")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        rows = Room.objects.visible_to(actor_of(request))
        return rows.select_related("conversation", "space").order_by(*self.ordering)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("space",) if obj is not None else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and bool(can_open_room(actor_of(request)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("Name"))
    def called(self, room: Room) -> str:
        """What it is called."""
        return room.name

    @admin.display(description=_("Messages"))
    def said(self, room: Room) -> int:
        """How much was said."""
        return room.conversation.last_position

    @admin.display(description=_("State"))
    def standing_now(self, room: Room) -> Any:
        """Whether one can write in it."""
        return room.standing.label

    @admin.action(description=_("Close the chosen rooms"))
    def close_rooms(self, request: HttpRequest, rooms: QuerySet[Room]) -> None:
        """Close rooms through the action."""
        closed = [actions.close_room(actor=actor_of(request), room=room) for room in rooms]
        text = ngettext("%(n)d room is closed.", "%(n)d rooms are closed.", len(closed))
        messages.success(request, text % {"n": len(closed)})

    @admin.action(description=_("Open the chosen rooms again"))
    def reopen_rooms(self, request: HttpRequest, rooms: QuerySet[Room]) -> None:
        """Open rooms again through the action."""
        opened = [actions.reopen_room(actor=actor_of(request), room=room) for room in rooms]
        text = ngettext("%(n)d room is open again.", "%(n)d rooms are open again.", len(opened))
        messages.success(request, text % {"n": len(opened)})

    def save_model(self, request: HttpRequest, obj: Room, form: Any, change: bool) -> None:
        """Open or change the room through its action."""
        values = {name: form.cleaned_data[name] for name in SETTINGS if name in form.cleaned_data}
        actor = actor_of(request)
        if change:
            actions.change_room(actor=actor, room=Room.objects.get(pk=obj.pk), changes=values)
        else:
            space = form.cleaned_data.get("space")
            obj.conversation = actions.open_room(actor=actor, space=space, **values).conversation
