"""`Member`, who is both the account and the person."""

import re
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.roles import ROLES, role_allows, role_opens

HANDLE = re.compile(r"^[a-z0-9](?:[a-z0-9_.-]{0,28}[a-z0-9])?$")


def check_handle(value: str) -> None:
    """Raise unless a handle is 1-30 characters of a-z, 0-9, dot, dash, underscore, starting and ending plainly."""
    if not HANDLE.match(value):
        raise ValidationError(_("Use 1 to 30 small letters, digits, dots or dashes."), code="handle")


class Role(models.TextChoices):
    """What a member may do beyond taking part."""

    MEMBER = "member", _("Member")
    MODERATOR = "moderator", _("Moderator")
    MANAGER = "manager", _("Community manager")
    ADMIN = "admin", _("Administrator")


class Theme(models.TextChoices):
    """How the pages look for one member."""

    SYSTEM = "system", _("Same as my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class MessagesFrom(models.TextChoices):
    """Who may begin a conversation with a member; people of the team always may."""

    EVERYONE = "everyone", _("Everyone")
    FOLLOWED = "followed", _("People I follow")
    NOBODY = "nobody", _("Nobody")


class MemberQuerySet(models.QuerySet["Member"]):
    """Filters that any reader may combine."""

    def present(self) -> Self:
        """Members who can be met: not left, not erased."""
        return self.filter(is_active=True)

    def visible_to(self, viewer: "Member | None") -> Self:
        """Members whose profile a viewer may open."""
        return self.present() if viewer is None or not viewer.is_staff else self

    def with_handle(self, handle: str) -> Self:
        """The member behind a handle, in whatever case it was written; found by the index that keeps handles unique."""
        return self.alias(_small_handle=Lower("handle")).filter(_small_handle=handle.lower())


class MemberManager(BaseUserManager["Member"]):
    """Creates accounts for commands and tests; people come through `actions.join`."""

    def get_queryset(self) -> MemberQuerySet:
        return MemberQuerySet(self.model, using=self._db)

    def create_user(
        self, handle: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "Member":
        """Create a member with a usable or unusable password."""
        member = self.model(handle=handle, email=self.normalize_email(email), **{"name": handle, **fields})
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(
        self, handle: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "Member":
        """Create an administrator."""
        return self.create_user(handle, email, password, **{"role": Role.ADMIN, **fields})

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get_queryset().with_handle(username or "").get()


class Member(AbstractBaseUser, PermissionsMixin):
    """A person in the community, and their account.

    Counters and `points_*`, `tier` are written downwards by upper features through `members.actions`, so that
    every row which shows an author needs no join. The ledger is the truth for points, the rows for counters.
    """

    handle = models.CharField(_("handle"), max_length=30, validators=[check_handle])
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.MEMBER)
    team_title = models.CharField(
        _("team title"),
        max_length=40,
        blank=True,
        help_text=_("Shown beside the name of people who work for the brand."),
    )
    # What they chose to show of the titles they hold, and the key of what gave it (`titles.sources`).
    title = models.CharField(_("title"), max_length=40, blank=True, default="", db_default="", editable=False)
    title_from = models.CharField(max_length=40, blank=True, default="", db_default="", editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    # Kept by `doors.actions` when an app or a key is added or removed, so that nobody has to ask per page.
    has_second_factor = models.BooleanField(
        _("has a second step"), default=False, db_default=False, editable=False
    )
    trust_level = models.PositiveSmallIntegerField(_("trust level"), default=0)
    # What they agreed to last; compared with the round in force on every page (`terms.memory`).
    terms_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)

    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    silenced_until = models.DateTimeField(_("silenced until"), null=True, blank=True)
    restriction_reason = models.TextField(_("reason of the restriction"), blank=True, default="")

    avatar_url = models.CharField(max_length=200, blank=True, default="")
    bio_md = models.TextField(_("about"), max_length=3000, blank=True, default="")
    bio_html = models.TextField(blank=True, default="", editable=False)
    location = models.CharField(_("place"), max_length=60, blank=True, default="")
    website = models.URLField(_("website"), max_length=200, blank=True, default="")

    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, default="UTC")
    theme = models.CharField(_("look"), max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    shortcuts_on = models.BooleanField(_("single-key shortcuts"), default=True)

    hides_profile = models.BooleanField(_("keep my profile to myself"), default=False, db_default=False)
    shows_follows = models.BooleanField(
        _("show whom I follow and who follows me"), default=True, db_default=True
    )
    show_points = models.BooleanField(_("show my points"), default=True)
    show_tier = models.BooleanField(_("show my tier"), default=True)
    show_badges = models.BooleanField(_("show my badges"), default=True)
    show_thanks = models.BooleanField(_("show thanks I receive"), default=True, db_default=True)
    on_leaderboards = models.BooleanField(_("show me on leaderboards"), default=False)
    quiet_mode = models.BooleanField(_("hide points, tiers and badges from me"), default=False)
    messages_from = models.CharField(
        _("who may write to me"),
        max_length=8,
        choices=MessagesFrom.choices,
        default=MessagesFrom.EVERYONE,
        db_default=MessagesFrom.EVERYONE,
    )
    read_receipts = models.BooleanField(_("show when I have read messages"), default=False, db_default=False)
    shows_presence = models.BooleanField(
        _("show when I am in a room and when I type"), default=True, db_default=True
    )
    mail_shows_messages = models.BooleanField(
        _("show the beginning of messages in e-mails"), default=False, db_default=False
    )

    points_earned = models.BigIntegerField(_("points earned"), default=0, editable=False)
    points_to_spend = models.BigIntegerField(_("points to spend"), default=0, editable=False)
    tier = models.CharField(_("tier"), max_length=30, blank=True, default="", editable=False)
    badge_count = models.PositiveIntegerField(default=0, editable=False)
    # Keys of audiences (`community.spaces.audiences`) that upper features gave them, like `badge:…`; null where there are none.
    audience_keys = ArrayField(models.CharField(max_length=40), null=True, editable=False)
    thread_count = models.PositiveIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    accepted_count = models.PositiveIntegerField(default=0, editable=False)
    helped_count = models.PositiveIntegerField(default=0, editable=False)
    unread_notices = models.PositiveIntegerField(default=0, editable=False)
    unread_conversations = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # So that a page asks whom its reader blocks only for those who block anybody.
    block_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # Up to which version of the required profile fields they have answered.
    answered_version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects: ClassVar[MemberManager] = MemberManager()  # type: ignore[assignment]

    # Whether somebody of the team looks at the site as this member, in this request. Their messages stay closed then.
    is_seen_as = False

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                Lower("handle"), name="member_handle_once", violation_error_message=_("This handle is taken.")
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="member_email_once",
                condition=~Q(email=""),
                violation_error_message=_("There is already an account with this e-mail."),
            ),
        ]
        indexes = [
            models.Index(fields=["-joined_at", "-id"], name="member_newest"),
            # The directory: who helped most, and by name; people of the team are few among many.
            models.Index(fields=["-accepted_count", "-id"], name="member_helpful"),
            models.Index(Lower("name"), "id", name="member_by_name"),
            models.Index(fields=["-accepted_count", "-id"], condition=~Q(team_title=""), name="member_team"),
            models.Index(
                OpClass(Lower("location"), name="text_pattern_ops"),
                condition=~Q(location=""),
                name="member_place",
            ),
            # While somebody types a name: what handles begin with, and what the words of names begin with.
            models.Index(OpClass(Lower("handle"), name="text_pattern_ops"), name="member_handle_begins"),
            # The team's list of members: by address, and narrowed to the few among the many.
            models.Index(
                OpClass(Lower("email"), name="text_pattern_ops"),
                condition=~Q(email=""),
                name="member_email_begins",
            ),
            models.Index(fields=["role", "-id"], condition=~Q(role=Role.MEMBER), name="member_of_team"),
            models.Index(fields=["trust_level", "-id"], name="member_by_trust"),
            models.Index(fields=["-id"], condition=Q(is_active=False), name="member_closed"),
            models.Index(
                fields=["-suspended_until"],
                condition=Q(suspended_until__isnull=False),
                name="member_suspended",
            ),
            GinIndex(SearchVector("name", config="simple"), name="member_name_words"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens for this member."""
        return self.role in (Role.MODERATOR, Role.MANAGER, Role.ADMIN)

    @property
    def acting_role(self) -> str:
        """The role that counts now. While suspended, nobody is more than a member; nor is one of the team without the
        second step that the doors ask for."""
        return Role.MEMBER if self.is_suspended or self.lacks_second_factor else self.role

    def is_at_least(self, role: str) -> bool:
        """Return whether the role that counts now is `role` or above it."""
        return ROLES.index(self.acting_role) >= ROLES.index(role)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Answer the admin's questions from the role; there are no per-person permissions."""
        return self._may_serve and role_allows(self.role, perm)

    def has_module_perms(self, app_label: str) -> bool:
        """Answer whether the admin shows an app."""
        return self._may_serve and role_opens(self.role, app_label)

    @property
    def _may_serve(self) -> bool:
        return self.is_active and not self.is_suspended and not self.lacks_second_factor

    @property
    def lacks_second_factor(self) -> bool:
        """Whether the doors ask this member for a second step that is not there."""
        if self.has_second_factor:
            return False
        from community.members.doors.memory import door_rules

        asked = door_rules().second_factor
        return asked == "everyone" or (asked == "staff" and self.is_staff)

    @property
    def is_suspended(self) -> bool:
        """Whether signing in and writing are closed to this member now."""
        return self.suspended_until is not None and self.suspended_until > timezone.now()

    @property
    def is_silenced(self) -> bool:
        """Whether writing is closed to this member now, while reading stays open."""
        return self.silenced_until is not None and self.silenced_until > timezone.now()

    def get_absolute_url(self) -> str:
        return f"/@{self.handle}/"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]
