"""Spaces, their members and moderators, followers, and tags."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.members.models import Member


class Access(models.TextChoices):
    """Who may read a space."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Signed-in members")
    PRIVATE = "private", _("Only people added to it")


class Posting(models.TextChoices):
    """Who may begin threads in a space."""

    EVERYONE = "everyone", _("Everyone who can read it")
    STAFF = "staff", _("The team only")


class Kind(models.TextChoices):
    """What members begin in a space."""

    DISCUSSION = "discussion", _("Discussion")
    QUESTION = "question", _("Question")


class SpaceQuerySet(models.QuerySet["Space"]):
    """Visibility of spaces is defined here and nowhere else."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Spaces whose content a viewer may read. Moderators of the whole community do not enter private spaces."""
        if viewer is None:
            return self.filter(access=Access.PUBLIC)
        if viewer.is_at_least("manager"):
            return self
        inside = SpaceMembership.objects.filter(space=OuterRef("pk"), member=viewer)
        return self.filter(Q(access__in=[Access.PUBLIC, Access.MEMBERS]) | Exists(inside))


class Space(models.Model):
    """A place with a subject. Everything said belongs to exactly one space."""

    slug = models.SlugField(_("address"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what it is for"), max_length=240, blank=True, default="")
    access = models.CharField(_("who may read"), max_length=8, choices=Access.choices, default=Access.PUBLIC)
    posting = models.CharField(
        _("who may begin threads"), max_length=8, choices=Posting.choices, default=Posting.EVERYONE
    )
    kind = models.CharField(_("mostly"), max_length=12, choices=Kind.choices, default=Kind.DISCUSSION)
    icon = models.CharField(_("icon"), max_length=20, blank=True, default="chat")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_archived = models.BooleanField(_("archived"), default=False)
    thread_count = models.PositiveIntegerField(default=0, editable=False)
    last_thread_at = models.DateTimeField(null=True, blank=True, editable=False)
    required_group = models.ForeignKey(
        "TagGroup",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("asks for a tag of"),
        help_text=_("Who begins a thread here chooses at least one tag of this group."),
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/s/{self.slug}/"


class SpaceMembership(models.Model):
    """A member added to a space: opens a private one, or makes them its moderator."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="space_memberships"
    )
    is_moderator = models.BooleanField(_("moderator"), default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("person in the space")
        verbose_name_plural = _("people in the space")
        constraints = [models.UniqueConstraint(fields=["space", "member"], name="space_member_once")]


class Level(models.TextChoices):
    """How closely a member attends to a thread, a space or a tag. Each listens to more than those after it.

    A thread's own level decides. Where there is none, the closest of its space and tags does; muting yields to listening.
    Levels as in Discourse, whose members know them.
    """

    WATCHING = "watching", _("Watching")
    TRACKING = "tracking", _("Tracking")
    FIRST_POSTS = "first_posts", _("New threads")
    NORMAL = "normal", _("Normal")
    MUTED = "muted", _("Muted")


class SpaceFollow(models.Model):
    """How closely a member attends to a space. No row is the normal level; a row that is not muted puts it in the rail."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="space_follows"
    )
    level = models.CharField(
        max_length=11, choices=Level.choices, default=Level.FIRST_POSTS, db_default=Level.FIRST_POSTS
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "member"], name="space_follow_once")]


class TagGroup(models.Model):
    """Tags that belong together: one of them may be asked for in a space, only one of them allowed on a thread."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    one_only = models.BooleanField(
        _("only one of them"),
        default=False,
        help_text=_("A thread carries at most one tag of this group."),
    )
    is_restricted = models.BooleanField(
        _("only for the team"),
        default=False,
        help_text=_("Only moderators and managers put these tags on threads. Everyone reads them."),
    )

    class Meta:
        verbose_name = _("group of tags")
        verbose_name_plural = _("groups of tags")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that gathers threads across spaces. Threads carry the slugs; this row carries the words and the count."""

    slug = models.SlugField(max_length=40, unique=True, allow_unicode=True)
    name = models.CharField(max_length=40)
    thread_count = models.PositiveIntegerField(default=0, editable=False)
    group = models.ForeignKey(
        TagGroup,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tags",
        verbose_name=_("group"),
    )
    is_restricted = models.BooleanField(
        _("only for the team"),
        default=False,
        db_default=False,
        help_text=_("Only moderators and managers put this tag on threads. Everyone reads it."),
    )

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class TagSynonym(models.Model):
    """Another word for a tag: whoever types it gets the tag, and its address leads there. A merged tag leaves one behind."""

    slug = models.SlugField(max_length=40, unique=True, allow_unicode=True)
    name = models.CharField(max_length=40)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class TagFollow(models.Model):
    """How closely a member attends to a tag. No row is the normal level."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tag_follows", db_index=False
    )
    level = models.CharField(max_length=11, choices=Level.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "tag"], name="tag_follow_once")]
