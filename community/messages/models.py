"""Conversations, live rooms, who takes part in them, and what is said."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Space

if TYPE_CHECKING:
    from community.members.models import Member

TITLE_LENGTH = 80
ABOUT_LENGTH = 240


class State(models.TextChoices):
    """Whether a message is shown. `REMOVED` is the team's decision, `DELETED` its author's."""

    VISIBLE = "visible", _("Shown")
    HIDDEN = "hidden", _("Hidden")
    REMOVED = "removed", _("Removed")
    DELETED = "deleted", _("Deleted")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Filters that any reader may combine."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Conversations a viewer takes part in now. No role opens others'. Rooms have a door of their own."""
        if viewer is None or viewer.is_seen_as:
            return self.none()
        mine = Participation.objects.filter(conversation=OuterRef("pk"), member=viewer, left_at=None)
        return self.filter(Exists(mine), is_room=False)


class Conversation(models.Model):
    """A few members who write to each other. Of two people there is at most one, which `pair` keeps.

    `revision` counts every change of what is said, so that an open page fetches exactly what it has not seen.
    """

    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True, default="")
    # "12:57", the smaller id first; empty for groups.
    pair = models.CharField(max_length=41, blank=True, default="", editable=False)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    last_position = models.PositiveIntegerField(_("messages"), default=0)
    last_message_at = models.DateTimeField(_("last message"), default=timezone.now)
    revision = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    is_room = models.BooleanField(default=False, db_default=False, editable=False)

    objects: ClassVar[ConversationQuerySet] = ConversationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(fields=["pair"], condition=~Q(pair=""), name="conversation_once_per_pair")
        ]

    def __str__(self) -> str:
        return f"Conversation {self.pk}"

    @property
    def is_direct(self) -> bool:
        """Whether it is of two people, and stays so."""
        return bool(self.pair)

    def get_absolute_url(self) -> str:
        """Its page, for those who take part."""
        return f"/rooms/{self.pk}/" if self.is_room else f"/messages/{self.pk}/"


def pair_of(one: int, other: int) -> str:
    """Return the key of the conversation of two members."""
    return f"{min(one, other)}:{max(one, other)}"


class RoomQuerySet(models.QuerySet["Room"]):
    """Filters that any reader may combine."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Rooms of spaces a viewer may read, and those without a space that they take part in. No role opens others'."""
        if viewer is None or viewer.is_seen_as:
            return self.none()
        mine = Participation.objects.filter(conversation=OuterRef("pk"), member=viewer, left_at=None)
        open_to_them = Q(space__in=Space.objects.visible_to(viewer).order_by())
        return self.filter(open_to_them | Q(Exists(mine), space=None))


class Room(models.Model):
    """A named conversation that many may be in at once: of a space, or for those who were invited.

    Whoever may read its space may read it and join it; a room without a space is there for those in it alone.
    """

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, primary_key=True, related_name="room"
    )
    about = models.CharField(_("what it is about"), max_length=ABOUT_LENGTH, blank=True, default="")
    space = models.ForeignKey(
        Space,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rooms",
        verbose_name=_("space"),
        help_text=_("Whoever may read the space may join. Without one, people are invited."),
    )
    member_count = models.PositiveIntegerField(_("people"), default=0, editable=False)
    slow_seconds = models.PositiveSmallIntegerField(
        _("slow mode"), default=0, help_text=_("Seconds between two messages of one person. 0: no wait.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects: ClassVar[RoomQuerySet] = RoomQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                name="room_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return f"Room {self.pk}"

    @property
    def name(self) -> str:
        """What it is called."""
        return self.conversation.title

    @property
    def standing(self) -> "Standing":
        """Whether one can write in it now."""
        now = timezone.now()
        if self.closed_at is not None:
            return Standing.CLOSED
        if self.opens_at is not None and now < self.opens_at:
            return Standing.EARLY
        return Standing.OVER if self.closes_at is not None and now >= self.closes_at else Standing.OPEN

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/rooms/{self.pk}/"


class Standing(models.TextChoices):
    """Whether one can write in a room: `EARLY` before it opens, `OVER` after its time, `CLOSED` by the team."""

    OPEN = "open", _("Open")
    EARLY = "early", _("Not open yet")
    OVER = "over", _("Over")
    CLOSED = "closed", _("Closed")


class Participation(models.Model):
    """One member in one conversation. They see what was written after `from_position`, and only while they are in it.

    `last_read_position` only ever grows. `is_unread` and `last_message_at` follow the conversation, so that an inbox is one range
    of one index. In a room, `is_unread` says that someone named them after what they have read; the rest is only counted.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participations")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    from_position = models.PositiveIntegerField(default=0)
    last_read_position = models.PositiveIntegerField(default=0)
    last_read_at = models.DateTimeField(null=True, blank=True)
    is_muted = models.BooleanField(_("muted"), default=False)
    is_unread = models.BooleanField(default=False)
    named_position = models.PositiveIntegerField(default=0, db_default=0)
    # The team showed them out of a room; only the team lets them in again.
    is_barred = models.BooleanField(default=False, db_default=False)
    last_message_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="participation_once")]
        indexes = [
            models.Index(
                fields=["member", "-last_message_at", "-id"],
                condition=Q(left_at=None),
                name="participation_inbox",
            ),
            models.Index(
                fields=["member", "-last_message_at", "-id"],
                condition=Q(left_at=None, is_unread=True),
                name="participation_unread",
            ),
            models.Index(
                fields=["conversation", "joined_at", "id"],
                condition=Q(left_at=None),
                name="participation_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.conversation_id}"


class MessageQuerySet(models.QuerySet["Message"]):
    """Filters that any reader may combine."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Messages a viewer may find: written while they take part, or in a room of a space they may read. What is not shown keeps its place without words."""
        if viewer is None or viewer.is_seen_as:
            return self.none()
        mine = Participation.objects.filter(
            conversation=OuterRef("conversation"),
            member=viewer,
            left_at=None,
            from_position__lt=OuterRef("position"),
        )
        # In a room of a space, reading follows the space; everywhere else it follows taking part.
        of_spaces = Q(conversation__room__space__in=Space.objects.visible_to(viewer).order_by())
        return self.filter(of_spaces | Q(Exists(mine), conversation__room__space=None))

    def readable_by(self, viewer: "Member | None") -> Self:
        """Those whose words a viewer may read: shown ones, and their own that the team hid."""
        if viewer is None or viewer.is_seen_as:
            return self.none()
        return self.visible_to(viewer).filter(Q(state=State.VISIBLE) | Q(state=State.HIDDEN, author=viewer))


class Message(models.Model):
    """Something one participant said, rendered once when it was written."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    position = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    body_md = models.TextField()
    body_html = models.TextField()
    render_version = models.PositiveSmallIntegerField(default=1)
    # The first words, for inboxes.
    excerpt = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.VISIBLE)
    state_reason = models.CharField(max_length=300, blank=True, default="")
    state_at = models.DateTimeField(null=True, blank=True)
    # The revision of the conversation that this message changed in last.
    revision = models.PositiveBigIntegerField(default=0, db_default=0)
    edit_count = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "position"], name="message_place_once"),
            models.CheckConstraint(condition=Q(position__gt=0), name="message_place_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["conversation", "revision"], name="message_changes"),
            models.Index(
                fields=["state_at"],
                condition=Q(state="deleted") & ~Q(body_md=""),
                name="message_deleted_age",
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"

    @property
    def is_shown(self) -> bool:
        """Whether everyone in the conversation reads its words."""
        return self.state == State.VISIBLE

    def get_absolute_url(self) -> str:
        """Its place in the conversation."""
        return f"{self.conversation.get_absolute_url()}?at={self.position}#message-{self.pk}"
