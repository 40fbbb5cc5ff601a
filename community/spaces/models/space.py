"""Spaces, and who is in them."""

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
