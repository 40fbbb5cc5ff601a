"""Thanks that members give one another, and shout-outs of the team."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Block, Ignore, Member
from community.threads.models import Post

if TYPE_CHECKING:
    from collections.abc import Iterable

# How long the words of thanks and of a shout-out may be, and how short. Columns and checks depend on them.
LEAST_WORDS, MOST_WORDS, MOST_SHOUT = 10, 280, 500
# How many people one shout-out names at most.
MOST_NAMED = 10


class PraiseKind(models.Model):
    """What thanks are for, in a few words that managers choose. One that was used is put away, never deleted."""

    key = models.SlugField(_("address"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=40)
    is_active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=50)

    class Meta:
        verbose_name = _("reason for thanks")
        verbose_name_plural = _("reasons for thanks")
        ordering = ("position", "key")

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    """What became of it. Whoever gave it takes it back; the team removes it."""

    VISIBLE = "visible", _("Shown")
    TAKEN_BACK = "taken", _("Taken back")
    REMOVED = "removed", _("Removed by the team")


def _appears(prefix: str) -> Q:
    """Return the condition that a member lets others see that they were thanked."""
    fields = {"is_active": True, "show_thanks": True, "hides_profile": False}
    return Q(**{f"{prefix}__{name}": value for name, value in fields.items()})


def put_off(viewer: Member, column: str) -> Q:
    """Return the condition that a viewer would rather not read the member in a column: blocked or ignored."""
    lasting = Q(until=None) | Q(until__gt=Now())
    blocks = Block.objects.filter(blocker=viewer, blocked=OuterRef(column))
    ignores = Ignore.objects.filter(lasting, ignorer=viewer, ignored=OuterRef(column))
    return Q(Exists(blocks)) | Q(Exists(ignores))


class PraiseQuerySet(models.QuerySet["Praise"]):
    """Visibility of thanks is defined here and nowhere else."""

    def standing(self) -> Self:
        """Thanks that were neither taken back nor removed."""
        return self.filter(state=State.VISIBLE)

    def public(self) -> Self:
        """Thanks that anyone may read: of receivers who let others see it."""
        return self.standing().filter(_appears("receiver"))

    def visible_to(self, viewer: Member | None) -> Self:
        """Thanks a viewer may read: public ones, their own, and none by or to whom they block or ignore."""
        if viewer is None:
            return self.public()
        own = Q(receiver=viewer) | Q(giver=viewer)
        rows = self.standing().filter(_appears("receiver") | own)
        return rows.exclude(put_off(viewer, "giver")).exclude(put_off(viewer, "receiver"))


class Praise(models.Model):
    """One member thanks another, in a sentence. `giver` is empty once they left.

    `post` is what it is for; who may not see the post reads the sentence without it.
    """

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="thanks_given",
        db_index=False,
        verbose_name=_("from"),
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="thanks_received",
        db_index=False,
        verbose_name=_("to"),
    )
    kind = models.ForeignKey(
        PraiseKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("reason for thanks")
    )
    words = models.CharField(_("words"), max_length=MOST_WORDS)
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Post")
    )
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.VISIBLE)
    given_at = models.DateTimeField(_("When"), default=timezone.now)
    state_at = models.DateTimeField(null=True, blank=True)

    objects = PraiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="praise_of_another"),
            models.CheckConstraint(
                condition=Q(state="visible") | Q(state_at__isnull=False), name="praise_state_dated"
            ),
        ]
        indexes = [
            models.Index(fields=["-given_at", "-id"], name="praise_wall"),
            models.Index(fields=["receiver", "-given_at", "-id"], name="praise_received"),
            models.Index(fields=["giver", "-given_at", "-id"], name="praise_given"),
            models.Index(fields=["state_at"], condition=Q(state="taken"), name="praise_taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.receiver_id}"

    def get_absolute_url(self) -> str:
        return f"/thanks/{self.pk}/"


class ShoutOutQuerySet(models.QuerySet["ShoutOut"]):
    """Visibility of shout-outs is defined here and nowhere else."""

    def visible_to(self, viewer: Member | None) -> Self:
        """Shout-outs that stand and name somebody who appears; those named see theirs whatever they chose."""
        named = Named.objects.filter(_appears("member"), shout_out=OuterRef("pk"))
        shown = Q(Exists(named))
        if viewer is not None:
            shown |= Q(Exists(Named.objects.filter(shout_out=OuterRef("pk"), member=viewer)))
        return self.filter(shown, state=State.VISIBLE)

    def pinned(self) -> Self:
        """Those that are pinned now, by the clock of the database; the latest first."""
        return self.filter(pin_place__isnull=False, pinned_until__gt=Now()).order_by("-made_at", "-id")


class ShoutOut(models.Model):
    """The team thanks one member or several. While `pin_place` is set and `pinned_until` not over, it stands on top.

    Places are numbered and unique, so no two requests at once pin more than the number of managers allows.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    words = models.CharField(_("words"), max_length=MOST_SHOUT)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.VISIBLE)
    pin_place = models.PositiveSmallIntegerField(null=True, blank=True, unique=True, editable=False)
    pinned_until = models.DateTimeField(_("pinned until"), null=True, blank=True)
    made_at = models.DateTimeField(_("When"), default=timezone.now)

    objects = ShoutOutQuerySet.as_manager()

    class Meta:
        verbose_name = _("shout-out")
        verbose_name_plural = _("shout-outs")
        constraints = [
            models.CheckConstraint(
                condition=Q(pin_place=None) | Q(pinned_until__isnull=False, state="visible"),
                name="shout_out_pin_ends",
            )
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="shout_out_latest")]

    def __str__(self) -> str:
        return self.words[:60]

    def get_absolute_url(self) -> str:
        return f"/shout-outs/{self.pk}/"

    @property
    def is_pinned(self) -> bool:
        """Whether it stands on top now."""
        until = self.pinned_until
        return self.pin_place is not None and until is not None and until > timezone.now()


class NamedQuerySet(models.QuerySet["Named"]):
    """Whose names a reader finds in a shout-out."""

    def shown_to(self, viewer: Member | None, shout_outs: "Iterable[int]") -> Self:
        """Return who is named, of those who appear, and the viewer."""
        appears = _appears("member")
        if viewer is not None:
            appears |= Q(member=viewer)
        rows = self.filter(appears, shout_out__in=list(shout_outs))
        return rows.select_related("member").order_by("pk")


class Named(models.Model):
    """One member whom a shout-out names."""

    shout_out = models.ForeignKey(ShoutOut, on_delete=models.CASCADE, related_name="named")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("member named in a shout-out")
        verbose_name_plural = _("members named in shout-outs")
        constraints = [models.UniqueConstraint(fields=["shout_out", "member"], name="named_once")]

    def __str__(self) -> str:
        return f"{self.shout_out_id}: {self.member_id}"
