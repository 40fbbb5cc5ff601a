"""`Upload`, a picture re-drawn and kept in a few sizes, and `Draft`, a text its writer has not sent yet."""

import secrets
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.writing.card_models import CardRules, CardState, CardUse, LinkCard

if TYPE_CHECKING:
    from community.members.models import Member

__all__ = [
    "Audience",
    "CardRules",
    "CardState",
    "CardUse",
    "Draft",
    "Kind",
    "LinkCard",
    "Renewal",
    "Upload",
    "new_key",
]


class Kind(models.TextChoices):
    """What a picture is for, which decides its sizes."""

    IMAGE = "image", _("Picture in a text")
    AVATAR = "avatar", _("Portrait")
    BANNER = "banner", _("Banner of a profile")


class Audience(models.TextChoices):
    """Who may load a picture without being asked who they are."""

    PUBLIC = "public", _("Everyone")
    PRIVATE = "private", _("Whoever may see what it belongs to")


def new_key() -> str:
    """Return a name of 128 random bits, which nobody can guess from another."""
    return secrets.token_hex(16)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Filters that any reader may combine."""

    def visible_to(self, viewer: "Member | None") -> Self:
        """Pictures a viewer may load without asking what they are attached to: public ones and their own."""
        public = Q(audience=Audience.PUBLIC)
        return self.filter(public if viewer is None else public | Q(owner_id=viewer.pk))

    def orphans(self, before: Any) -> Self:
        """Pictures that were never used in a text, added before a moment."""
        return self.filter(attached_pk=None, created_at__lt=before)

    def unused(self, before: Any) -> Self:
        """Those of the orphans that nothing shows: a portrait or banner is in use until it is replaced."""
        newer = Upload.objects.filter(owner=OuterRef("owner"), kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
        return self.orphans(before).filter(Q(kind=Kind.IMAGE) | Q(owner=None) | Exists(newer))


class Upload(models.Model):
    """A picture a member added. Only the re-drawn sizes are kept; the original bytes are gone.

    Until it is attached to something it is its owner's alone. `variants` maps a size to `[width, height, bytes]`.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="uploads"
    )
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    original_name = models.CharField(_("name of the file"), max_length=120, blank=True, default="")
    content_type = models.CharField(_("type it came as"), max_length=40)
    bytes = models.PositiveIntegerField(_("bytes kept"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    variants = models.JSONField(_("sizes"), default=dict)
    audience = models.CharField(
        _("audience"), max_length=8, choices=Audience.choices, default=Audience.PRIVATE
    )
    attached_type = models.CharField(_("belongs to"), max_length=60, blank=True, default="")
    attached_pk = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now)

    objects: ClassVar[UploadQuerySet] = UploadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(
                condition=Q(attached_type="", attached_pk=None)
                | (~Q(attached_type="") & ~Q(attached_pk=None)),
                name="upload_attached_to_one_thing",
            )
        ]
        indexes = [
            models.Index(fields=["attached_type", "attached_pk"], name="upload_by_target"),
            models.Index(fields=["created_at"], condition=Q(attached_pk=None), name="upload_orphans"),
        ]

    def __str__(self) -> str:
        return self.original_name or self.key

    def url_for(self, size: str) -> str:
        """Return the address of one size, or of the largest when there is no such size."""
        return f"/files/{self.key}/{size if size in self.variants else self.largest}.webp"

    @property
    def largest(self) -> str:
        """The name of the largest size."""
        return str(max(self.variants, key=int))

    @property
    def markdown(self) -> str:
        """What to put into a text to show this picture; the size at the end keeps the page from jumping."""
        alt = self.original_name.rpartition(".")[0] or self.original_name
        words = "".join(" " if mark in "[]()\\`*_<>!&\n" else mark for mark in alt).strip()
        return f"![{' '.join(words.split())}]({self.url_for(self.largest)}#{self.width}x{self.height})"

    def path_for(self, size: str) -> str:
        """Return where the storage keeps one size."""
        return f"uploads/{self.key[:2]}/{self.key}/{size}.webp"


class Draft(models.Model):
    """A text its writer has not sent yet, one for each place it could go: `new-thread`, `reply:123`."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=80)
    title = models.CharField(_("title"), max_length=300, blank=True, default="")
    body = models.TextField(_("text"), blank=True, default="")
    data = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="draft_once_per_place")]
        indexes = [
            models.Index(fields=["owner", "-updated_at"], name="draft_newest"),
            models.Index(fields=["updated_at"], name="draft_age"),
        ]

    def __str__(self) -> str:
        return self.title or self.key


class Renewal(models.Model):
    """How far the texts of one table have been rendered again for a version of the renderer."""

    shelf = models.CharField(_("texts"), max_length=60, primary_key=True)
    version = models.PositiveSmallIntegerField(_("version of the renderer"))
    upto = models.BigIntegerField(_("done up to number"), default=0)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("rendering of old texts")
        verbose_name_plural = _("rendering of old texts")

    def __str__(self) -> str:
        return self.shelf
