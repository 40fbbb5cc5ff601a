"""Groups: who is in them, who asked and who was invited."""

import re
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models.automatic import rules_met, words_for_rule
from community.members.models.member import Member

# Nothing but whole names: what matches loosely lets strangers in.
DOMAIN = re.compile(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$")


def check_domain(value: str) -> None:
    """Raise unless it is the whole name of a domain in small letters."""
    if len(value) > 100 or not DOMAIN.match(value):
        raise ValidationError(_("Write a whole domain such as example.com, without @ or *."), code="domain")


class JoinMode(models.TextChoices):
    """How members come into a group, beside being put in by its owners or the team."""

    OPEN = "open", _("Everyone may join")
    REQUEST = "request", _("On request")
    INVITATION = "invitation", _("By invitation only")


class Audience(models.TextChoices):
    """To whom something about a group is shown."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Whoever is signed in")
    GROUP = "group", _("Those in the group")
    STAFF = "staff", _("The team only")


class Callers(models.TextChoices):
    """Who may call a whole group by its name. The team always may."""

    NOBODY = "nobody", _("The team only")
    OWNERS = "owners", _("Its owners")
    GROUP = "group", _("Those in the group")
    MEMBERS = "members", _("Every member who sees it")


class Source(models.TextChoices):
    """How somebody came into a group. What a domain or a sign-on gave, it takes again."""

    HAND = "hand", _("Put in by hand")
    JOINED = "joined", _("Joined")
    REQUEST = "request", _("On request")
    INVITATION = "invitation", _("Invited")
    DOMAIN = "domain", _("By e-mail domain")
    CLAIM = "claim", _("By sign-on")


class GroupQuerySet(models.QuerySet["Group"]):
    """Visibility of groups is defined here and nowhere else."""

    def visible_to(self, viewer: Member | None) -> Self:
        """Groups a viewer may know of. Whoever was invited may look at what they are invited to."""
        if viewer is None:
            return self.filter(visibility=Audience.EVERYONE)
        if viewer.is_at_least("moderator"):
            return self
        inside = GroupMembership.objects.filter(member=viewer).values("group")
        asked = GroupAsk.objects.filter(member=viewer, is_invitation=True, state=AskState.OPEN).values(
            "group"
        )
        held = Q(pk__in=inside) | Q(pk__in=asked) | Q(rule__in=rules_met(viewer))
        mine = ~Q(visibility=Audience.STAFF) & held
        return self.filter(Q(visibility__in=(Audience.EVERYONE, Audience.MEMBERS)) | mine)

    def showing_people_to(self, viewer: Member | None) -> Self:
        """Groups of which a viewer may also read who is in them."""
        known = self.visible_to(viewer)
        if viewer is None:
            return known.filter(members_visibility=Audience.EVERYONE)
        if viewer.is_at_least("moderator"):
            return known
        inside = GroupMembership.objects.filter(member=viewer).values("group")
        own = Q(members_visibility=Audience.GROUP, pk__in=inside)
        return known.filter(Q(members_visibility__in=(Audience.EVERYONE, Audience.MEMBERS)) | own)


class Group(models.Model):
    """A named set of members: who may enter a private space, who may be asked, who may be called.

    Unless somebody says otherwise, only those inside know of it, nobody joins by themselves and only the team calls it.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("Also its name behind an @. No member may have it."),
    )
    description = models.TextField(_("description"), max_length=1000, blank=True, default="")
    join_mode = models.CharField(
        _("how people join"),
        max_length=10,
        choices=JoinMode.choices,
        default=JoinMode.INVITATION,
        db_default=JoinMode.INVITATION,
    )
    visibility = models.CharField(
        _("who sees the group"),
        max_length=8,
        choices=Audience.choices,
        default=Audience.GROUP,
        db_default=Audience.GROUP,
    )
    members_visibility = models.CharField(
        _("who sees who is in it"),
        max_length=8,
        choices=Audience.choices,
        default=Audience.GROUP,
        db_default=Audience.GROUP,
    )
    callers = models.CharField(
        _("who may call it by its name"),
        max_length=7,
        choices=Callers.choices,
        default=Callers.NOBODY,
        db_default=Callers.NOBODY,
    )
    email_domains = ArrayField(
        models.CharField(max_length=100, validators=[check_domain]),
        verbose_name=_("e-mail domains"),
        default=list,
        db_default=[],
        blank=True,
        size=50,
        help_text=_("Whoever has a confirmed address there is in it. Whole names, with commas between them."),
    )
    claim = models.CharField(
        _("sign-on claim"),
        max_length=80,
        blank=True,
        default="",
        db_default="",
        help_text=_("Whoever signs in with this value among their groups is in it, as long as they do."),
    )
    title = models.CharField(
        _("title"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_("Whoever is in it may show this beside their name. Empty: no title."),
    )
    # Empty where people come and go. Set once, when the group is made.
    rule = models.CharField(max_length=12, blank=True, default="", db_default="", editable=False)
    member_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    members: "models.ManyToManyField[Member, GroupMembership]" = models.ManyToManyField(
        Member, through="GroupMembership", through_fields=("group", "member"), related_name="community_groups"
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=~Q(claim=""), name="group_claim_once"),
            models.UniqueConstraint(fields=["rule"], condition=~Q(rule=""), name="group_rule_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/g/{self.slug}/"

    @property
    def is_automatic(self) -> bool:
        """Whether it keeps itself, so that nobody comes or goes by hand."""
        return bool(self.rule)

    @property
    def way_in(self) -> str:
        """Say how people come into it. A group that keeps itself is mostly called what it holds, which is not said twice."""
        words = words_for_rule(self.rule) if self.rule else str(self.get_join_mode_display())
        return "" if self.rule and words == self.name else words


class GroupMembership(models.Model):
    """One member in one group, since when, how and by whom."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="group_memberships")
    is_owner = models.BooleanField(_("owner"), default=False, db_default=False)
    source = models.CharField(
        _("came"), max_length=10, choices=Source.choices, default=Source.HAND, db_default=Source.HAND
    )
    added_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="group_member_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"


class AskState(models.TextChoices):
    """Where a request or an invitation stands."""

    OPEN = "open", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class GroupAsk(models.Model):
    """A member asked to join a group, or was invited into it; at most one of both waits at a time."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="asks")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="group_asks")
    is_invitation = models.BooleanField(default=False)
    words = models.CharField(_("in their words"), max_length=300, blank=True, default="")
    state = models.CharField(_("state"), max_length=9, choices=AskState.choices, default=AskState.OPEN)
    asked_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member"], condition=Q(state="open"), name="group_ask_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.group_id}"
