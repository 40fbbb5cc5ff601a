"""Spaces, and who is in them."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.spaces.audiences import keys_held_by

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from community.members.models import Member


class Access(models.TextChoices):
    """Who may read a space."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Signed-in members")
    PRIVATE = "private", _("Only people and groups chosen for it")


class Posting(models.TextChoices):
    """Who may write in a space: begin threads, or reply."""

    EVERYONE = "everyone", _("Everyone who can read it")
    STAFF = "staff", _("The team only")
    CHOSEN = "chosen", _("Only groups and levels chosen for it")


class Kind(models.TextChoices):
    """What members begin in a space."""

    DISCUSSION = "discussion", _("Discussion")
    QUESTION = "question", _("Question")
    IDEA = "idea", _("Idea")
    ARTICLE = "article", _("Article")
    SHOWCASE = "showcase", _("Showcase")


# Spaces of these kinds hold nothing else.
GATHERED = frozenset({Kind.IDEA.value, Kind.ARTICLE.value, Kind.SHOWCASE.value})


class Colour(models.TextChoices):
    """Colours of the theme whose signs are readable in light and dark, whatever colours the brand chose."""

    BRAND = "", _("Colour of the brand")
    PLUM = "plum", _("Plum")
    INFO = "info", _("Blue")
    OK = "ok", _("Green")
    GOLD = "gold", _("Gold")
    BAD = "bad", _("Red")


# The signs a space may have, from the sprite.
ICONS = [
    "chat",
    "people",
    "question",
    "idea",
    "book",
    "image",
    "flag",
    "compass",
    "hammer",
    "tent",
    "star",
    "heart",
    "gift",
    "trophy",
    "event",
    "globe",
    "shield",
    "box",
    "key",
    "bell",
    "bolt",
    "chart",
    "phone",
    "home",
    "tag",
    "team",
    "lock",
    "smile",
    "eye",
    "code",
    "settings",
    "check",
]


def _who(words: "StrPromise") -> "ArrayField[list[str], list[str]]":
    """Keys of those a right was given to (`community.spaces.audiences`); empty is nobody."""
    return ArrayField(
        models.CharField(max_length=40), verbose_name=words, default=list, db_default=[], blank=True
    )


class SpaceQuerySet(models.QuerySet["Space"]):
    """Visibility of spaces is defined here and nowhere else."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Spaces whose content a viewer may read. Moderators of the whole community do not enter private spaces."""
        if viewer is None:
            return self.filter(access=Access.PUBLIC)
        if viewer.is_at_least("manager"):
            return self
        inside = SpaceMembership.objects.filter(space=OuterRef("pk"), member=viewer)
        # Asked only for closed spaces that were opened to groups, tiers or levels: the rest never reads who holds what.
        let_in = ~Q(see_for=[]) & Q(see_for__overlap=keys_held_by(viewer.pk))
        return self.filter(Q(access__in=[Access.PUBLIC, Access.MEMBERS]) | Exists(inside) | let_in)


class Space(models.Model):
    """A place with a subject. Everything said belongs to exactly one space."""

    slug = models.SlugField(_("address"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what it is for"), max_length=240, blank=True, default="")
    access = models.CharField(_("who may read"), max_length=8, choices=Access.choices, default=Access.PUBLIC)
    # Whether members who may not read a closed space see that it exists. Without it the space is secret.
    is_listed = models.BooleanField(
        _("members see its name"),
        default=False,
        db_default=False,
        help_text=_(
            "Only for closed spaces: members see its name, what it is for and who gets in. Otherwise it is secret."
        ),
    )
    see_for = _who(_("also read by"))
    posting = models.CharField(
        _("who may begin threads"), max_length=8, choices=Posting.choices, default=Posting.EVERYONE
    )
    create_for = _who(_("threads are begun by"))
    replying = models.CharField(
        _("who may reply"),
        max_length=8,
        choices=Posting.choices,
        default=Posting.EVERYONE,
        db_default=Posting.EVERYONE,
    )
    reply_for = _who(_("replies come from"))
    # At most one step: a space below another has none below it. Rights are each space's own.
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("stands below"),
    )
    kind = models.CharField(_("mostly"), max_length=12, choices=Kind.choices, default=Kind.DISCUSSION)
    icon = models.CharField(_("icon"), max_length=20, blank=True, default="chat")
    colour = models.CharField(
        _("colour"), max_length=8, choices=Colour.choices, blank=True, default="", db_default=""
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    # Whether there is a template or a field to look for at all: most spaces ask nothing.
    asks = models.BooleanField(default=False, db_default=False, editable=False)
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
    slow_seconds = models.PositiveIntegerField(
        _("seconds between replies"),
        default=0,
        db_default=0,
        blank=True,
        validators=[MaxValueValidator(604_800)],
        help_text=_(
            "Slow mode: so long one member waits between two replies in the same thread. The team does not wait. 0: off."
        ),
    )
    auto_close_days = models.PositiveSmallIntegerField(
        _("days until threads close"),
        default=0,
        db_default=0,
        blank=True,
        validators=[MaxValueValidator(3650)],
        help_text=_(
            "New threads take it: they close so many days after their last reply. The team can change it for each. 0: never."
        ),
    )
    first_posts = models.PositiveSmallIntegerField(
        _("first posts read before they are shown"),
        default=0,
        db_default=0,
        blank=True,
        validators=[MaxValueValidator(10)],
        help_text=_(
            "Of each member at trust level 0 who writes here. Where the whole community reads more of them, that holds. 0: as everywhere."
        ),
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ("position", "name")
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="space_below_another")]

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
